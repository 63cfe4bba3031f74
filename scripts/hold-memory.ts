/**
 * Inspects a model and evaluates it again and again in one process, in each engine: bytes handed out, bytes that the engine
 * has from the system, and the process's memory, after 10, 100 and 1,000 of each. Ends with 1 where the engine has grown.
 *
 *   npx tsx scripts/hold-memory.ts [--times 1000] [--engines native,wasm,reference] [--rows 2] [--window 16] [--hidden H]
 *                                  [MODEL.safetensors]
 *
 * The model is the shipped LSTM 2×176 where none is given, or an LSTM of two layers of H units as it is drawn.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Rng } from '../src/base/rng.js';
import { openEngine, type EngineName } from '../src/kernels/engine.js';
import type { Kernels } from '../src/kernels/kernels.js';
import { scoped } from '../src/kernels/scoped.js';
import { initialise } from '../src/model/init.js';
import { Network } from '../src/model/network.js';
import { decodeCheckpoint } from '../src/store/checkpoint.js';
import { evaluate } from '../src/study/evaluate/evaluate.js';
import { inspect } from '../src/study/inspect/measure.js';
import { loadModel, type Model } from '../src/study/model/model.js';
import { Alphabet } from '../src/text/alphabet.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    times: { type: 'string', default: '1000' },
    engines: { type: 'string', default: 'native,wasm,reference' },
    rows: { type: 'string', default: '2' },
    window: { type: 'string', default: '16' },
    hidden: { type: 'string' },
  },
});
const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
const path = positionals.at(0) ?? at('checkpoints/lstm-2x176.safetensors');
/** As it is drawn, of the alphabet of `text`. */
function drawn(kernels: Kernels, hidden: number): Model {
  const alphabet = Alphabet.of(text, 'text');
  const network = new Network(kernels, { cell: 'lstm', layers: 2, hidden, symbols: alphabet.size });
  initialise(network.parameters, { init: 'uniform', forgetBias: 1 }, Rng.fromSeed(1));
  network.refresh();
  return { network, alphabet };
}
const size = { rows: Number(values.rows), timesteps: Number(values.window) };
const TEXT = 'a casa, a rua, a noite e o mar; '.repeat(400);
const text = TEXT.slice(0, size.rows * size.timesteps + 1);

console.log('| engine | after | held, MiB | arena, MiB | RSS, MiB |\n| --- | --- | --- | --- | --- |');
for (const name of values.engines.split(',') as EngineName[]) {
  const kernels = await openEngine(name);
  const model =
    values.hidden === undefined
      ? loadModel(kernels, decodeCheckpoint(readFileSync(path), path))
      : drawn(kernels, Number(values.hidden));
  const before = kernels.held();
  let early = 0;
  for (let i = 1; i <= Number(values.times); i++) {
    inspect(model, text, size, 'text');
    evaluate(model, text, 'text');
    // Between two of them a caller would do something else: what is no longer known can go.
    if (i % 10 === 0) await new Promise(setImmediate);
    if (i === 1 || i === 10 || i === 100 || i === Number(values.times)) {
      const { byteLength } = scoped(kernels, () => kernels.matrix(1, 1).memory.buffer);
      // Each matrix of the reference is memory of its own.
      const arena = name === 'reference' ? kernels.held() : byteLength;
      if (i === 1) early = arena;
      if (arena > early || kernels.held() !== before) process.exitCode = 1;
      const mib = (bytes: number): string => (bytes / 2 ** 20).toFixed(2);
      console.log(
        `| ${kernels.name} | ${i} | ${mib(kernels.held())} | ${mib(arena)} | ${mib(process.memoryUsage.rss())} |`,
      );
    }
  }
}
