/** The loss of a window: mean cross-entropy in nats, over all N·T predictions. */
import type { Unrolled } from './unrolled.js';

/** The loss of a window, in nats. */
export interface WindowLoss {
  /** L = (1/(N·T)) ΣΣ CE(n, t) */
  readonly window: number;
  /** ℓ = (1/N) Σ CE(n, T − 1): the last timestep's alone */
  readonly last: number;
}

/** Turns the logits into the gradient of L with respect to them, and says what the loss is. */
export function loss(unrolled: Unrolled): WindowLoss {
  const { network, options, timesteps, logits, losses, targets } = unrolled;
  const count = timesteps * options.rows;
  const all = losses.rowRange(0, count);
  network.kernels.softmaxCrossEntropy(all, logits.rowRange(0, count), targets.range(0, count), 1 / count);
  // Summed in float64: thousands of losses in float32 would lose the sixth digit.
  const numbers = all.data;
  let sum = 0;
  let last = 0;
  for (let j = 0; j < count; j++) {
    sum += numbers[j];
    if (j >= count - options.rows) last += numbers[j];
  }
  return { window: sum / count, last: last / options.rows };
}
