/** What the sections found, in sentences; the last one of each says why the verdict is what it is. The same stand in every language. */
import type { LessonFigures, SectionName } from '../../../words/lesson/figures.js';
import type { Lesson } from '../../../words/lesson/lesson.js';
import { furthest, reachOf, tanhOf } from '../../../words/lesson/methods.js';
import type { LessonWords } from '../../../words/lesson/words.js';
import { foundByLayer } from './layers.js';
import type { Finders } from './sentences.js';
import { foundByTime } from './time.js';

const FOUND: Finders = { ...foundByLayer, ...foundByTime };

/** @param figures those of the section `name` */
export const foundIn = <Name extends SectionName>(
  name: Name,
  figures: LessonFigures[Name],
  words: LessonWords,
  setup: Lesson['setup'],
): string[] => FOUND[name](figures, words.sections(setup)[name], words, setup);

/** The lesson in one sentence: how much of its gradient a tanh network has left, and the one that reaches furthest. */
export function lessonHeadline(
  { sections, setup }: Lesson,
  { headline, contender, numbers }: LessonWords,
): string {
  const { contenders } = sections.methods;
  const tanh = tanhOf(contenders)?.attempts[0];
  const best = furthest(contenders);
  return headline.sentence(
    setup.window - 1,
    headline.tanh[tanh?.hasLearnt ? 'trained' : 'untrained'],
    tanh ? numbers.share(reachOf(tanh)) : '–',
    best ? headline.other(contender(best), numbers.share(reachOf(best.attempts[0]))) : '',
  );
}
