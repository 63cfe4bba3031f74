/** What is wrong is said in one line, before anything is touched: flags, words, texts, folders. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { CELLS } from '../../src/model/shape.js';
import { en } from '../../src/words/en/words.js';
import { CLI_MS, complaint, dissipa, jsonLines, startCommand, program, temporaryFolder } from './dissipa.js';

const COMMANDS = Object.keys(en.help.commands).join(', ');
const SMALL = '--hidden 4 --batch 2 --window 8 --steps 2'.split(' ');
const TEXT = 'uma casa pequena, com certeza. '.repeat(20);

let cwd: string;
beforeAll(() => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'text.txt'), TEXT);
  writeFileSync(join(cwd, 'other.txt'), 'outra casa\n');
  writeFileSync(join(cwd, 'empty.txt'), '');
  writeFileSync(join(cwd, 'binary.txt'), Uint8Array.of(65, 66, 0, 67));
  writeFileSync(join(cwd, 'mixed.txt'), Uint8Array.of(0xc3, 0xa9, 0x20, 0xc3, 0xa3, 0x20, 0xe9, 0x20));
  writeFileSync(join(cwd, 'short.txt'), 'xy'.repeat(8));
  writeFileSync(join(cwd, 'one.txt'), 'x'.repeat(16));
  mkdirSync(join(cwd, 'folder'));
  writeFileSync(join(cwd, 'folder/a.log'), 'not a text');
});

/** Title, command line, exit code, the whole line that is expected. */
type Case = readonly [title: string, args: string, code: 1 | 2, line: string | RegExp];

const calls: readonly Case[] = [
  ['no command', '', 2, `dissipa: no command, expected ${COMMANDS}; see dissipa --help`],
  [
    'an unknown command, a near one known',
    'trian text.txt',
    2,
    `trian: there is no such command, expected ${COMMANDS}; did you mean train?`,
  ],
  [
    'an unknown flag, a near one known',
    'train --hiden 5',
    2,
    '--hiden: there is no such option; did you mean --hidden?',
  ],
  ['a flag of another command', 'sample run --grid x', 2, /^--grid: is an option of sweep, not of sample;/],
  ['a letter', 'train -x', 2, /^-x: there is no such option;/],
  ['a flag in other words', 'train --probe-level full', 2, /did you mean --probe\?$/],
  ['a value in other words', 'train --schedule cos', 2, /did you mean cosine\?$/],
  ['an encoding that is nearly one', 'train --encoding utf8x', 2, /did you mean utf-8\?$/],
  ['a thousand with a point', 'train --hidden 1.000', 2, /^--hidden: is 1\.000, .*; write 1000$/],
  ['a thousand with a comma', 'train --steps 1,000', 2, /^--steps: is 1,000, .*; write 1000$/],
  ['a count that may be a share', 'train --validation 10.000', 2, /^--validation: .*; write 10000$/],
  ['a thousand in a grid', 'sweep --grid hidden=1.000,64', 2, /^--hidden: is 1\.000, .*; write 1000$/],
  ['a flag without its value', 'train --hidden', 2, /^--hidden: has no value, expected one after it/],
  ['a flag where a value should be', 'train --hidden --lr 1', 2, /^--hidden: has no value/],
  ['a flag with its value once of twice', 'train --hidden --hidden 5', 2, /^--hidden: has no value/],
  ['a value that looks like a flag', 'train --hidden -x', 2, /^--hidden: has no value/],
  ['a negative number is a value', 'train --hidden -5', 2, '--hidden: is -5, expected at least 1'],
  ['an infinite number', 'train --epochs Infinity', 2, '--epochs: is Infinity, expected a number'],
  ['a word for a number', 'train --steps many', 2, '--steps: is many, expected a number'],
  [
    'a choice that there is not',
    'train --cell elman',
    2,
    `--cell: 'elman' is not a cell, expected one of ${CELLS.join(', ')}`,
  ],
  [
    'an engine that there is not',
    'train --engine cuda',
    2,
    "--engine: 'cuda' is not a backend, expected one of auto, native, wasm, wasm-simd128, reference",
  ],
  [
    'steps and epochs at once',
    'train --steps 5 --epochs 1',
    2,
    '--epochs: --steps is given too, expected one of the two',
  ],
  [
    'a flag before the command',
    '--json sample run',
    2,
    `--json: stands before the command, expected ${COMMANDS} first; see dissipa --help`,
  ],
  ['no model', 'sample', 2, /^sample: MODEL is missing/],
  [
    'a word too many',
    'evaluate run other --text text.txt',
    2,
    'other: is one argument too many for evaluate; see dissipa evaluate --help',
  ],
  [
    'an out with a resume',
    'train --resume run --out x',
    2,
    '--out: goes with a new run; leave it out: --resume writes to run',
  ],
];

