/** Many texts, many commands at once, folders that lead nowhere, and what a killed one has left: nobody trips. */
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CLI_MS, dissipa, start, stepsIn, succeed, temporaryFolder } from './dissipa.js';

const SMALL = '--hidden 2 --batch 1 --window 4 --steps 2 --sample-every 0 --engine reference'.split(' ');
const COMPARE = '--only tanh --hidden 2 --characters 400 --window 4 --batch 1 --engine wasm'.split(' ');
const TEXT = 'o rio corre para o mar. '.repeat(60);

test(
  'links that lead nowhere, or in a circle, are passed over in a folder',
  { timeout: CLI_MS },
  async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'texts'));
    writeFileSync(join(cwd, 'texts/a.txt'), TEXT);
    for (const [target, name] of [
      ['b.txt', 'b.txt'],
      ['d.txt', 'c.txt'],
      ['c.txt', 'd.txt'],
      ['none', 'e.txt'],
      ['.', 'f'],
    ] as const)
      symlinkSync(target, join(cwd, 'texts', name));
    const { code, stderr } = await dissipa(['train', 'texts', ...SMALL, '--out', 'run'], cwd);
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('1 text,') as string });
    // Named by itself it is a mistake.
    expect((await dissipa(['train', 'texts/b.txt', ...SMALL], cwd)).stderr).toMatch(/leads back to itself/);
  },
);

test('commands that begin at once each take a name of their own', { timeout: CLI_MS }, async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'a.txt'), TEXT);
  const begun = [
    ...Array.from({ length: 3 }, () => start(['train', 'a.txt', ...SMALL], cwd)),
    ...Array.from({ length: 2 }, () => start(['compare', 'a.txt', ...COMPARE], cwd)),
  ];
  const ended = await Promise.all(begun.map((run) => run.ended));
  expect(ended.map(({ code, stderr }) => ({ code, stderr: code === 0 ? '' : stderr }))).toEqual(
    ended.map(() => ({ code: 0, stderr: '' })),
  );
  for (const end of ['', '-2', '-3']) expect(stepsIn(join(cwd, `checkpoints/tanh-1x2${end}`))).toEqual([2]);
  for (const end of ['', '-2'])
    expect(existsSync(join(cwd, `checkpoints/compare${end}/compare.json`))).toBe(true);
});

test('a folder of very many texts leaves a short run.json, and is resumed', { timeout: CLI_MS }, async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, 'texts'));
  for (let i = 0; i < 1500; i++) writeFileSync(join(cwd, `texts/${i}.txt`), `o rio ${i} corre para o mar.\n`);
  await succeed(['train', 'texts', ...SMALL, '--out', 'run'], cwd);
  const path = join(cwd, 'run/run.json');
  expect(statSync(path).size).toBeLessThan(200_000);
  const info = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  expect(info).toMatchObject({ sources: ['texts'], textCount: 1500 });
  const { code, stderr } = await dissipa(['train', '--resume', 'run', '--steps', '4'], cwd);
  expect({ code, stderr }).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(/1,?500 texts/) as string,
  });
  await succeed(['inspect', 'run', '--json'], cwd);
  writeFileSync(join(cwd, 'texts/x.txt'), TEXT);
  expect((await dissipa(['train', '--resume', 'run', '--steps', '6'], cwd)).stderr).toMatch(/not the text/);
});

test.each(['--out', '--resume'])(
  'what a comparison leaves that was killed before it had begun is taken by %s',
  { timeout: CLI_MS },
  async (flag) => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'a.txt'), TEXT);
    mkdirSync(join(cwd, 'c'));
    writeFileSync(join(cwd, 'c/text.ids'), 'half');
    writeFileSync(join(cwd, 'c/compare.json.999999.1.abc.0123456789.tmp'), 'half');
    await succeed(['compare', 'a.txt', ...COMPARE, flag, 'c'], cwd);
    expect(existsSync(join(cwd, 'c/compare.json'))).toBe(true);
    await succeed(['compare', '--resume', 'c', '--json'], cwd);
  },
);
