/** The lesson's sections: the claim, the picture, the figures, the verdict, a command to try. */
import type { Lesson } from '../../words/lesson/lesson.js';
import { SECTIONS, type LessonFigures, type SectionName } from '../../words/lesson/figures.js';
import type { Outcome, ClaimPart } from '../../words/lesson/outcome.js';
import { markup, type Html } from '../../ui/html.js';
import { commands, said, soft } from '../../ui/page/blocks.js';
import { commandsFor, type TextWords } from './commands.js';
import { foundIn } from './found/found.js';
import { PICTURES } from './pictures.js';
import type { LessonWords } from '../../words/lesson/words.js';

/** Beside the word, so that no verdict is told by its colour alone. */
const SIGNS: Readonly<Record<Outcome, string>> = { holds: '✓', partly: '◐', fails: '✗', open: '○' };

export const outcomeBadge = (outcome: Outcome, words: LessonWords): Html =>
  markup`<b class="badge ${outcome}">${SIGNS[outcome]} ${words.outcomes[outcome]}</b>`;

/** The same for a terminal. */
export const outcomeText = (outcome: Outcome, words: LessonWords): string =>
  `${SIGNS[outcome]} ${words.outcomes[outcome]}`;

/** `tanh, by layers ✗ 0 of 40` */
export const partText = (part: ClaimPart, label: string, words: LessonWords): string =>
  [
    ...(part.isBeside ? [words.beside] : []),
    label,
    SIGNS[part.outcome],
    part.cases === 0 ? words.outcomes[part.outcome] : words.heldOf(part.held, part.cases),
  ].join(' ');

const parts = (
  all: readonly ClaimPart[],
  labels: Readonly<Record<string, string>>,
  words: LessonWords,
): Html =>
  markup`<ul class="parts">${all.map((part) => markup`<li class="${part.outcome}">${partText(part, labels[part.name], words)}</li>`)}</ul>`;

/** @param figures those of the section `name` */
export function lessonSection<Name extends SectionName>(
  name: Name,
  figures: LessonFigures[Name],
  setup: Lesson['setup'],
  words: LessonWords,
  texts: TextWords,
): Html {
  const number = SECTIONS.indexOf(name) + 1;
  const { title, claim, how, tryIt, parts: labels } = words.sections(setup)[name];
  const lines = commandsFor(name, number, setup, texts, words);
  return markup`<section id="${name}">
<h2>${number}. ${title}</h2>
<p class="claim">${claim}</p>
${how.map(soft)}
${PICTURES[name](figures, setup, words, words.pictures(setup))}
<div class="verdict"><h3>${words.verdict}: ${outcomeBadge(figures.outcome, words)}</h3>${parts(figures.parts, labels, words)}${said(foundIn(name, figures, words, setup))}</div>
<div class="try"><h3>${words.tryIt}</h3><p class="soft">${tryIt}</p>${commands(lines)}</div>
</section>`;
}