const inputs: readonly Case[] = [
  ['no such text', 'train nowhere.txt', 1, /^nowhere\.txt: there is no such file or folder, expected a text/],
  ['a binary', 'train binary.txt', 1, /^binary\.txt: byte 2 is 0, so this is a binary file/],
  ['a text in two encodings', 'train mixed.txt', 1, /^mixed\.txt: byte 6 \(0xe9\) is not UTF-8.*--encoding/],
  [
    'a text too short for one window: it says how long it must be',
    `train short.txt --validation 0 ${SMALL.join(' ')}`,
    1,
    /^short\.txt: has 16 characters, expected at least 17 for 2 sequences of 8 timesteps; give a longer text/,
  ],
  [
    'a text too short even to hold out from: the window is counted with what is held out',
    `train short.txt ${SMALL.join(' ')}`,
    1,
    /^short\.txt: has 16 characters, expected at least 20 for 2 sequences of 8 timesteps, with a share of 0\.1 held out; .*--validation 0$/,
  ],
  [
    'a text of one symbol',
    'train one.txt',
    1,
    /^one\.txt: the text is nothing but 'x' \(U\+0078\), 16 times/,
  ],
  [
    'a folder without texts',
    'train folder',
    1,
    /^folder: the folder has no \.txt or \.md file.*expected at least one/,
  ],
  [
    'a file for a folder',
    `train text.txt --out text.txt ${SMALL.join(' ')}`,
    1,
    /^text\.txt: is a file, expected a folder; take another path$/,
  ],
  [
    'no such run',
    'train --resume nowhere',
    1,
    /^nowhere: there is no such folder, expected the folder of a run/,
  ],
  ['no such model', 'sample nowhere', 1, /^nowhere: there is nothing there, expected a \.safetensors file/],
];

describe.each([
  ['the call', calls],
  ['what it leads to', inputs],
] as const)('%s', (_, cases) => {
  test.each(cases)('%s', { timeout: CLI_MS }, async (title, args, code, line) => {
    const before = readdirSync(cwd).sort();
    const found = await complaint(args === '' ? [] : args.split(' '), cwd, code);
    if (typeof line === 'string') expect(found, title).toBe(line);
    else expect(found, title).toMatch(line);
    expect(readdirSync(cwd).sort()).toEqual(before);
    expect(readFileSync(join(cwd, 'text.txt'), 'utf8')).toBe(TEXT);
  });
});

describe('texts', () => {
  test('several, and folders of them, are one after the other', { timeout: CLI_MS }, async () => {
    const here = temporaryFolder();
    mkdirSync(join(here, 'texts/deep'), { recursive: true });
    writeFileSync(join(here, 'texts/b.txt'), TEXT);
    writeFileSync(join(here, 'texts/deep/a.TXT'), 'ção');
    writeFileSync(join(here, 'texts/note.log'), 'passed over');
    writeFileSync(join(here, 'texts/README.md'), 'passed over');
    writeFileSync(join(here, 'one.dat'), TEXT);
    // --steps comes twice: the last one counts.
    const args = ['train', 'one.dat', 'texts', '--out', 'run', '--steps', '7', ...SMALL];
    const { code, stderr, stdout } = await dissipa(args, here);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    const { texts, symbols } = JSON.parse(readFileSync(join(here, 'run/run.json'), 'utf8')) as {
      texts: unknown;
      symbols: number;
    };
    expect(texts).toEqual([
      { path: 'one.dat', bytes: TEXT.length, characters: TEXT.length },
      { path: 'texts/b.txt', bytes: TEXT.length, characters: TEXT.length },
      { path: 'texts/deep/a.TXT', bytes: 5, characters: 3 },
    ]);
    // The letters of TEXT, ç, ã, o is among them already, and the line feeds in between.
    expect(symbols).toBe(new Set(`${TEXT}ção\n`).size);
    // Progress on stderr, results on stdout.
    expect(stderr).toMatch(/^3 texts, [\d,]+ characters, \d+ symbols/);
    expect(stderr).toMatch(/step 2 of 2/);
    expect(stdout).toMatch(/A sample/);
    expect(stdout).not.toMatch(/step 2 of 2/);
  });
});

describe('help', () => {
  test.each(['--help', 'inspect --help'])('%s: on stdout, exit code 0', { timeout: CLI_MS }, async (args) => {
    const { code, stdout, stderr } = await dissipa(args.split(' '), cwd);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('dissipa');
  });
});

