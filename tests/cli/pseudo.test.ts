/**
 * Every command in a language that nobody speaks (tests/words/pseudo.ts), loaded as any other: what it prints in plain
 * letters was not said by the words, and a line beyond the terminal's width shows what does not fit.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chdir, cwd } from 'node:process';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Language } from '../../src/base/language.js';
import { describeOptions } from '../../src/base/options.js';
import { call, complain } from '../../src/cli/call.js';
import { COMMANDS } from '../../src/cli/commands.js';
import { ENCODINGS } from '../../src/text/encoding/names.js';
import { widthOf } from '../../src/ui/terminal/width.js';
import type * as threadsModule from '../../src/cli/threads.js';
import type * as wordsModule from '../../src/words/words.js';
import { speak, wordsIn } from '../../src/words/words.js';
import { pseudo } from '../words/pseudo.js';
import { watched } from './environment.js';

vi.mock('../../src/words/words.js', async (original) => {
  const { wordsIn, lessonWordsIn, playgroundWordsIn, speak } = await original<typeof wordsModule>();
  return {
    speak,
    wordsIn: async (language: Language) => pseudo(await wordsIn(language)),
    lessonWordsIn: async (language: Language) => pseudo(await lessonWordsIn(language)),
    playgroundWordsIn: async (language: Language) => pseudo(await playgroundWordsIn(language)),
  };
});
// Threads run the built program: they tell of keys and values, and say nothing themselves.
vi.mock('../../src/cli/threads.js', async (original) => {
  const { inThreads, ...rest } = await original<typeof threadsModule>();
  return {
    ...rest,
    inThreads: (all: Parameters<typeof inThreads>[0]) =>
      inThreads({ ...all, script: new URL(all.script.href.replace('/src/', '/dist/')) }),
  };
});

const WIDTH = 80;
const dir = mkdtempSync(join(tmpdir(), 'dissipa-pseudo-'));
const before = cwd();
const words = await wordsIn('en');

/** Greek, so that no sample of it is taken for a word that was missed. */
const TEXT =
  'Μια φορά κι έναν καιρό ήταν ένα μικρό σπίτι κοντά στη θάλασσα. Τα παιδιά έπαιζαν όλη μέρα στην άμμο. '.repeat(
    40,
  );

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function dissipa(line: string): Promise<Ended> {
  const env = watched({ words, columns: WIDTH, outColumns: WIDTH });
  let code: number;
  try {
    code = await call(env, line.split(' '));
  } catch (error) {
    code = complain(env, error, () => 130);
  }
  return { code, ...env.written };
}

const SMALL = '--hidden 4 --batch 2 --window 8 --engine reference';

beforeAll(async () => {
  chdir(dir);
  speak(words);
  writeFileSync('a.txt', TEXT);
  writeFileSync('lines.txt', TEXT.replaceAll('. ', '.\n'));
  writeFileSync('b.bin', Uint8Array.of(0xff, 0xc3, 0x28, 0));
  const trained = await dissipa(
    `train a.txt ${SMALL} --cell lstm --layers 2 --steps 4 --probe full --total-every 1 --lag-every 2 --out run.1`,
  );
  expect(trained.code, trained.err).toBe(0);
});
afterAll(() => {
  chdir(before);
  rmSync(dir, { recursive: true });
});

/**
 * Names that stand by themselves in any language: of cells, engines, contenders, symbols of formulas, tensors and units.
 * What else is plain is a word that the language was not asked for.
 */
const NAMES = new Set(
  'dissipa npx tanh relu sigmoid lstm gru mingru indrnn brainjs ngram input output outputConnector native wasm reference baseline relaxed SIMD float GFLOP W_hh bash zsh fish torchrun python uniform cell'.split(
    ' ',
  ),
);

