/** How the weights start. */
import type { Floats, Matrix } from '../base/matrix.js';
import type { Rng } from '../base/rng.js';
import type { LayerParameters, Parameters } from './parameters.js';
import type { CellTensor } from './cells/cell.js';
import { cellOf } from './cells/index.js';

/** How weights may be drawn. */
export const INITS = ['uniform', 'glorot', 'orthogonal', 'identity', 'normal'] as const;
/** @see INITS */
export type InitName = (typeof INITS)[number];

export interface InitOptions {
  readonly init: InitName;
  /** The LSTM's bias of the forget gate; other cells have none. */
  readonly forgetBias: number;
}

/** Deviation of the small weights around an identity start (Le, Jaitly & Hinton 2015). */
const IDENTITY_DEVIATION = 0.001;

type Fill = (to: Floats, rows: number, cols: number) => void;

/**
 * Sets every weight anew, drawing from `rng` in the order of the tensors.
 *
 * - `uniform`: everything uniform in ±1/√H, PyTorch's own default.
 * - `glorot`: weights uniform in ±√(6 / (fan in + fan out)), each gate's block by itself; biases 0.
 * - `orthogonal`: W_hh orthogonal, each gate's block by itself; the other weights glorot, biases 0.
 * - `identity`: W_hh the identity in each gate's block, other weights normal with deviation 0.001, biases 0
 *   (with relu: the IRNN).
 * - `normal`: weights normal with deviation 1/√(fan in), biases 0.
 *
 * A tensor for which its cell says something else begins with that.
 * For an LSTM the biases of the forget gate become `forgetBias` in b_ih and 0 in b_hh, so that their sum is exact.
 */
export function initialise(parameters: Parameters, { init, forgetBias }: InitOptions, rng: Rng): void {
  const { cell, hidden } = parameters.shape;
  const uniform =
    (limit: number): Fill =>
    (to) => {
      for (let j = 0; j < to.length; j++) to[j] = (2 * rng.uniform() - 1) * limit;
    };
  const normal =
    (deviation: number): Fill =>
    (to) => {
      for (let j = 0; j < to.length; j++) to[j] = rng.normal() * deviation;
    };
  const glorot: Fill = (to, rows, cols) => {
    uniform(Math.sqrt(6 / (rows + cols)))(to, rows, cols);
  };
  const zeros: Fill = (to) => to.fill(0);
  const identity: Fill = (to, rows) => {
    to.fill(0);
    for (let i = 0; i < rows; i++) to[i * rows + i] = 1;
  };
  const fanIn: Fill = (to, rows, cols) => {
    normal(1 / Math.sqrt(cols))(to, rows, cols);
  };
  const pytorch = uniform(1 / Math.sqrt(hidden));
  const fills: Record<InitName, { weightHh: Fill; others: Fill; bias: Fill }> = {
    uniform: { weightHh: pytorch, others: pytorch, bias: pytorch },
    glorot: { weightHh: glorot, others: glorot, bias: zeros },
    orthogonal: {
      weightHh: (to, rows) => {
        fillOrthogonal(to, rows, rng);
      },
      others: glorot,
      bias: zeros,
    },
    identity: { weightHh: identity, others: normal(IDENTITY_DEVIATION), bias: zeros },
    normal: { weightHh: fanIn, others: fanIn, bias: zeros },
  };
  const { weightHh, others, bias } = fills[init];

  const byBlock = (matrix: Matrix, fill: Fill): void => {
    for (let row = 0; row < matrix.rows; row += hidden)
      fill(matrix.rowRange(row, hidden).data, hidden, matrix.cols);
  };
  const begin = (tensor: CellTensor, matrix: Matrix): void => {
    const own = tensor.begins?.(init);
    if (typeof own === 'number') matrix.data.fill(own);
    else if (own) matrix.data.forEach((_, j, data) => (data[j] = own[0] + rng.uniform() * (own[1] - own[0])));
    else if (tensor.by === null) bias(matrix.data, 1, matrix.cols);
    else byBlock(matrix, tensor.name === 'weight_hh' ? weightHh : others);
  };
  const { tensors, forgetGate } = cellOf(cell);
  parameters.layers.forEach((layer, l) => {
    for (const tensor of tensors) begin(tensor, parameters.tensor(`rnn.${tensor.name}_l${l}`));
    if (forgetGate !== undefined) setForgetBias(layer, hidden, forgetGate, forgetBias);
  });
  const { readoutWeight, readoutBias } = parameters;
  others(readoutWeight.data, readoutWeight.rows, readoutWeight.cols);
  bias(readoutBias.data, 1, readoutBias.cols);
}

function setForgetBias(
  { biasIh, biasHh }: LayerParameters,
  hidden: number,
  gate: number,
  value: number,
): void {
  biasIh.data.fill(value, gate * hidden, (gate + 1) * hidden);
  biasHh.data.fill(0, gate * hidden, (gate + 1) * hidden);
}

/**
 * A random orthogonal matrix: Gram–Schmidt over normal rows, each row twice against the earlier ones
 * ("twice is enough", Giraud et al. 2005).
 */
function fillOrthogonal(to: Floats, size: number, rng: Rng): void {
  const rows: Float64Array[] = [];
  for (let i = 0; i < size; i++) {
    const row = Float64Array.from({ length: size }, () => rng.normal());
    for (let pass = 0; pass < 2; pass++)
      for (const earlier of rows) {
        const along = dot(row, earlier);
        for (let j = 0; j < size; j++) row[j] -= along * earlier[j];
      }
    const norm = Math.sqrt(dot(row, row));
    for (let j = 0; j < size; j++) row[j] /= norm;
    rows.push(row);
    to.set(row, i * size);
  }
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, j) => sum + x * b[j], 0);
