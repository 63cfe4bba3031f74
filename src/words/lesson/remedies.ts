/** The figures of the lesson's section on remedies. */
import type { ClaimVerdict } from './outcome.js';
import type { MethodNets } from './methods.js';

/** What one training of a remedy shows, beside the training of tanh with the same seed. */
export interface Trial {
  readonly seed: number;
  /** It has learnt, and loses at most half as many powers of ten over the window as tanh does. */
  readonly reaches: boolean;
  readonly hasLearnt: boolean;
  /** The prices it has paid. */
  readonly dies: boolean;
  readonly explodes: boolean;
  /** It predicts worse than tanh, by more than the margin. */
  readonly isBehind: boolean;
}

export type RemedyPart = 'relu uniform' | 'relu identity' | 'lstm' | 'gru';

export interface Remedy extends MethodNets {
  readonly name: RemedyPart;
  /** One for each seed with which tanh has learnt and its gradient vanishes: elsewhere there is nothing to be remedied. */
  readonly trials: readonly Trial[];
}

export interface RemediesFigures extends ClaimVerdict<RemedyPart> {
  readonly remedies: readonly Remedy[];
  readonly tanh: MethodNets;
}
