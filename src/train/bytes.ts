/** How much memory a training, or looking back through a window, takes in its engine. */
import { cellOf } from '../model/cells/index.js';
import { parameterCount, type ModelShape } from '../model/shape.js';
import type { WindowSize } from '../text/windows.js';

const FLOAT32 = 4;
const FLOAT64 = 8;

/**
 * Bytes of a training without dropout and without held-out text, but for the ends of rows and panels (with H from 64 on
 * these are within 3%):
 *
 * ```
 * 4·( (4 + slots)·P            weights, their gradients, two forms laid out for the products; the optimiser's slots
 *     + L·N·T·(S + G′ + Q)·H   by layer: states, gates and cache; S = 2 for the LSTM (h and c), else 1
 *     + L·N·S·H                the states of one timestep more, in which a row begins anew; of records, of all T
 *     + N·T·(S + D)·H + N·T·V  the gradients of one layer at a time; the logits )
 * ```
 *
 * G′ = G for the gated cells, 0 for the others (their h is all there is); Q = 1 for the gated cells (tanh c, or the GRU's
 * candidate), else 0; D = G, or 2·G for the GRU, whose δ differs between its two products.
 * @param slots numbers kept beside each weight: 2 for Adam; 3 more where the weights are averaged (the average, and its
 *   two forms laid out for the products)
 */
export function trainingBytes(shape: ModelShape, size: WindowSize, slots: number): number {
  const timesteps = shape.end === undefined ? 1 : size.timesteps;
  const begun = shape.layers * size.rows * timesteps * statesOf(shape) * shape.hidden;
  return FLOAT32 * ((4 + slots) * parameterCount(shape) + windowNumbers(shape, size) + begun);
}

/**
 * Bytes of the network in float64 and of a window that the last loss's gradient is sent back through:
 * 8·(3·P + the window's numbers as above + L·N·T·s·H), where s slopes of each unit are kept.
 */
export function reachBytes(shape: ModelShape, size: WindowSize): number {
  const { rows, timesteps } = size;
  const slopes = rows * timesteps * shape.layers * cellOf(shape.cell).slopes * shape.hidden;
  return FLOAT64 * (3 * parameterCount(shape) + windowNumbers(shape, size) + slopes);
}

/** S */
const statesOf = ({ cell }: ModelShape): number => cellOf(cell).states.length;

function windowNumbers(shape: ModelShape, { rows, timesteps }: WindowSize): number {
  const { layers, hidden, symbols } = shape;
  const cell = cellOf(shape.cell);
  const gates = cell.blocks;
  const states = statesOf(shape);
  const kept = states + (cell.isInPlace ? 0 : gates) + (cell.hasCache ? 1 : 0);
  const deltas = cell.joinsBiases ? gates : 2 * gates;
  return rows * timesteps * (layers * kept * hidden + (states + deltas) * hidden + symbols);
}
