/** Where BPTT hands its gradients to a listener. */
import type { CellGradients, CellStep, CellState } from '../model/cells/cell.js';

/**
 * One layer at one timestep, seen when its gradients are complete. Every view is lent for the call: a listener
 * copies what it keeps and writes nothing.
 */
export interface TapView {
  readonly layer: number;
  readonly timestep: number;
  /** True gradients are those in the views times 2^exponent; 0 unless the pass rescales. */
  readonly exponent: number;
  /** dh and dc (N, H) are total derivatives, dhPrev and dcPrev those of the states before. */
  readonly gradients: CellGradients;
  readonly step: CellStep;
  /** Those of h and c that the cell has; the others’ buffers have no rows. */
  readonly states: readonly CellState[];
}

/** A listener to a backward pass. */
export interface Tap {
  /** Called for every layer and timestep, from the last timestep back. */
  view(view: TapView): void;
}
