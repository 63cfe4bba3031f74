/** What to try where a training has diverged: the option that is out of the usual, where one is; else the usual ones. */
import { failure, type DissipaError } from '../../base/errors.js';
import type { TrainEvent } from '../../train/events.js';
import type { TrainOptions } from '../../train/options.js';
import { bitsOf } from '../evaluate/score.js';

/** Below this the smallest denominators are those of rounding, and an update is the larger the smaller its gradient. */
const SMALL_EPSILON = 1e-12;
/** A forget gate's bias beyond which its sigmoid is 1 or 0 in float32. */
const LARGE_BIAS = 88;

const USES_EPSILON: readonly TrainOptions['optimizer'][] = ['adam', 'adamw', 'rmsprop'];

/** The option, its value, and the learning rate beside it. */
export interface DivergenceAdvice {
  readonly option: 'epsilon' | 'weight-decay' | 'forget-bias' | null;
  readonly value: number;
  readonly lr: number;
}

export function divergenceAdvice(options: TrainOptions): DivergenceAdvice {
  const { optimizer, epsilon, weightDecay, lr, forgetBias } = options;
  if (USES_EPSILON.includes(optimizer) && epsilon < SMALL_EPSILON)
    return { option: 'epsilon', value: epsilon, lr };
  // A step takes this share of a weight away: with more than all of it, it grows with its sign turned.
  if (lr * weightDecay > 1) return { option: 'weight-decay', value: weightDecay, lr };
  if (Math.abs(forgetBias) > LARGE_BIAS) return { option: 'forget-bias', value: forgetBias, lr };
  return { option: null, value: lr, lr };
}

/** @param last the newest checkpoint, where there are any */
export const divergence = (
  { step, what, lossNats, gradientNorm }: Extract<TrainEvent, { kind: 'diverged' }>,
  options: TrainOptions,
  last?: string | null,
): DissipaError =>
  failure('train.diverged', {
    ...{ step, what, bits: bitsOf(lossNats), gradientNorm },
    ...(last !== undefined && { last }),
    ...divergenceAdvice(options),
  });
