/**
 * The crash machine: `npx tsx scripts/crash/main.ts [--short | --minutes N] [--seed N]` after a build.
 * Kills `train`, `compare` and `lesson` at every call to the disk and at any moment, lets disks be full, fail and write
 * halves, takes each up again, and compares all that it leaves with what an undisturbed one leaves, bit for bit.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Rng } from '../../src/base/rng.js';
import { kill } from './killed.js';
import { play } from './played.js';
import { Tally } from './tally.js';

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
  },
});
const isShort = values.short;
const seconds = isShort ? 50 : 60 * Number(values.minutes);
const started = Date.now();
const at = (share: number): number => started + 1000 * seconds * share;
const rng = Rng.fromSeed(Number(values.seed));
const tally = new Tally();
// In memory where there is such a disk: what is tried is what happens between calls, not the disk.
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'dissipa-crash-'));
const calls = await play(join(folder, 'played'), tally, { until: at(0.5), stride: isShort ? 7 : 1 });
await kill(tally, {
  ...{ folder, until: at(1), rng: () => rng.uniform() },
  ...(isShort ? { random: 2, stride: 12 } : { random: 10_000, stride: 1 }),
});
process.stdout.write(
  `${tally.toString()}\na training makes ${calls} calls; seed ${values.seed}, ${Math.round((Date.now() - started) / 1000)} s\n`,
);
if (tally.failed === 0) rmSync(folder, { recursive: true });
else process.stdout.write(`${tally.failed} failed; what they left is in ${folder}\n`);
process.exitCode = tally.failed === 0 ? 0 : 1;