describe('a run that diverges', () => {
  const args = [
    'train',
    'text.txt',
    ...'--cell relu --hidden 8 --batch 2 --window 8 --steps 50 --lr 1e30'.split(' '),
  ];

  test('names the step, the gradient norm and the last good checkpoint', { timeout: CLI_MS }, async () => {
    const here = temporaryFolder();
    writeFileSync(join(here, 'text.txt'), TEXT);
    const logs = '--checkpoint-every 1 --evaluate-every 50 --total-every 0 --lag-every 0 --out run'.split(
      ' ',
    );
    const { code, stdout, stderr } = await dissipa([...args, ...logs], here);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    const line = stderr.trimEnd().split('\n').at(-1) ?? '';
    const last =
      /^step (\d+): the (loss|gradient|weights) is no longer finite: the run diverged \(loss \S+ [a-z ]+, gradient norm \S+\), /.exec(
        line,
      );
    const step = Number(last?.[1]);
    expect(line).toMatch(/; .*--lr/);
    const good = `run/step-${step - 1}.safetensors`;
    expect(line).toContain(`the last good checkpoint is ${good};`);
    expect(existsSync(join(here, good))).toBe(true);
    expect(readdirSync(join(here, 'run'))).not.toContain('lock.json');
    // The logs reach to the last update that was made.
    expect(jsonLines(join(here, 'run/metrics.jsonl')).at(-1)).toMatchObject({ step: step - 1 });
  });

  test('says so where there is no checkpoint', { timeout: CLI_MS }, async () => {
    const { code, stderr } = await dissipa([...args, '--out', 'diverging'], cwd);
    expect(code).toBe(1);
    expect(stderr).toMatch(/\nstep \d+: .*, there is no checkpoint yet; try a smaller --lr/);
  });
});

test.runIf(process.getuid?.() !== 0)('a folder that may not be written', { timeout: CLI_MS }, async () => {
  const here = temporaryFolder();
  mkdirSync(join(here, 'closed'), { mode: 0o555 });
  expect(await complaint(['train', join(cwd, 'text.txt'), ...SMALL, '--out', 'closed/run'], here, 1)).toMatch(
    /^closed\/run: may not be /,
  );
});

test.runIf(existsSync('/bin/bash'))(
  'whoever reads has had enough: no failure',
  { timeout: CLI_MS },
  async () => {
    const args = ['-c', '"$0" "$1" train --help | true; echo "${PIPESTATUS[0]}"', process.execPath, program];
    const { stdout, stderr } = await startCommand('bash', args, cwd).ended;
    expect({ stdout, stderr }).toEqual({ stdout: '0\n', stderr: '' });
  },
);

describe.runIf(existsSync('/bin/bash') && existsSync('/dev/full'))('output that does not arrive', () => {
  const shell = (script: string, args: readonly string[], here: string) =>
    startCommand('bash', ['-c', script, process.execPath, program, ...args], here).ended;

  test(
    'a full disk behind stdout: one line, and the run is kept and given free',
    { timeout: CLI_MS },
    async () => {
      const here = temporaryFolder();
      const call = ['train', join(cwd, 'text.txt'), ...SMALL, '--out', 'run'];
      const { code, stderr } = await shell('exec "$0" "$@" > /dev/full', call, here);
      expect(code).toBe(1);
      expect(stderr).toMatch(
        /\nstdout: what was written did not all arrive \(the system says ENOSPC\); .*\n$/,
      );
      expect(stderr).not.toMatch(/\bat .*:\d+:\d+/);
      expect(readdirSync(join(here, 'run'))).toContain('step-2.safetensors');
      expect(readdirSync(join(here, 'run'))).not.toContain('lock.json');
      for (const rest of [
        ['sample', 'run'],
        ['sample', '--help'],
        ['evaluate', 'run', '--text', join(cwd, 'text.txt')],
      ]) {
        const ended = await shell('exec "$0" "$@" > /dev/full', rest, here);
        expect(ended.code).toBe(1);
        expect(ended.stderr).toMatch(/^stdout: [^\n]+\n$/);
      }
    },
  );

  test('nobody reads the progress: the run goes on to its end', { timeout: CLI_MS }, async () => {
    const here = temporaryFolder();
    const call = ['train', join(cwd, 'text.txt'), ...SMALL, '--out', 'run'];
    const { stdout } = await shell('"$0" "$@" 2>&1 | true; echo "${PIPESTATUS[0]}"', call, here);
    expect(stdout).toBe('0\n');
    expect(readdirSync(join(here, 'run'))).toContain('step-2.safetensors');
    expect(readdirSync(join(here, 'run'))).not.toContain('lock.json');
  });
});
