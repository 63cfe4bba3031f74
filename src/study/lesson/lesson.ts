/** The lesson whole: ten claims, each measured on the same text, one after the other. */
import { SECTIONS, type LessonProgress } from '../../words/lesson/figures.js';
import { tracked } from './figures.js';
import { Nets } from './nets.js';
import { remediesOf } from './sections/remedies.js';
import { BATCH, type LessonSetup } from './setup.js';
import type { Lesson } from '../../words/lesson/lesson.js';

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
