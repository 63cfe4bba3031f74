/**
 * Soak: `npx tsx scripts/soak/main.ts [--minutes N] [--engine NAME]`. Trains, evaluates and inspects in one process, again and again,
 * the sizes in turn, and says whether memory, open files and what a run leaves on the disk stay level.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { evaluateModel } from '../../src/cli/commands/evaluate.js';
import { inspectModel } from '../../src/cli/commands/inspect.js';
import { train } from '../../src/cli/commands/train.js';
import type { Environment } from '../../src/cli/environment.js';
import { nodeFiles } from '../../src/store/files-node.js';
import { nodeProcesses } from '../../src/store/processes-node.js';
import { speak, wordsIn } from '../../src/words/words.js';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '60' }, engine: { type: 'string', default: 'auto' } },
});
const until = performance.now() + 60_000 * Number(values.minutes);
const words = await wordsIn('en');
speak(words);
const folder = mkdtempSync(join(tmpdir(), 'dissipa-soak-'));
const text = join(folder, 'text.txt');
writeFileSync(text, 'o rio corre para o mar, e a carta chega tarde; o gradiente se dissipa.\n'.repeat(400));

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const silent = (): void => undefined;
const env: Environment = {
  ...{ files: nodeFiles(), processes: nodeProcesses(), words, out: silent, err: silent },
  ...{ isTerminal: false, now: () => performance.now() },
  interruption: () => new AbortController().signal,
};

/** Small and large, one after the other: memory that is not given back shows. */
const SIZES = [
  { cell: 'tanh', hidden: 16, layers: 1, batch: 8, window: 32 },
  { cell: 'lstm', hidden: 96, layers: 2, batch: 16, window: 64 },
  { cell: 'gru', hidden: 8, layers: 3, batch: 4, window: 16 },
  { cell: 'relu', hidden: 128, layers: 1, batch: 32, window: 24 },
] as const;
const STEPS = 150;

interface Cycle {
  readonly residentMb: number;
  readonly heapMb: number;
  readonly files: number;
  readonly diskBytes: number;
}

const openFiles = (): number => {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return 0;
  }
};

async function cycle(): Promise<Cycle> {
  let diskBytes = 0;
  for (const [i, size] of SIZES.entries()) {
    const dir = join(folder, `run-${i}`);
    rmSync(dir, { recursive: true, force: true });
    mkdirSync(dir);
    const given = { ...size, steps: STEPS, probe: 'full', engine: values.engine, threads: 1, out: dir };
    const flags = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
    await train(env, [text], flags);
    await train(env, [], { resume: dir, steps: String(STEPS + 50) });
    await evaluateModel(env, dir, { text, engine: values.engine });
    await inspectModel(env, dir, { text, engine: values.engine });
    for (const name of readdirSync(dir)) diskBytes += statSync(join(dir, name)).size;
  }
  // What nobody holds any more is no leak: engines go when they are collected.
  collect();
  await setTimeout(50);
  collect();
  const { rss, heapUsed } = process.memoryUsage();
  return { residentMb: rss / 1e6, heapMb: heapUsed / 1e6, files: openFiles(), diskBytes };
}

const cycles: Cycle[] = [];
while (performance.now() < until) {
  cycles.push(await cycle());
  const { residentMb, heapMb, files, diskBytes } = cycles[cycles.length - 1];
  process.stderr.write(
    `cycle ${cycles.length}: ${residentMb.toFixed(0)} MB resident, ${heapMb.toFixed(0)} MB heap, ${files} files open, ${diskBytes} bytes on the disk\n`,
  );
}
rmSync(folder, { recursive: true });

/** Of the middle of a part, so that one collection more or less does not count. */
const median = (of: readonly number[]): number => of.toSorted((a, b) => a - b)[of.length >> 1];
const half = cycles.length >> 1;
const [early, late] = [cycles.slice(0, Math.max(1, half)), cycles.slice(half)];
const row = (name: keyof Cycle): string => {
  const [a, b] = [median(early.map((one) => one[name])), median(late.map((one) => one[name]))];
  return `${name.padEnd(12)} first half ${a.toFixed(0)}, second half ${b.toFixed(0)}`;
};
const steps = cycles.length * SIZES.length * (STEPS + 50);
process.stdout.write(
  `${cycles.length} cycles, ${steps} steps\n${(['residentMb', 'heapMb', 'files', 'diskBytes'] as const).map(row).join('\n')}\n`,
);
