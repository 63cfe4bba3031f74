/** What a training takes in memory beside what src/train/bytes.ts says: by child process, so that each begins afresh. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { openNative } from '../../src/kernels/native.js';
import { openWasm } from '../../src/kernels/wasm.js';
import { trainingBytes } from '../../src/train/bytes.js';
import { parseTrainOptions } from '../../src/train/options.js';
import { Trainer } from '../../src/train/trainer.js';
import { nameOf, SYMBOLS, type Case } from './cases.js';

export interface MemoryRow {
  readonly case: Case;
  /** bytes */
  readonly formula: number;
  /** What the engine handed out. */
  readonly engine: number;
  /** How much larger the process was after three steps than before. */
  readonly resident: number;
}

const CASES: readonly Case[] = [
  { cell: 'tanh', layers: 1, hidden: 128, rows: 32, timesteps: 64 },
  { cell: 'lstm', layers: 1, hidden: 512, rows: 64, timesteps: 100 },
  { cell: 'gru', layers: 2, hidden: 256, rows: 64, timesteps: 200 },
];
const ADAM_SLOTS = 2;

export function measureMemory(): MemoryRow[] {
  return CASES.map((wanted) => {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ['--import', 'tsx', fileURLToPath(import.meta.url), JSON.stringify(wanted)],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`${nameOf(wanted)}: ${stderr}`);
    return { case: wanted, ...(JSON.parse(stdout) as Omit<MemoryRow, 'case'>) };
  });
}

async function measure({ cell, layers, hidden, rows, timesteps }: Case): Promise<Omit<MemoryRow, 'case'>> {
  const kernels = openNative() ?? (await openWasm());
  const text = new Uint16Array(10 * rows * timesteps + 1);
  const shape = { cell, layers, hidden, symbols: SYMBOLS };
  const options = parseTrainOptions({ cell, layers, hidden, batch: rows, window: timesteps, steps: 3 });
  const [before, address] = [process.memoryUsage().rss, kernels.matrix(1, 1).address];
  const trainer = new Trainer({
    ...{ kernels, shape, options, training: text },
    ...{ validation: new Uint16Array(), probes: [], where: 'bench' },
  });
  for (const event of trainer.run()) if (event.kind === 'finished') break;
  return {
    formula: trainingBytes(shape, { rows, timesteps }, ADAM_SLOTS),
    engine: kernels.matrix(1, 1).address - address,
    resident: process.memoryUsage().rss - before,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.stdout.write(JSON.stringify(await measure(JSON.parse(process.argv[2]) as Case)));
