/**
 * Coverage-guided fuzzing of every reader: `npx tsx scripts/fuzz/main.ts [--inputs N] [--seconds N] [--seed N] [--only NAME]`.
 * Inputs that reach what none did before are changed further. What brings a reader down, is slower than a second or takes
 * more than 64 MB and three times its length is kept in tests/fuzz/found/, where the suite reads it ever after.
 * (@jazzer.js/core brings its fuzzer as C++ that each machine compiles with cmake: this one needs nothing but V8.)
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Rng } from '../../src/base/rng.js';
import { speak, wordsIn } from '../../src/words/words.js';
import { mutated, type Draw } from '../../tests/fuzz/mutate.js';
import { survive, TARGETS, type Target } from '../../tests/fuzz/targets.js';
import { Coverage } from './coverage.js';

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '600' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
});
const [inputs, seconds] = [Number(values.inputs), Number(values.seconds)];
const [SLOWEST_MS, LONGEST] = [1000, 2 ** 16];
const bytesMost = (length: number): number => 64e6 + 3 * length;

/** Every so many inputs the counters are asked: that takes longer than most inputs. */
const ASK_EVERY = 48;

speak(await wordsIn('en'));
const coverage = new Coverage();
await coverage.start();

interface Row {
  readonly name: string;
  tried: number;
  read: number;
  failed: number;
  slowestMs: number;
  mostBytes: number;
}

function keep({ name }: Target, bytes: Uint8Array, why: string): void {
  const folder = fileURLToPath(
    new URL(`../../tests/fuzz/found/${name.replace(/\W+/g, '-')}/`, import.meta.url),
  );
  mkdirSync(folder, { recursive: true });
  const file = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  writeFileSync(`${folder}${file}`, bytes);
  process.stderr.write(`FAILED ${name}: ${why}; kept as ${file}\n`);
}

const taken = (): number => {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

async function fuzz(target: Target, draw: Draw): Promise<Row> {
  const corpus = [...target.seeds];
  const row: Row = { name: target.name, tried: 0, read: 0, failed: 0, slowestMs: 0, mostBytes: 0 };
  const until = performance.now() + 1000 * seconds;
  const known = new Set<string>();
  let reached: Uint8Array[] = [];
  await coverage.hasGrown();
  while (row.tried < inputs && performance.now() < until) {
    // The newest half as often as all the others: they are what reached furthest.
    const from = draw(2) === 0 ? corpus.length >> 1 : 0;
    const bytes = mutated(corpus[from + draw(corpus.length - from)], draw);
    row.tried++;
    const before = taken();
    const cpu = process.cpuUsage();
    try {
      if ((await survive(target, bytes)) === 'read') row.read++;
    } catch (error) {
      const why = error instanceof Error ? `${error.name} ${error.message.slice(0, 200)}` : String(error);
      row.failed++;
      // One of each kind.
      const kind = error instanceof Error ? (error.stack?.split('\n')[1] ?? why) : why;
      if (!known.has(kind)) keep(target, bytes, why);
      known.add(kind);
    }
    // Of the processor: on a busy machine others take time too.
    const { user, system } = process.cpuUsage(cpu);
    const [ms, more] = [(user + system) / 1000, taken() - before];
    row.slowestMs = Math.max(row.slowestMs, ms);
    row.mostBytes = Math.max(row.mostBytes, more);
    if (ms > SLOWEST_MS || more > bytesMost(bytes.length)) {
      row.failed++;
      keep(target, bytes, `${Math.round(ms)} ms, ${Math.round(more / 1e6)} MB`);
    }
    reached.push(bytes);
    if (reached.length < ASK_EVERY) continue;
    if (await coverage.hasGrown()) corpus.push(...reached.filter(({ length }) => length <= LONGEST));
    reached = [];
  }
  return row;
}

process.stdout.write('                      tried    read  failed  slowest ms  most MB  blocks\n');
let failed = 0;
for (const target of TARGETS.filter(({ name }) => values.only === undefined || name === values.only)) {
  const rng = Rng.fromSeed(Number(values.seed));
  const row = await fuzz(target, (n) => rng.uint32() % n);
  failed += row.failed;
  const cells = [
    row.tried,
    row.read,
    row.failed,
    row.slowestMs.toFixed(0),
    (row.mostBytes / 1e6).toFixed(1),
    coverage.size,
  ];
  process.stdout.write(`${row.name.padEnd(18)} ${cells.map((cell) => String(cell).padStart(8)).join(' ')}\n`);
}
process.exitCode = failed === 0 ? 0 : 1;
