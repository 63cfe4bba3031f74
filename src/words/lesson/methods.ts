/** The figures of the lesson's section on methods. */
import type { Memory } from '../../probe/memory.js';
import { farEnd, type Log10 } from './curve.js';
import type { NetSpec } from './doing.js';
import { now, type Stages, type ClaimVerdict } from './outcome.js';

/** Networks of each kind, by seed. */
export const REPEATS = 3;

export interface AttemptReach {
  /** log10 of the state norm by lag, relative to lag 0. */
  readonly curve: readonly Log10[];
  /** Its drop and its tail, among others. */
  readonly memory: Memory;
  /** Share of the units that are 0 at every timestep of every row; null for cells other than ReLU. */
  readonly dead: number | null;
}

/** The gradients of a training's steps, before clipping; null where there is none, since the first one ended in no number. */
export interface Norms {
  readonly median: number | null;
  readonly largest: number | null;
  readonly divergedAt: number | null;
}

/** One training of a contender. */
export interface Attempt extends Stages<AttemptReach> {
  readonly seed: number;
  readonly clipped: number;
  readonly clippedNorms: Norms;
  /** The same training without a limit to the gradient; null where it was not tried. */
  readonly freeNorms: Norms | null;
}

export interface MethodNets {
  readonly cell: NetSpec['cell'];
  readonly init: NetSpec['init'];
  /** By seed. */
  readonly attempts: readonly Attempt[];
}

export type MethodsPart = 'vanish' | 'reach';

export interface MethodsFigures extends ClaimVerdict<MethodsPart> {
  readonly contenders: readonly MethodNets[];
}

/** log10 of what is left at the window's far end, after the training where that taught anything; −∞ for nothing. */
export const reachOf = (attempt: Stages<Pick<AttemptReach, 'curve'>>): number => farEnd(now(attempt).curve);

export const tanhOf = (contenders: readonly MethodNets[]): MethodNets | null =>
  contenders.find(({ cell }) => cell === 'tanh') ?? null;

/** It predicts no worse than sigmoid does, where that has learnt: what reaches far and has learnt little is no way out. */
const isSound = ({ hasLearnt, validationLossNats }: Attempt, sigmoid: Attempt | undefined): boolean =>
  hasLearnt &&
  (!sigmoid?.hasLearnt || (validationLossNats ?? Infinity) <= (sigmoid.validationLossNats ?? Infinity));

/** Of the i-th trainings of those that are neither sigmoid nor tanh, and are sound, the one whose gradient reaches furthest. */
export function furthest(contenders: readonly MethodNets[], i = 0): MethodNets | null {
  const reach = ({ attempts }: MethodNets): number => reachOf(attempts[i]);
  const sigmoid = contenders.find(({ cell }) => cell === 'sigmoid')?.attempts[i];
  return contenders
    .filter(({ cell, attempts }) => cell !== 'sigmoid' && cell !== 'tanh' && isSound(attempts[i], sigmoid))
    .reduce<MethodNets | null>((best, one) => (best && reach(best) >= reach(one) ? best : one), null);
}