/** Lines that are commands, to be copied as they are. */
const COMMAND = /^\s*(?:npx |source <\()?(?:dissipa|torchrun|python3) /;

/** Plain words that are no names: of options, paths, code, tensors, HTML's entities. */
function missedIn(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => !COMMAND.test(line))
    .flatMap((line) =>
      Array.from(
        line
          .replace(
            /`[^`]*`|\b\w+:\/\/\S+|<[^>]*>|(?<![\w-])--?[\w-]+(?:=\S+)?|\bU\+\w+|\\\w+|\S*[\w)/*}>]\.[\w*]\S*|\w+=\S+|\S*[\w.]\/\S*|\w*_\w+|\b[avx]+\d+\b|\bdissipa \w+|\brediss?\b/g,
            ' ',
          )
          .matchAll(/[A-Za-z][A-Za-z'’-]+/g),
        ([word]) => word,
      ),
    )
    .filter((word) => !word.split('-').every((part) => NAMES.has(part) || part.length < 2));
}

/** Lines beyond the terminal's width; an error is one line, a command and a sample are what they are. */
const tooWideIn = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => widthOf(line) > WIDTH && !COMMAND.test(line) && !/^\s+\p{Script=Greek}/u.test(line));

/** What a page shows and what it says to those who hear it. */
const readIn = (html: string): string =>
  html
    .replace(/<(style|script|code|pre|template)\b[^>]*>[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]*?\b(?:aria-label|alt|title|placeholder)="([^"]*)"[^>]*>/g, ' $1 ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(\w+|#\d+);/g, ' ');

const COMMAND_NAMES = Object.keys(COMMANDS);

describe('help', () => {
  test.each(['', ...COMMAND_NAMES, 'completion', 'help'])('%s', async (name) => {
    const { code, out } = await dissipa(`help ${name}`.trim());
    expect(code).toBe(0);
    // Values of options, and commands, are the same in every language.
    const values = new Set(
      [...Object.keys(words.help.commands), ...(await valuesOf(name))].flatMap((value) =>
        value.split(/[^A-Za-z]+/),
      ),
    );
    expect(
      missedIn(out).filter((word) => !word.split(/-/).every((part) => values.has(part) || NAMES.has(part))),
    ).toEqual([]);
    expect(tooWideIn(out)).toEqual([]);
  });
});

async function valuesOf(name = ''): Promise<string[]> {
  if (!Object.hasOwn(COMMANDS, name)) return [];
  const { flags } = await COMMANDS[name as keyof typeof COMMANDS].load();
  return describeOptions(flags).flatMap((option) => [
    ...(option.choices ?? []),
    ...(option.listOf ?? []),
    String(option.default ?? ''),
    String(option.usual ?? ''),
  ]);
}

/** A good run of each; pages that it writes. */
const RUNS: readonly { readonly line: string; readonly page?: string }[] = [
  { line: `train a.txt ${SMALL} --cell tanh --steps 3 --out run.2` },
  { line: 'train --resume run.1 --steps 6' },
  { line: 'train --encoding list' },
  { line: 'sample run.1 --length 40' },
  { line: 'evaluate run.1' },
  { line: 'inspect run.1 --html inspect.html --csv rows.csv', page: 'inspect.html' },
  { line: 'inspect run.1' },
  { line: 'check run.1 --rows 2 --window 3 --entries 3' },
  { line: 'corpus a.txt' },
  { line: 'corpus lines.txt --records line' },
  { line: 'engine --engine reference' },
  { line: 'export run.1 --pytorch gpu.1' },
  { line: 'import run.1/best.safetensors --out imported.safetensors' },
  {
    line: `compare a.txt ${SMALL} --only tanh,lstm,ngram,brainjs --seeds 1 --characters 200 --html compare.html --out cmp.1`,
    page: 'compare.html',
  },
  {
    line: `sweep a.txt --grid cell=tanh,gru ${SMALL} --steps 3 --html sweep.html --out sweep.1`,
    page: 'sweep.html',
  },
  {
    line: 'lesson a.txt --hidden 2 --window 4 --steps 2 --engine reference --html lesson.html',
    page: 'lesson.html',
  },
  { line: 'playground --html playground.html' },
];

describe('a good run', () => {
  test.each(RUNS)('$line', async ({ line, page }) => {
    const { code, out, err } = await dissipa(line);
    expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
    const names = new Set<string>(
      line.includes('--encoding list') ? ENCODINGS.flatMap((name) => name.match(/[a-z]+/g) ?? []) : [],
    );
    expect(
      missedIn(`${out}\n${err}`).filter(
        (word) => !word.split('-').every((part) => names.has(part) || part.length < 2),
      ),
    ).toEqual([]);
    expect(tooWideIn(out)).toEqual([]);
    if (page !== undefined) expect(missedIn(readIn(readFileSync(page, 'utf8')))).toEqual([]);
  });
});

const ERRORS: readonly string[] = [
  'trian',
  'train no.txt',
  'train b.bin',
  'train a.txt --cell LSTM',
  'train a.txt --lr 0,01',
  'sample',
  'sample run.1 --temperature -1',
  'evaluate a.txt',
  'inspect run.1 --text no.txt',
  'inspect run.1 --csv no/rows.csv',
  'check run.1 --entries x',
  'compare a.txt --only tanh,lsmt',
  'corpus no.txt',
  'lesson a.txt --hidden 0',
  'import run.1/run.json',
  'export no.1',
  'sweep a.txt --grid cell=',
  'worker --queue here',
  'playground --port 99999999',
  'engine --engine nativ',
  'completion csh',
  'help trian',
];

describe('an error', () => {
  test('of every command', () => {
    expect(COMMAND_NAMES.filter((name) => !ERRORS.some((line) => line.startsWith(name)))).toEqual([]);
  });
  test.each(ERRORS)('%s', async (line) => {
    const { code, out, err } = await dissipa(line);
    expect({ code: code > 0, out }).toEqual({ code: true, out: '' });
    expect(err).toMatch(/^[^\n]+\n$/);
    const typed = new Set(line.split(/[^\w]+/));
    expect(missedIn(err).filter((word) => !typed.has(word))).toEqual([]);
  });
});
