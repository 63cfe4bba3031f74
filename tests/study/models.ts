/** Small models for the tests of study/: weights from seed 3, large enough that no two symbols are equally likely. */
import { Rng } from '../../src/base/rng.js';
import type { Kernels } from '../../src/kernels/kernels.js';
import { initialise } from '../../src/model/init.js';
import { Parameters } from '../../src/model/parameters.js';
import type { CellName, ModelShape } from '../../src/model/shape.js';
import { loadModel, type Model } from '../../src/study/model/model.js';

export const SYMBOLS = ['\n', ' ', 'a', 'ç', '🙂', 'z'];

interface Made {
  readonly cell?: CellName;
  readonly layers?: number;
  readonly symbols?: readonly string[];
  /** What the readout's weights are multiplied by. */
  readonly scale?: number;
}

export function makeModel(kernels: Kernels, made: Made = {}): Model {
  const { cell = 'gru', layers = 2, symbols = SYMBOLS, scale = 16 } = made;
  const shape: ModelShape = { cell, layers, hidden: 6, symbols: symbols.length };
  const parameters = new Parameters(kernels, shape);
  initialise(parameters, { init: 'uniform', forgetBias: 1 }, Rng.fromSeed(3));
  kernels.scale(parameters.readoutWeight, scale);
  return loadModel(kernels, { shape, alphabet: symbols, parameters: parameters.toFloat32() });
}
