/** Characters a second out of a large model, and the time from the call of `dissipa sample` to its first character. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Rng } from '../../src/base/rng.js';
import { openEngine, type EngineName } from '../../src/kernels/engine.js';
import { initialise } from '../../src/model/init.js';
import { Network } from '../../src/model/network.js';
import { encodeCheckpoint } from '../../src/store/checkpoint.js';
import type { Model } from '../../src/study/model/model.js';
import { Sampler, sampleOptions } from '../../src/study/sample/sample.js';
import { Alphabet } from '../../src/text/alphabet.js';
import { parseTrainOptions } from '../../src/train/options.js';
import { SEED, SYMBOLS } from './cases.js';
import { spreadOf, type Spread } from './spread.js';

const SHAPE = { cell: 'lstm', layers: 2, hidden: 512, symbols: SYMBOLS } as const;
const ENGINES: readonly (readonly [EngineName, number])[] = [
  ['native', 1],
  ['native', 2],
  ['wasm', 1],
];
const ROUNDS = 7;
const LENGTH = 1000;

async function modelIn(engine: EngineName, threads: number): Promise<Model> {
  const network = new Network(await openEngine(engine, threads), SHAPE);
  initialise(network.parameters, parseTrainOptions({ cell: SHAPE.cell }), Rng.fromSeed(SEED));
  network.refresh();
  const symbols = Array.from({ length: SYMBOLS }, (_, id) => String.fromCodePoint(0x100 + id));
  return { network, alphabet: new Alphabet(symbols) };
}

/** By engine and threads, in turn; the first round warms up. */
export async function measureSampling(): Promise<Record<string, Spread>> {
  const sides = await Promise.all(
    ENGINES.map(async ([engine, threads]) => ({
      name: `${engine} ${threads}`,
      sampler: new Sampler(await modelIn(engine, threads)),
      rates: [] as number[],
    })),
  );
  for (let round = 0; round <= ROUNDS; round++)
    for (const { sampler, rates } of sides) {
      const started = performance.now();
      let made = 0;
      for (const symbol of sampler.run(sampleOptions.parse({ length: LENGTH, seed: round })))
        made += symbol.length;
      if (round > 0) rates.push((1000 * made) / (performance.now() - started));
    }
  return Object.fromEntries(sides.map(({ name, rates }) => [name, spreadOf(rates)]));
}

/** Seconds, of the built program on the same model from a file. */
export async function measureStart(): Promise<Spread> {
  const folder = mkdtempSync(join(tmpdir(), 'dissipa-bench-'));
  try {
    const { network, alphabet } = await modelIn('wasm', 1);
    const path = join(folder, 'model.safetensors');
    writeFileSync(
      path,
      encodeCheckpoint({
        shape: SHAPE,
        alphabet: alphabet.symbols,
        parameters: network.parameters.toFloat32(),
        training: null,
      }),
    );
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) times.push(await timeToFirst(path));
    return spreadOf(times);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function timeToFirst(model: string): Promise<number> {
  const program = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, [program, 'sample', model, '--length', '1'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let seconds = NaN;
    child.stdout.once('data', () => (seconds = (performance.now() - started) / 1000));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(seconds);
      else reject(new Error(`dissipa sample ended with ${code}`));
    });
  });
}
