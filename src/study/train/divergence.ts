/** What to try where a training has diverged: the option that is out of the usual, where one is; else the usual ones. */
import type { TrainOptions } from '../../train/options.js';

/** Below this the smallest denominators are those of rounding, and an update is the larger the smaller its gradient. */
const SMALL_EPSILON = 1e-12;
/** A forget gate's bias beyond which its sigmoid is 1 or 0 in float32. */
const LARGE_BIAS = 88;

const USES_EPSILON: readonly TrainOptions['optimizer'][] = ['adam', 'adamw', 'rmsprop'];

export function divergenceAdvice(options: TrainOptions): string {
  const { optimizer, epsilon, weightDecay, lr, forgetBias } = options;
  if (USES_EPSILON.includes(optimizer) && epsilon < SMALL_EPSILON)
    return `try a larger --epsilon: it is ${epsilon}, where 1e-8 is usual`;
  // A step takes this share of a weight away: with more than all of it, it grows with its sign turned.
  if (lr * weightDecay > 1) return `try a smaller --weight-decay: it is ${weightDecay}, with --lr ${lr}`;
  if (Math.abs(forgetBias) > LARGE_BIAS) return `try a --forget-bias nearer to 0: it is ${forgetBias}`;
  return 'try a smaller --lr, a smaller --clip or a --warmup';
}
