/** The language of all that is said, help in it, and what a shell completes. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { globalsOf } from '../../src/cli/globals.js';
import { describeOptions, flagOf } from '../../src/base/options.js';
import { COMMANDS } from '../../src/cli/commands.js';
import { completionScript } from '../../src/cli/completion.js';
import { LANGUAGES } from '../../src/base/language.js';
import { wordsIn } from '../../src/words/words.js';
import { inEach } from '../words/in-each.js';
import { CLI_MS, program, projectRoot, temporaryFolder } from './dissipa.js';
import { runSync } from '../run-sync.js';

const WORDS = await inEach(wordsIn);

const run = (args: readonly string[], env: Record<string, string> = {}) =>
  runSync(process.execPath, [program, ...args], {
    cwd: projectRoot,
    env: { PATH: process.env.PATH, LC_ALL: 'en_US.UTF-8', ...env },
  });

describe('--lang, wherever it stands', () => {
  test.each([
    [['--lang', 'pt', 'train'], [], 'pt', ['train']],
    [['train', 'a.txt', '--lang=pt'], ['en_US'], 'pt', ['train', 'a.txt']],
    [['train', '--lang', 'pt-BR', 'a.txt'], [], 'pt', ['train', 'a.txt']],
    [['train', '--', '--lang', 'pt'], ['en_US'], 'en', ['train', '--', '--lang', 'pt']],
    [['train'], [undefined, '', 'pt_BR.UTF-8'], 'pt', ['train']],
    [['train'], ['C', 'pt_BR.UTF-8'], 'en', ['train']],
  ] as const)('%j with %j: %s', (args, locales, language, words) => {
    expect(globalsOf(args, locales)).toEqual({ language, words, colours: null, problem: null });
  });

  test.each([
    [['--lang', 'fr'], "--lang: 'fr' is not a language, expected one of pt, en"],
    [['--lang'], '--lang: has no value, expected one after it, as in --lang NAME'],
    [['--lang', '--json'], '--lang: has no value, expected one after it, as in --lang NAME'],
    [['--lang='], "--lang: '' is not a language, expected one of pt, en"],
  ])('%j: %s', (args, line) => {
    expect(globalsOf(args, []).problem?.().message).toBe(line);
  });

  test.each([
    [
      ['train', '--cell', 'LSTM', '--lang', 'pt'],
      {},
      "--cell: 'LSTM' não é uma célula; você quis dizer lstm?\n",
    ],
    [
      ['train', '--cell', 'LSTM'],
      { LC_ALL: 'pt_BR.UTF-8' },
      "--cell: 'LSTM' não é uma célula; você quis dizer lstm?\n",
    ],
    [['train', '--cell', 'LSTM'], {}, "--cell: 'LSTM' is not a cell; did you mean lstm?\n"],
    // Before a flag is read.
    [['trian'], { LC_ALL: '', LANG: 'pt_PT' }, /^trian: não existe esse comando, .* quis dizer train\?\n$/],
  ] as const)('errors: %j with %j', { timeout: CLI_MS }, (args, env, line) => {
    const { status, stderr } = run(args, env);
    expect(status).toBe(2);
    expect(stderr).toEqual(typeof line === 'string' ? line : expect.stringMatching(line));
  });
});

describe('help', () => {
  test('help COMMAND is COMMAND --help, -h and -V are known', { timeout: CLI_MS }, () => {
    const shown = run(['help', 'train', '--lang', 'pt']).stdout;
    expect(run(['train', '--help'], { LC_ALL: 'pt_BR' }).stdout).toBe(shown);
    expect(run(['train', 'x.txt', '-h', '--lang=pt']).stdout).toBe(shown);
    expect(run(['-V']).stdout).toBe(run(['train', '--version']).stdout);
    expect(run(['help', 'trian'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('train?') as string,
    });
  });

  test.each([
    [{}, false],
    [{ FORCE_COLOR: '1' }, true],
    [{ NO_COLOR: '1' }, false],
  ])('colours: %j', { timeout: CLI_MS }, (env, isColoured) => {
    expect(run(['help'], env).stdout.includes('\u001b[')).toBe(isColoured);
    expect(run(['help', '--no-color'], env).stdout).not.toContain('\u001b[');
  });

  test.each(Object.keys(COMMANDS))(
    '%s: every flag, in every language, in lines that fit',
    { timeout: CLI_MS },
    (name) => {
      for (const lang of LANGUAGES) {
        const { status, stdout, stderr } = run(['help', name, '--lang', lang]);
        expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
        for (const flag of ['--lang', '--help', '--version', '--no-color']) expect(stdout).toContain(flag);
        expect(stdout).not.toMatch(/undefined|\[array\]|\[default/);
        expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
      }
    },
  );
});

test.each(Object.entries(COMMANDS))('%s: each of its options has a text and a group', async (_, { load }) => {
  const { flags, texts } = await load();
  for (const { name, group } of describeOptions(flags)) {
    expect(group, name).toBeDefined();
    for (const words of Object.values(WORDS)) expect(texts(words)[name], name).toMatch(/\S/);
  }
});

describe('completion', () => {
  const loaded = async () =>
    new Map(
      await Promise.all(
        Object.entries(COMMANDS).map(async ([name, { load }]) => [name, await load()] as const),
      ),
    );
  const has = (shell: string): boolean => runSync(shell, ['-c', 'true']).status === 0;

  test.each([
    [['dissipa', 'tr'], 'train'],
    [['dissipa', 'train', '--cell', 'l'], 'lstm'],
    [['dissipa', '--lang', 'pt', 'inspect', '--parq'], '--parquet'],
    [['dissipa', 'sample', '--lang', 'p'], 'pt'],
    [['dissipa', 'completion', 'f'], 'fish'],
    [['dissipa', 'help', 'les'], 'lesson'],
    // bash takes `=` for a word of its own.
    [['dissipa', 'train', '--cell', '=', 'l'], 'lstm'],
    [['dissipa', 'check', '--lang', '='], 'pt en'],
    [['dissipa', 'compare', '--only', 'tanh,ls'], 'tanh,lstm'],
    [['dissipa', 'train', '--encoding', 'maci'], 'macintosh'],
  ])('bash completes %j to %s', async (words, expected) => {
    const script = completionScript('bash', await loaded(), WORDS.en);
    const ask = `COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; _dissipa; echo "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = runSync('bash', ['-c', `${script}\n${ask}`]);
    expect({ stdout, stderr }).toEqual({ stdout: `${expected}\n`, stderr: '' });
  });

  test.each(['bash', 'zsh', 'fish'] as const)(
    '%s: every flag of every command, in a script that it reads',
    async (shell) => {
      const commands = await loaded();
      for (const words of Object.values(WORDS)) {
        const script = completionScript(shell, commands, words);
        for (const { flags } of commands.values())
          for (const { name } of describeOptions(flags)) expect(script).toContain(flagOf(name).slice(2));
        if (has(shell)) expect(runSync(shell, ['-n'], { input: script }).status).toBe(0);
      }
    },
  );
});

test(
  'train --json: every event a line of JSON on stdout, the same in any language',
  { timeout: CLI_MS },
  () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a.txt'), 'uma casa pequena, com certeza. '.repeat(20));
    const [portuguese, english] = ['pt', 'en'].map((lang) => {
      const flags = '--hidden 4 --batch 2 --window 8 --steps 3 --evaluate-every 2 --json --lang'.split(' ');
      const args = [program, 'train', 'a.txt', ...flags, lang, '--out', `run-${lang}`];
      const { status, stdout } = runSync(process.execPath, args, { cwd: folder });
      expect(status).toBe(0);
      return stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { kind: string; step: number; folder?: string });
    });
    expect(portuguese.filter(({ kind }) => kind === 'step').map(({ step }) => step)).toEqual([1, 2, 3]);
    expect(portuguese.at(-1)).toMatchObject({ kind: 'end', step: 3, folder: 'run-pt' });
    const plain = (events: typeof english) => events.map((event) => ({ ...event, folder: '' }));
    expect(plain(portuguese)).toEqual(plain(english));
  },
);
