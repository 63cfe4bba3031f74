/**
 * Trains 1×128 models on tiny-shakespeare as PyTorch's figures were made (90/10 split, 50 rows of 50 timesteps,
 * Adam 2e-3, clip 5, carry kept) and sets the held-out loss beside them.
 *
 *   npx tsx scripts/tiny-shakespeare.ts TEXT [cell…]
 */
import { readFileSync } from 'node:fs';
import { openEngine } from '../src/kernels/engine.js';
import { lag } from '../src/probe/lag.js';
import { total } from '../src/probe/total.js';
import { Alphabet } from '../src/text/alphabet.js';
import { decodeText } from '../src/text/decode.js';
import { parseTrainOptions } from '../src/train/options.js';
import { Trainer } from '../src/train/trainer.js';

/** PyTorch 1.13, one seed, nats per character at these steps. */
const STEPS = [500, 1000, 2000, 4000];
const PYTORCH: Record<string, readonly number[]> = {
  tanh: [2.135, 1.996, 1.872, 1.785],
  gru: [2.068, 1.89, 1.727, 1.634],
  lstm: [2.223, 2.058, 1.927, 1.796],
};
/** How far one seed may be from another. */
const WITHIN = 0.03;

const [path, ...chosen] = process.argv.slice(2) as [string | undefined, ...string[]];
if (path === undefined) {
  console.error('usage: npx tsx scripts/tiny-shakespeare.ts TEXT [tanh] [gru] [lstm]');
  process.exit(2);
}
const text = decodeText(readFileSync(path), path);
const alphabet = Alphabet.of(text, path);
const symbols = alphabet.encode(text, path);
const cut = Math.floor(symbols.length * 0.9);

let missed = false;
for (const cell of chosen.length > 0 ? chosen : Object.keys(PYTORCH)) {
  const options = parseTrainOptions({
    cell,
    hidden: 128,
    batch: 50,
    window: 50,
    steps: 4000,
    evaluateEvery: 500,
  });
  const trainer = new Trainer({
    kernels: await openEngine('auto', 'auto'),
    shape: { cell: options.cell, layers: 1, hidden: 128, symbols: alphabet.size },
    options,
    training: symbols.subarray(0, cut),
    validation: symbols.subarray(cut),
    probes: [
      { probe: total, every: options.totalEvery },
      { probe: lag, every: options.lagEvery },
    ],
    where: path,
  });
  const started = performance.now();
  for (const event of trainer.run()) {
    if (event.kind !== 'evaluation') continue;
    const at = STEPS.indexOf(event.step);
    if (at < 0) continue;
    const expected = PYTORCH[cell][at];
    const difference = event.lossNats - expected;
    missed ||= difference > WITHIN;
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.log(
      `${cell.padEnd(5)} step ${String(event.step).padStart(4)}  ${event.lossNats.toFixed(3)} nats  ` +
        `PyTorch ${expected.toFixed(3)}  difference ${difference.toFixed(3)}  ${seconds} s`,
    );
  }
}
process.exitCode = missed ? 1 : 0;
