/**
 * Reads a text that no memory would hold, and trains on it: how fast, and in how much memory.
 *
 *   npx tsx scripts/bench-large-text.ts [MEGABYTES]      (1000)
 *
 * The text is made up, in the system's folder for temporary files, and removed afterwards: words in a skewed
 * distribution, accents, quotation marks and dashes as Portuguese has them. Each measurement is a process of its own.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeEnvironment } from '../src/cli/environment.js';
import { readIds } from '../src/cli/ids.js';
import { train } from '../src/cli/commands/train.js';
import { readingOptions } from '../src/text/reading.js';
import { en } from '../src/words/en/words.js';

const HIDDEN = '64';
const [first = '1000', folder, measured] = process.argv.slice(2) as [string?, string?, string?];

if (folder === undefined) orchestrate(Number(first) * 1e6);
else await measure(folder, measured ?? '');

function orchestrate(bytes: number): void {
  const scratch = mkdtempSync(join(tmpdir(), 'dissipa-large-'));
  try {
    makeText(join(scratch, 'text.txt'), bytes);
    console.log(`${(bytes / 1e6).toFixed(0)} MB of text; node ${process.version}`);
    for (const what of ['nothing', 'read', 'train', 'resume']) {
      const args = ['--import', 'tsx', fileURLToPath(import.meta.url), first, scratch, what];
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
      if (status !== 0) throw new Error(stderr);
      console.log(stdout.trimEnd());
    }
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function makeText(path: string, bytes: number): void {
  const words =
    'de a o que e não em uma é do da com para um os no se na por mais as dos como mas ao ele das à seu sua ou quando muito nos já eu também só pelo pela até isso ela entre depois sem mesmo aos seus quem nas me esse eles você essa num nem suas meu às minha numa coração maçã açúcar “Olá” — João, saudade; três…'.split(
      ' ',
    );
  let state = 1;
  const random = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  // A stretch of a few megabytes, again and again: its making would take longer than what is measured.
  let stretch = '';
  while (stretch.length < 4e6) {
    stretch += words[Math.floor(words.length * random() ** 2)] + (random() < 0.08 ? '.\n' : ' ');
  }
  const piece = Buffer.from(stretch);
  const file = openSync(path, 'w');
  for (let left = bytes; left > 0; left -= piece.length) {
    // The last line is a whole one, and so is its last character.
    writeSync(file, piece, 0, left < piece.length ? piece.lastIndexOf('\n', left) + 1 : piece.length);
  }
  closeSync(file);
}

async function measure(scratch: string, what: string): Promise<void> {
  const path = join(scratch, 'text.txt');
  const environment = {
    ...nodeEnvironment((text) => process.stdout.write(text), en),
    out: () => undefined,
    err: () => undefined,
  };
  const began = performance.now();
  const cpu = process.cpuUsage();
  let note = '';
  if (what === 'read') {
    const reading = Object.fromEntries(
      Object.entries(readingOptions).map(([name, schema]) => [name, schema.parse(undefined)]),
    ) as { encoding: string; keepBoilerplate: boolean; lowercase: boolean };
    const stop = { aborted: false };
    const options = { ...reading, minCount: 1 };
    const read = await readIds(environment, { paths: [path], options, near: scratch, stop });
    await read.discard();
    const seconds = (performance.now() - began) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    const bytes = read.texts[0].bytes;
    note = `${(bytes / 1e6 / seconds).toFixed(0)} MB/s (${(bytes / (user + system)).toFixed(0)} MB/s of processor time), ${read.alphabet.size} symbols`;
  } else if (what !== 'nothing') {
    const out = join(scratch, 'run');
    const flags = { hidden: HIDDEN, validation: '0.0001', 'lag-every': '0', 'sample-every': '0' };
    const code =
      what === 'train'
        ? await train(environment, [path], { ...flags, out, steps: '200' })
        : await train(environment, [], { resume: out, steps: '400' });
    note = `exit code ${code}, ${((performance.now() - began) / 1000).toFixed(1)} s for 200 steps and what comes before`;
  }
  const megabytes = process.resourceUsage().maxRSS / 1024;
  console.log(`${what.padEnd(8)} ${megabytes.toFixed(0)} MB resident at most  ${note}`);
}
