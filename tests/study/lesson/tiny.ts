/** What the lesson's parts are tested on: a short text, small networks, everything from a seed. */
import { Rng } from '../../../src/base/rng.js';
import { openReference } from '../../../src/kernels/reference.js';
import type { CellName } from '../../../src/model/shape.js';
import { Parameters } from '../../../src/model/parameters.js';
import { lessonOptions, prepareLesson, type LessonSetup } from '../../../src/study/lesson/setup.js';
import type { LessonOptions } from '../../../src/words/lesson/setup.js';
import type { ModelContents } from '../../../src/study/model/model.js';
import { Alphabet } from '../../../src/text/alphabet.js';
import { asSymbols } from '../../../src/text/symbols.js';

export const TEXT = 'a casa caiu na praia; a asa da ave bate. '.repeat(40);

export function tinySetup(given: Partial<LessonOptions> = {}, text = TEXT): LessonSetup {
  const alphabet = Alphabet.of(text, 'tiny');
  const symbols = asSymbols(alphabet.encode(text, 'tiny'));
  const options = lessonOptions.parse({ hidden: 4, window: 8, steps: 3, ...given });
  return prepareLesson({ alphabet, symbols, where: 'tiny', name: 'tiny.txt' }, options, openReference());
}

/** Weights uniform in ±spread; float32 as in a checkpoint. */
export function tinyContents(
  cell: CellName,
  { layers = 1, hidden = 4, spread = 0.9, seed = 5 } = {},
): ModelContents {
  const alphabet = Alphabet.of(TEXT, 'tiny');
  const shape = { cell, layers, hidden, symbols: alphabet.size };
  const parameters = new Parameters(openReference(), shape);
  const rng = Rng.fromSeed(seed);
  parameters.flat.data.forEach((_, j, all) => (all[j] = spread * (2 * rng.uniform() - 1)));
  return { shape, alphabet: alphabet.symbols, parameters: parameters.toFloat32() };
}
