/** The lesson in a terminal: each claim, what was measured, the verdict. */
import type { Ansis } from 'ansis';
import type { Lesson } from '../../words/lesson/lesson.js';
import { SECTIONS, type LessonFigures, type SectionName } from '../../words/lesson/figures.js';
import type { Outcome } from '../../words/lesson/outcome.js';
import { textWidth, wrap } from '../../ui/terminal/wrap.js';
import type { LessonWords } from '../../words/lesson/words.js';
import { foundIn, lessonHeadline } from './found/found.js';
import { outcomeText, partText } from './written.js';

/** @param width of its prose */
export function lessonSummary(
  lesson: Lesson,
  words: LessonWords,
  colour: Ansis,
  width: number = textWidth(),
): string {
  const shade: Readonly<Record<Outcome, (text: string) => string>> = {
    holds: (text) => colour.green(text),
    partly: (text) => colour.yellow(text),
    fails: (text) => colour.red(text),
    open: (text) => colour.dim(text),
  };
  const claim = <Name extends SectionName>(name: Name, figures: LessonFigures[Name]): string => {
    const { claim, parts } = words.sections(lesson.setup)[name];
    const labels: Readonly<Record<string, string>> = parts;
    const title = colour.bold(wrap(`${SECTIONS.indexOf(name) + 1}. ${claim}`, width));
    const sentences = foundIn(name, figures, words, lesson.setup).map((sentence) =>
      wrap(sentence, width, '   '),
    );
    const verdict = shade[figures.outcome](outcomeText(figures.outcome, words));
    const told = figures.parts.map((part) => wrap(partText(part, labels[part.name], words), width, '   '));
    return `${title}\n\n${sentences.join('\n')}\n\n   ${words.verdict}: ${verdict}\n${told.join('\n')}\n`;
  };
  const claims = SECTIONS.map((name) => claim(name, lesson.sections[name]));
  return `${wrap(lessonHeadline(lesson, words), width)}\n\n${claims.join('\n')}`;
}
