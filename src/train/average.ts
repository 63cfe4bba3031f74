/**
 * The weights averaged over the steps (Polyak and Juditsky 1992, exponentially weighted): what is evaluated, sampled and
 * kept as the best model where a run has --average.
 *
 *   a ← d_t·a + (1 − d_t)·w after step t,   d_t = min(d, (1 + t)/(10 + t))
 *
 * d_t is small at first: else the weights of the start would stay in the average for as long as d remembers.
 */
import type { Matrix } from '../base/matrix.js';
import { Network } from '../model/network.js';

export const decayAt = (decay: number, step: number): number => Math.min(decay, (1 + step) / (10 + step));

export class Average {
  /** A network of the same shape that has the average as its weights; they are laid out by `refresh`. */
  readonly network: Network;
  #isFresh = false;

  constructor(
    private readonly of: Network,
    private readonly decay: number,
  ) {
    this.network = new Network(of.kernels, of.shape);
  }

  /** (1, P) */
  get flat(): Matrix {
    return this.network.parameters.flat;
  }

  /** Begins anew with the weights as they are. */
  begin(): void {
    this.of.kernels.copy(this.flat, this.of.parameters.flat);
    this.#isFresh = false;
  }

  /** Takes in the weights as step `step` (from 1) left them. */
  add(step: number): void {
    // a − (1 − d)·(a − w) in one pass: descent along −w, with the L2 penalty of 1 for a.
    const lr = 1 - decayAt(this.decay, step);
    const settings = { gradientScale: -1, lr, weightDecay: 1, momentum: 0 };
    this.of.kernels.sgd(this.flat, this.of.parameters.flat, null, settings);
    this.#isFresh = false;
  }

  /** Lays the average out for the passes; only when it is asked for, not at every step. */
  refresh(): void {
    if (!this.#isFresh) this.network.refresh();
    this.#isFresh = true;
  }
}
