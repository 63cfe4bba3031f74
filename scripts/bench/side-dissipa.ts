/** Ours: the trainer as `train` drives it, default probes on. Arguments: engine, threads. */
import { Rng } from '../../src/base/rng.js';
import { openEngine, type EngineName } from '../../src/kernels/engine.js';
import type { Kernels } from '../../src/kernels/kernels.js';
import { productSpeed } from '../../src/kernels/speed.js';
import { scheduled } from '../../src/probe/training.js';
import { parseTrainOptions } from '../../src/train/options.js';
import { Trainer } from '../../src/train/trainer.js';
import { CLIP, LEARNING_RATE, SEED, SYMBOLS, type Case } from './cases.js';
import { serve } from './side.js';

const [engine, threads] = process.argv.slice(2);
const open = (): Promise<Kernels> => openEngine(engine as EngineName, Number(threads));

/** Enough for a few hundred windows of the largest size; then they begin anew. */
const LENGTH = 2_000_000;
const rng = Rng.fromSeed(SEED);
const text = Uint16Array.from({ length: LENGTH }, () => Math.floor(rng.uniform() * SYMBOLS));

async function prepare({ cell, layers, hidden, rows, timesteps }: Case): Promise<() => number> {
  const options = parseTrainOptions({
    ...{ cell, layers, hidden, batch: rows, window: timesteps, seed: SEED },
    ...{
      lr: LEARNING_RATE,
      clip: CLIP,
      steps: 1_000_000,
      evaluateEvery: 1_000_000,
      checkpointEvery: 1_000_000,
    },
  });
  const trainer = new Trainer({
    kernels: await open(),
    shape: { cell, layers, hidden, symbols: SYMBOLS },
    options,
    training: text,
    validation: new Uint16Array(),
    probes: scheduled(options),
    where: 'bench',
  });
  const events = trainer.run();
  const characters = rows * timesteps;
  return () => {
    for (;;) {
      const event = events.next();
      if (event.done) throw new RangeError('the run has ended');
      if (event.value.kind === 'diverged') throw new RangeError('the run has diverged');
      if (event.value.kind === 'step') return characters;
    }
  };
}

const kernels = await open();
await serve({
  about: `dissipa, ${kernels.name}, ${kernels.threads} ${kernels.threads === 1 ? 'thread' : 'threads'}`,
  prepare,
  peak: () => productSpeed(kernels, 512, 40),
});
