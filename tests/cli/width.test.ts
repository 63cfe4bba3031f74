/** What a training says before and after is as wide as the terminals it is said in. */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { train } from '../../src/cli/commands/train.js';
import { watched } from './environment.js';

const dir = fs.mkdtempSync(join(tmpdir(), 'dissipa-width-'));
afterAll(() => {
  fs.rmSync(dir, { recursive: true });
});

test.each([
  { columns: undefined, outColumns: undefined, widths: [80, 80] },
  { columns: 50, outColumns: 60, widths: [50, 60] },
  { columns: 300, outColumns: 20, widths: [100, 40] },
])('stderr of $columns columns, stdout of $outColumns', async ({ columns, outColumns, widths }) => {
  const path = join(dir, 'a.txt');
  fs.writeFileSync(path, 'o rio corre para o mar, e o mar não enche. '.repeat(30));
  const out = fs.mkdtempSync(join(dir, 'run-'));
  const env = watched({ columns, outColumns });
  const flags = {
    cell: 'sigmoid',
    layers: '2',
    hidden: '4',
    batch: '2',
    window: '24',
    steps: '60',
    lr: '0.03',
  };
  expect(await train(env, [path], { ...flags, out })).toBe(0);
  const lengths = (text: string): number[] => text.split('\n').map((line) => Array.from(line).length);
  const first = env.written.err.slice(0, env.written.err.indexOf(out));
  expect(first).toContain('sequences of 24 timesteps');
  expect(Math.max(...lengths(first))).toBeLessThanOrEqual(widths[0]);
  const [, told] = /(How much of [^]*)\nFiles in /.exec(env.written.out) ?? [];
  const prose = told.split('\n').filter((line) => /^\p{L}/u.test(line));
  expect(prose.length).toBeGreaterThan(2);
  expect(Math.max(...lengths(prose.join('\n')))).toBeLessThanOrEqual(widths[1]);
  const [, files] = /(Files in [^]*)\nTry next/.exec(env.written.out) ?? [];
  // A path is as long as it is; nothing stands beside one that leaves no room.
  for (const line of files.split('\n'))
    if (lengths(line)[0] > widths[1]) expect(line).toMatch(/^( {2}|Files in )\S+$/);
  // No line is broken earlier than need be.
  expect(prose.some((line) => lengths(line)[0] > widths[1] - 12)).toBe(true);
});
