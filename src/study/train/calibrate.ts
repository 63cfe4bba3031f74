/** How long a step of a training takes here: some are made, on a text of nobody's, and the quickest counts. */
import type { Kernels } from '../../kernels/kernels.js';
import type { TrainOptions } from '../../train/options.js';
import { Trainer } from '../../train/trainer.js';

/** As many as this at least, and more until the time is up: what else a machine does comes and goes. */
const [FEWEST, MOST] = [2, 12];
const ENOUGH_SECONDS = 0.3;

/**
 * @param symbols V
 * @param now milliseconds since any fixed moment
 * @param most seconds after which no further step is begun
 */
export function secondsPerStep(
  kernels: Kernels,
  options: TrainOptions,
  symbols: number,
  now: () => number,
  most: number,
): number {
  const { cell, layers, hidden, batch, window } = options;
  // Every symbol by turns, in an order that no row shares with the next.
  const ids = Uint16Array.from({ length: 2 * batch * window + 1 }, (_, i) => (i * 7919) % symbols);
  const trainer = new Trainer({
    kernels,
    shape: { cell, layers, hidden, symbols },
    options: { ...options, steps: MOST + 1, epochs: undefined, checkpointEvery: MOST + 2 },
    training: ids,
    validation: new Uint16Array(),
    probes: [],
    where: 'calibration',
  });
  try {
    return quickest(trainer, now, most);
  } finally {
    trainer.release();
  }
}

/** Seconds of its quickest step but for the first, which touches the memory for the first time. */
function quickest(trainer: Trainer, now: () => number, most: number): number {
  let best = Infinity;
  const begun = now();
  let before = begun;
  for (const event of trainer.run()) {
    if (event.kind !== 'step') continue;
    const after = now();
    if (event.step > 1) best = Math.min(best, after - before);
    const spent = (after - begun) / 1000;
    if (event.step > FEWEST && spent > Math.min(ENOUGH_SECONDS, most)) break;
    if (event.step > 1 && spent > most) break;
    before = after;
  }
  return Math.max(best, 1e-3) / 1000;
}
