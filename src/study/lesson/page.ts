/** The lesson as one page, in one language. Pure: the same figures give the same text. */
import type { Lesson } from '../../words/lesson/lesson.js';
import { SECTIONS } from '../../words/lesson/figures.js';
import { markup, type Html } from '../../ui/html.js';
import { factList, pageMain } from '../../ui/page/blocks.js';
import { hashOf, htmlPage } from '../../ui/page/document.js';
import type { TextWords } from './commands.js';
import { lessonHeadline } from './found/found.js';
import { lessonSection, outcomeBadge } from './written.js';
import { LESSON_STYLE } from './style.js';
import type { LessonWords } from '../../words/lesson/words.js';

/** What a page measures again with, where it was measured on the bundled corpus. */
export interface Rerun {
  readonly script: string;
  /** The worker's, corpus inside: packed by gzip, in base64. */
  readonly program: string;
}

/**
 * A lesson as an HTML page.
 * @param texts the texts measured on, as a reader has to name them; none for those that come with the program
 * @param rerun null or left out: its figures are read alone
 */
export function lessonPage(
  lesson: Lesson,
  words: LessonWords,
  texts: TextWords,
  rerun: Rerun | null = null,
): string {
  const sections = SECTIONS.map((name) =>
    lessonSection(name, lesson.sections[name], lesson.setup, words, texts),
  );
  return htmlPage({
    language: words.locale,
    title: words.title,
    body: [
      head(lesson, words),
      pageMain(
        words.footer,
        sections.map((section) => [section, '\n']),
        glossary(words),
      ),
    ],
    data: { lesson },
    ...(rerun && {
      script: { source: rerun.script, hash: hashOf(rerun.script), isComputing: true },
      packed: { rerun: rerun.program },
    }),
    style: LESSON_STYLE,
  });
}

function head(lesson: Lesson, words: LessonWords): Html {
  const { setup, sections } = lesson;
  const said = words.sections(setup);
  const claims = SECTIONS.map(
    (name) =>
      markup`<li><a href="#${name}">${said[name].title}</a> ${outcomeBadge(sections[name].outcome, words)}</li>`,
  );
  return markup`<header>
<h1>${words.title}</h1>
<p class="headline">${lessonHeadline(lesson, words)}</p>
${words.introduction.map((paragraph) => markup`<p>${paragraph}</p>`)}
<nav aria-label="${words.overview}"><ol class="claims">${claims}</ol></nav>
${setup.insteadOf && markup`<p class="instead">${words.insteadOf(setup.insteadOf)}</p>`}
${factList(words.facts(setup))}
</header>`;
}

const glossary = ({ glossary: { title, summary, entries } }: LessonWords): Html =>
  markup`<section><h2>${title}</h2><details open><summary>${summary}</summary><dl>${entries.map(([term, meaning]) => markup`<dt>${term}</dt><dd>${meaning}</dd>`)}</dl></details></section>`;
