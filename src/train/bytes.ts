/** How much memory a training takes in its engine. */
import { cells } from '../model/cells/index.js';
import { GATES, parameterCount, type ModelShape } from '../model/shape.js';
import type { WindowSize } from '../text/windows.js';

/** Bytes of a float32. */
const FLOAT = 4;

/**
 * Bytes of a training without dropout and without held-out text, but for the ends of rows and panels (with H from 64 on
 * these are within 3%):
 *
 * ```
 * 4·( (4 + slots)·P            weights, their gradients, two forms laid out for the products; the optimiser's slots
 *     + L·N·T·(S + G′ + Q)·H   by layer: states, gates and cache; S = 2 for the LSTM (h and c), else 1
 *     + L·N·S·H               the states of one timestep more, in which a row begins anew
 *     + N·T·(S + D)·H + N·T·V  the gradients of one layer at a time; the logits )
 * ```
 *
 * G′ = G for the gated cells, 0 for the others (their h is all there is); Q = 1 for the gated cells (tanh c, or the GRU's
 * candidate), else 0; D = G, or 2·G for the GRU, whose δ differs between its two products.
 * @param slots numbers kept beside each weight: 2 for Adam; 3 more where the weights are averaged (the average, and its
 *   two forms laid out for the products)
 */
export function trainingBytes(shape: ModelShape, { rows, timesteps }: WindowSize, slots: number): number {
  const { layers, hidden, symbols } = shape;
  const cell = cells[shape.cell];
  const gates = GATES[shape.cell];
  const states = cell.hasCellState ? 2 : 1;
  const kept = states + (gates === 1 ? 0 : gates) + (cell.hasCache ? 1 : 0);
  const deltas = cell.joinsBiases ? gates : 2 * gates;
  const count = rows * timesteps;
  const weights = (4 + slots) * parameterCount(shape);
  const window = count * (layers * kept * hidden + (states + deltas) * hidden + symbols);
  const begun = layers * rows * states * hidden;
  return FLOAT * (weights + window + begun);
}
