/** The figures of the lesson's section on squashing. */
import type { Factors } from './curve.js';
import type { Stages, ClaimVerdict } from './outcome.js';

export type Squashing = 'sigmoid' | 'tanh';

export interface PreActivations {
  /** Share of the pre-activations in each of `BINS` bins from −RANGE to RANGE. */
  readonly histogram: readonly number[];
  /** Share whose derivative is below `flatBelow`. */
  readonly flat: number;
  /** √ of the mean of φ′²: what the activation leaves of a gradient, on the whole. */
  readonly slope: number;
}

/** What the activations are like, and what a step of the lag curve consists of. */
export interface Squashed extends PreActivations {
  readonly factors: Factors;
}

export type SquashingPart = Squashing | 'saturated';

export interface SquashingFigures extends ClaimVerdict<SquashingPart> {
  readonly flatBelow: number;
  readonly range: number;
  readonly nets: readonly ({ readonly cell: Squashing } & Stages<Squashed>)[];
}
