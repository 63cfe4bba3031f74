/**
 * Inspects a model and evaluates it again and again in one process, in each engine: bytes handed out, bytes that the engine
 * has from the system, and the process's memory, after 10, 100 and 1,000 of each. Ends with 1 where the engine has grown.
 *
 *   npx tsx scripts/hold-memory.ts [--times 1000] [--engines native,wasm,reference] [--rows 2] [--window 16] [MODEL.safetensors]
 *
 * The model is the shipped LSTM 2×176 where none is given.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openEngine, type EngineName } from '../src/kernels/engine.js';
import { scoped } from '../src/kernels/scoped.js';
import { decodeCheckpoint } from '../src/store/checkpoint.js';
import { evaluate } from '../src/study/evaluate/evaluate.js';
import { inspect } from '../src/study/inspect/measure.js';
import { loadModel } from '../src/study/model/model.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    times: { type: 'string', default: '1000' },
    engines: { type: 'string', default: 'native,wasm,reference' },
    rows: { type: 'string', default: '2' },
    window: { type: 'string', default: '16' },
  },
});
const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
const path = positionals.at(0) ?? at('checkpoints/lstm-2x176.safetensors');
const size = { rows: Number(values.rows), timesteps: Number(values.window) };
const TEXT = 'a casa, a rua, a noite e o mar; '.repeat(400);
const text = TEXT.slice(0, size.rows * size.timesteps + 1);

console.log('| engine | after | held, MiB | arena, MiB | RSS, MiB |\n| --- | --- | --- | --- | --- |');
for (const name of values.engines.split(',') as EngineName[]) {
  const kernels = await openEngine(name);
  const model = loadModel(kernels, decodeCheckpoint(readFileSync(path), path));
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
