/**
 * Trains each cell for some hundred steps and holds every quantity that `inspect` measures on the result, in each compiled
 * engine, to the float64 reference: the worst difference by quantity and window. Ends with 1 where one is beyond 1e-6.
 *
 *   npx tsx scripts/hold-to-reference.ts [--steps 300] [--hidden 32] [--windows 64,512] [MODEL.safetensors …]
 *
 * Given models are held to the reference too, without the pairs of timesteps, which would take hours there.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openEngine } from '../src/kernels/engine.js';
import { openNative } from '../src/kernels/native.js';
import { openReference } from '../src/kernels/reference.js';
import { openWasm } from '../src/kernels/wasm.js';
import { CELLS } from '../src/model/shape.js';
import { decodeCheckpoint } from '../src/store/checkpoint.js';
import { inspectDeep, type DeepOptions } from '../src/study/inspect/measure.js';
import { loadModel, type ModelContents } from '../src/study/model/model.js';
import { Alphabet, symbolsOf } from '../src/text/alphabet.js';
import { decodeText } from '../src/text/decode.js';
import { parseTrainOptions } from '../src/train/options.js';
import { Trainer } from '../src/train/trainer.js';

const ALLOWED = 1e-6;
/** A share below is told from 0 by no engine that flushes the smallest numbers. */
const SMALLEST = 1e-300;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    steps: { type: 'string', default: '300' },
    hidden: { type: 'string', default: '32' },
    windows: { type: 'string', default: '64,512' },
  },
});
const windows = values.windows.split(',').map(Number);

const corpus = fileURLToPath(new URL('../corpus/', import.meta.url));
const text = readdirSync(corpus)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => decodeText(readFileSync(corpus + name), name))
  .join('\n');

async function trained(cell: (typeof CELLS)[number]): Promise<ModelContents> {
  const alphabet = Alphabet.of(text, 'corpus');
  const [steps, hidden] = [Number(values.steps), Number(values.hidden)];
  const options = parseTrainOptions({ cell, layers: 2, hidden, steps, probe: 'off', batch: 16, window: 64 });
  const shape = { cell, layers: 2, hidden, symbols: alphabet.size };
  const trainer = new Trainer({
    kernels: await openEngine('auto'),
    ...{ shape, options, training: alphabet.encode(text, 'corpus'), validation: new Uint16Array() },
    ...{ probes: [], where: 'corpus' },
  });
  for (const event of trainer.run()) if (event.kind === 'diverged') throw new Error(`${cell} diverged`);
  return { shape, alphabet: alphabet.symbols, parameters: trainer.network.parameters.toFloat32() };
}

/** Every number by the path of its quantity: `layers.lagLog10.h`. */
function* numbersOf(value: unknown, path = ''): Generator<readonly [string, number | null]> {
  if (value === null || typeof value === 'number') yield [path, value];
  else if (typeof value === 'object')
    for (const [key, inner] of Object.entries(value))
      yield* numbersOf(inner, Array.isArray(value) ? path : path === '' ? key : `${path}.${key}`);
}

/** A logarithm is compared as it is, anything else by its own logarithm; figures about 0 by their difference. */
const isLinear = (path: string): boolean =>
  /theory\.lyapunov|split|saturation|activation|memory|og10|loss/.test(path);
const difference = (path: string, a: number | null, b: number | null): number => {
  if (a === b) return 0;
  if (a === null || b === null) return Infinity;
  if (Math.abs(a) < SMALLEST && Math.abs(b) < SMALLEST) return 0;
  return isLinear(path) ? Math.abs(a - b) : Math.abs(Math.log10(Math.abs(a)) - Math.log10(Math.abs(b)));
};

const native = openNative({});
const engines = [
  ...(native ? [native] : []),
  await openWasm({ allowRelaxed: false }),
  await openWasm({ allowRelaxed: true }),
];
const beyond: string[] = [];

function hold(name: string, contents: ModelContents, deep: (timesteps: number) => DeepOptions): void {
  for (const timesteps of windows) {
    const size = { rows: 2, timesteps };
    // Characters that the model knows, so that it can be any.
    const known = symbolsOf(text)
      .filter((symbol) => contents.alphabet.includes(symbol))
      .join('');
    const measure = (kernels: Parameters<typeof loadModel>[0]) =>
      inspectDeep(loadModel(kernels, contents), known.slice(0, 9 * timesteps), size, name, deep(timesteps));
    const expected = [...numbersOf(measure(openReference()))];
    for (const engine of engines) {
      const worst = new Map<string, number>();
      const found = [...numbersOf(measure(engine))];
      found.forEach(([path, value], i) => {
        worst.set(path, Math.max(worst.get(path) ?? 0, difference(path, value, expected[i][1])));
      });
      const overall = [...worst.values()].reduce((a, b) => Math.max(a, b));
      if (!(overall <= ALLOWED) || found.length !== expected.length) beyond.push(`${name}, ${engine.name}`);
      const told = [...worst].filter(([, by]) => by > 0).sort(([, a], [, b]) => b - a);
      console.log(
        `\n${name}, window ${timesteps}, ${engine.name}: ${found.length} figures, worst ${overall.toExponential(1)}`,
      );
      for (const [path, by] of told.slice(0, 8)) console.log(`  ${path.padEnd(44)} ${by.toExponential(1)}`);
    }
  }
}

for (const cell of CELLS)
  hold(`${cell} 2×${values.hidden}`, await trained(cell), () => ({ audit: true, matrix: true, listen: 64 }));
for (const path of positionals) {
  const { shape, alphabet, parameters } = decodeCheckpoint(readFileSync(path), path);
  hold(path, { shape, alphabet, parameters }, () => ({ audit: false, matrix: false, listen: 0 }));
}
console.log(
  beyond.length === 0
    ? `\nEvery figure is within ${ALLOWED} of the reference.`
    : `\nToo far from the reference: ${beyond.join('; ')}.`,
);
process.exitCode = beyond.length === 0 ? 0 : 1;
