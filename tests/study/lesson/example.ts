/** A lesson to draw: measured once on tiny networks, and changed where a test wants other figures. */
import { measureLesson } from '../../../src/study/lesson/lesson.js';
import type { Lesson } from '../../../src/words/lesson/lesson.js';
import type { LessonFigures } from '../../../src/words/lesson/figures.js';
import type { Outcome } from '../../../src/words/lesson/outcome.js';
import { toEnd } from './run.js';
import { tinySetup } from './tiny.js';

/** After three updates nothing is learnt. */
export const exampleLesson = (): Lesson => toEnd(measureLesson(tinySetup({ window: 16 }))).value;

type Plain = Readonly<Record<string, unknown>>;

/** Every object of a lesson's figures, from the innermost on, as `change` makes it. */
function changed(value: unknown, change: (one: Plain) => Plain): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => changed(one, change));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, one]) => [name, changed(one, change)]);
  return change(Object.fromEntries(entries) as Plain);
}
const sectionsOf = ({ setup, sections }: Lesson, change: (one: Plain) => Plain): Lesson => ({
  setup,
  sections: changed(sections, change) as LessonFigures,
});

/** As after trainings that have taught every network something. */
export const withLearning = (lesson: Lesson): Lesson =>
  sectionsOf(lesson, (one) =>
    'hasLearnt' in one && 'start' in one ? { ...one, hasLearnt: true, validationLossNats: 1.5 } : one,
  );

/** As after trainings that all ended in no number. */
export const withoutEnds = (lesson: Lesson): Lesson =>
  sectionsOf(lesson, (one) => {
    if ('hasLearnt' in one && 'start' in one)
      return { ...one, end: null, hasLearnt: false, validationLossNats: null };
    if ('divergedAt' in one) return { median: null, largest: null, divergedAt: 3 };
    if ('lossNats' in one) return { ...one, lossNats: null };
    if ('accuracy' in one) return { ...one, accuracy: null, end: null };
    return one;
  });

/** As of networks whose gradients fall to exact zeros, and whose changes are not seen. */
export const withZeros = (lesson: Lesson): Lesson =>
  sectionsOf(withLearning(lesson), (one) => {
    const zeros: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(one)) {
      if (Array.isArray(value) && ['curve', 'activations', 'weightsBySteps', 'last'].includes(name))
        zeros[name] = value.map((_, k) => (k === 0 && name === 'curve' ? 0 : null));
      if (['leftLog10', 'boundLog10', 'drop', 'tail', 'small', 'redrawn'].includes(name)) zeros[name] = null;
      if (name === 'totalLog10') zeros[name] = { smallest: null, largest: 0 };
      if (['first', 'after', 'before'].includes(name) && typeof value === 'number') zeros[name] = 0;
    }
    return { ...one, ...zeros };
  });

/** As if every claim had come out so. */
export const withOutcome = (lesson: Lesson, outcome: Outcome): Lesson =>
  sectionsOf(lesson, (one) => {
    if ('parts' in one && 'outcome' in one) return { ...one, outcome };
    if ('isBeside' in one) return { ...one, outcome };
    return one;
  });
