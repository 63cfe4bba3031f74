/** The lesson whole: ten claims, each measured on the same text, one after the other. */
import { SECTIONS, tracked, type LessonFigures, type LessonProgress } from './figures.js';
import { Nets } from './nets.js';
import { remediesOf } from './sections/remedies.js';
import { BATCH, type LessonOptions, type LessonSetup, type TooShort } from './setup.js';
import type { Levels } from './levels.js';

export { SECTIONS, type LessonFigures, type LessonProgress, type SectionName } from './figures.js';

/** What was measured, and on what: the shape of `lesson --json`. */
export interface Lesson {
  readonly setup: LessonOptions & {
    readonly batch: number;
    /** Its name; null for the corpus that comes with the program. */
    readonly text: string | null;
    /** The text that was asked for, where it was too short; else null. */
    readonly insteadOf: TooShort | null;
    readonly characters: number;
    readonly symbols: number;
    /** What a network has to do better than on the held-out text, nats. */
    readonly levels: Levels;
    /** The window measured on. */
    readonly rows: number;
    readonly engine: string;
  };
  readonly sections: LessonFigures;
}

/** @throws DissipaError where an engine runs out of memory */
export function* measureLesson(setup: LessonSetup): Generator<LessonProgress, Lesson, undefined> {
  const nets = new Nets(setup);
  const run = tracked(nets, SECTIONS);
  const sensitivity = yield* run('sensitivity');
  const squashing = yield* run('squashing');
  const regions = yield* run('regions');
  const depth = yield* run('depth');
  const freezing = yield* run('freezing');
  const product = yield* run('product');
  const methods = yield* run('methods');
  const remedies = remediesOf(methods.contenders);
  const misleading = yield* run('misleading');
  const recall = yield* run('recall');
  return {
    setup: factsOf(setup),
    sections: {
      ...{ sensitivity, squashing, regions, depth, freezing },
      ...{ product, methods, remedies, misleading, recall },
    },
  };
}

/** The lesson's sizes and sources. */
export function factsOf(setup: LessonSetup): Lesson['setup'] {
  const { hidden, window, steps, seed, name, training, validation, alphabet, size, kernels, levels } = setup;
  return {
    ...{ hidden, window, steps, seed, batch: BATCH, text: name, levels },
    insteadOf: setup.insteadOf ?? null,
    characters: training.length + validation.length,
    symbols: alphabet.size,
    rows: size.rows,
    engine: kernels.name,
  };
}
