/** The weights of a model in a network like it, which may know more symbols behind the model's own. */
import type { Matrix } from '../base/matrix.js';
import type { Parameters } from './parameters.js';
import { tensorShapes, type ModelShape } from './shape.js';

export interface Weights {
  readonly shape: ModelShape;
  /** Every tensor by its PyTorch name, flat and row-major. */
  readonly parameters: ReadonlyMap<string, ArrayLike<number>>;
}

/**
 * Writes the model's numbers over those of the network. What belongs to symbols that the model has not stays as it is: their
 * columns of rnn.weight_ih_l0 (G·H, V), their rows of readout.weight (V, H), their places in readout.bias.
 * @throws RangeError where the models differ in more than their symbols
 */
export function takeOver(to: Parameters, { shape, parameters }: Weights): void {
  const { cell, layers, hidden, symbols } = to.shape;
  if (cell !== shape.cell || layers !== shape.layers || hidden !== shape.hidden || symbols < shape.symbols)
    throw new RangeError('a model of another shape');
  for (const { name, rows, cols } of tensorShapes(shape)) {
    const from = parameters.get(name);
    if (from?.length !== rows * cols)
      throw new RangeError(`${name}: ${from?.length ?? 0} numbers, not ${rows * cols}`);
    copyBlock(to.tensor(name), from, rows, cols);
  }
}

/** The first `rows` rows and `cols` columns. */
function copyBlock(to: Matrix, from: ArrayLike<number>, rows: number, cols: number): void {
  const { data } = to;
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) data[i * to.cols + j] = from[i * cols + j];
}
