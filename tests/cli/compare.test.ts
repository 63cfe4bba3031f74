/** `dissipa compare` as a user runs it: what it keeps, what it survives, what it refuses. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { Comparison } from '../../src/study/compare/comparison.js';
import { openEngine } from '../../src/kernels/engine.js';
import { tryJson } from '../../src/store/json.js';
import { compareKind } from '../../src/study/compare/kind.js';
import { runStudyJob } from '../../src/study/jobs/job.js';
import { Alphabet } from '../../src/text/alphabet.js';
import { CONTENDER_NAMES } from '../../src/study/compare/contenders.js';
import { CLI_MS, complaint, dissipa, start, succeed, temporaryFolder, type Running } from './dissipa.js';

const TEXT = 'A maré sobe devagar, e o que ela traz ninguém pediu; o que leva, ninguém viu.\n'.repeat(120);
const SMALL = ['--hidden', '8', '--window', '8', '--batch', '4', '--scored', '300'];
/** The clock must not end what has to be the same twice. */
const JOBS = [...SMALL, '--characters', '4000', '--seeds', '3', '--baseline-minutes', '60', '--threads', '1'];
const ONLY = ['--only', 'brainjs,gru,irnn,ngram'];

function folderWithText(): string {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'a.txt'), TEXT);
  return cwd;
}

const read = (cwd: string, dir: string): Comparison =>
  JSON.parse(readFileSync(join(cwd, dir, 'compare.json'), 'utf8')) as Comparison;

/** All but what the clock has said. */
const timeless = ({ createdAt: _, ...comparison }: Comparison): unknown => ({
  ...comparison,
  results: comparison.results.map(({ seconds: _seconds, curve, ...result }) => ({
    ...result,
    curve: curve.map(({ characters, bitsPerChar }) => ({ characters, bitsPerChar })),
  })),
});

/** Waits until so many trainings are kept, and fails where the command ends before. */
async function untilKept({ child, stderr }: Running, folder: string, many: number): Promise<void> {
  const path = join(folder, 'compare.json');
  await vi.waitUntil(
    () => {
      if (child.exitCode !== null) throw new Error(`ended before: ${stderr()}`);
      if (!existsSync(path)) return false;
      const kept = tryJson(readFileSync(path, 'utf8'))?.value as Comparison | undefined;
      return (kept?.results.length ?? 0) >= many;
    },
    { timeout: CLI_MS / 2, interval: 2 },
  );
}

describe('a comparison that is stopped', () => {
  const cwd = folderWithText();

  test(
    'in the midst of a contender, which goes on from its checkpoint: as if never stopped',
    { timeout: 2 * CLI_MS },
    async () => {
      const small = [...SMALL, '--only', 'gru,tanh', '--characters', '4000', '--threads', '1'];
      await succeed(['compare', 'a.txt', '--out', 'all', ...small], cwd);
      cpSync(join(cwd, 'all'), join(cwd, 'midst'), { recursive: true });
      const whole = read(cwd, 'all');
      const left = whole.results.filter(({ contender }) => contender !== 'gru');
      writeFileSync(join(cwd, 'midst', 'compare.json'), JSON.stringify({ ...whole, results: left }));
      // As a clock tells it by which each look is three seconds after the last.
      const kernels = await openEngine(whole.options.engine);
      const alphabet = Alphabet.of(TEXT, 'a.txt');
      let seconds = 0;
      const events = runStudyJob({
        made: compareKind(whole.options).made({ contender: 'gru', seed: 1 }),
        text: { alphabet: alphabet.symbols, ids: alphabet.encode(TEXT, 'a.txt'), where: 'a.txt' },
        ...{ kernels, from: null, spent: 0, now: () => 1000 * (seconds += 3) },
      });
      const jobs = join(cwd, 'midst', 'jobs');
      mkdirSync(jobs);
      for (const event of events) {
        if (event.kind !== 'checkpoint' || event.step < 30) continue;
        writeFileSync(join(jobs, 'gru-1.safetensors'), event.bytes);
        break;
      }
      await succeed(['compare', '--resume', 'midst', '--threads', '1'], cwd);
      const resumed = read(cwd, 'midst');
      expect(timeless(resumed)).toEqual(timeless(whole));
      // It did not begin anew: what had been spent on it is counted.
      expect(resumed.results.find(({ contender }) => contender === 'gru')?.seconds).toBeGreaterThan(60);
      expect(readdirSync(jobs)).toEqual([]);
    },
  );

  test(
    'kill -9 after some trainings, Ctrl-C after some more, each time then --resume: as if never stopped',
    { timeout: 2 * CLI_MS },
    async () => {
      await succeed(['compare', 'a.txt', '--out', 'whole', ...ONLY, ...JOBS], cwd);
      const killed = start(['compare', 'a.txt', '--out', 'cut', ...ONLY, ...JOBS], cwd);
      await untilKept(killed, join(cwd, 'cut'), 2);
      killed.child.kill('SIGKILL');
      expect(await killed.ended).toMatchObject({ code: null, signal: 'SIGKILL' });
      const kept = read(cwd, 'cut').results;
      expect(kept.length).toBeLessThan(12);

      const interrupted = start(['compare', '--resume', 'cut', '--threads', '1'], cwd);
      await untilKept(interrupted, join(cwd, 'cut'), kept.length + 2);
      interrupted.child.kill('SIGINT');
      const { code, stdout, stderr } = await interrupted.ended;
      expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
      expect(stderr).toMatch(
        /interrupted, \d+ of 12 runs are kept; go on with: npx dissipa compare --resume cut\n$/,
      );
      expect(readdirSync(join(cwd, 'cut'))).toEqual(['compare.json']);

      await succeed(['compare', '--resume', 'cut', '--threads', '2'], cwd);
      expect(timeless(read(cwd, 'cut'))).toEqual(timeless(read(cwd, 'whole')));
      // What was there was not trained again: its times are still the same.
      for (const { contender, seed, seconds } of kept)
        expect(
          read(cwd, 'cut').results.find((one) => one.contender === contender && one.seed === seed)?.seconds,
        ).toBe(seconds);
    },
  );

  test('a comparison that is complete is shown again, its page and JSON are of the same figures', async () => {
    const out = await succeed(['compare', '--resume', 'whole', '--html', 'page.html'], cwd);
    for (const line of out.split('\n')) expect(Array.from(line).length, line).toBeLessThanOrEqual(80);
    expect(out).not.toContain('\u001b');
    expect(out).toMatch(/^gru +\d\.\d{3}±\d\.\d{3}/m);
    const json = await succeed(['compare', '--resume', 'whole', '--json'], cwd);
    expect(JSON.parse(json)).toEqual(read(cwd, 'whole'));
    const page = readFileSync(join(cwd, 'page.html'), 'utf8');
    const embedded = /<script type="application\/json" id="comparison">(.*?)<\/script>/s.exec(page)?.[1];
    expect(JSON.parse(embedded ?? '')).toEqual(read(cwd, 'whole'));
  });
});

test('--minutes ends by the clock, and gives each what it came through', async () => {
  const cwd = folderWithText();
  const only = ['--only', 'tanh,brainjs', '--minutes', '0.005', '--json'];
  const { results } = JSON.parse(await succeed(['compare', 'a.txt', ...SMALL, ...only], cwd)) as Comparison;
  expect(results.map(({ ended }) => ended)).toEqual(['budget', 'budget']);
  for (const { seconds, charactersSeen } of results) {
    expect(seconds).toBeGreaterThanOrEqual(0.3);
    expect(charactersSeen).toBeGreaterThan(0);
  }
});

describe('bad input is told in a line, and nothing is written', () => {
  const cwd = folderWithText();
  writeFileSync(join(cwd, 'short.txt'), 'pouco');
  writeFileSync(join(cwd, 'other.txt'), `${TEXT}!`);
  mkdirSync(join(cwd, 'full'));
  writeFileSync(join(cwd, 'full/mine.txt'), 'mine');
  test.each<[string, string, 1 | 2, string | RegExp]>([
    [
      'an unknown contender',
      'a.txt --only tanh,gur',
      2,
      `--only: 'gur' is not a contender, expected some of ${CONTENDER_NAMES.join(', ')}; did you mean gru?`,
    ],
    ['an unknown flag', 'a.txt --sedes 2', 2, '--sedes: there is no such option; did you mean --seeds?'],
    ['two budgets', 'a.txt --minutes 1 --characters 10', 2, /^--minutes: --characters is given too/],
    ['nothing held out', 'a.txt --validation 0', 2, '--validation: is 0, expected more than 0'],
    [
      'a text too short',
      'short.txt',
      1,
      /^short\.txt: has 5 characters, expected at least [\d,]+ for 32 sequences(?!.*--validation 0)/,
    ],
    ['a text that is not there', 'none.txt', 1, /^none\.txt: there is no such file or folder/],
    ['a folder in use', 'a.txt --out full', 1, /^full: is not empty, expected an empty or new folder/],
    ['no comparison to resume', '--resume full', 1, /^full: there is no compare\.json/],
    ['out beside resume', '--resume full --out b', 2, /^--out: goes with a new comparison/],
  ])('%s', async (_title, args, code, line) => {
    const before = readdirSync(cwd).sort();
    const found = await complaint(['compare', ...args.split(' ')], cwd, code);
    if (typeof line === 'string') expect(found).toBe(line);
    else expect(found).toMatch(line);
    expect(readdirSync(cwd).sort()).toEqual(before);
    expect(readdirSync(join(cwd, 'full'))).toEqual(['mine.txt']);
  });

  test('of a comparison that is there', async () => {
    const only = ['--only', 'ngram', ...SMALL];
    await succeed(['compare', 'a.txt', '--out', 'done', ...only], cwd);
    const before = readFileSync(join(cwd, 'done/compare.json'), 'utf8');
    const refused = async (args: string, code: 1 | 2, line: RegExp): Promise<void> => {
      expect(await complaint(['compare', ...args.split(' ')], cwd, code)).toMatch(line);
    };
    await refused('a.txt --out done', 1, /^done: holds a comparison already.*--resume done/);
    await refused('other.txt --resume done', 1, /^other\.txt: this is not the text the comparison was/);
    await refused('--resume done --hidden 9', 2, /^--hidden: the comparison has 8, and that cannot change/);
    expect(readFileSync(join(cwd, 'done/compare.json'), 'utf8')).toBe(before);
    expect((await dissipa(['compare', '--resume', 'done', '--hidden', '8'], cwd)).code).toBe(0);

    cpSync(join(cwd, 'done'), join(cwd, 'torn'), { recursive: true });
    writeFileSync(join(cwd, 'torn/compare.json'), before.slice(0, -40));
    await refused('--resume torn', 1, /^torn\/compare\.json: is not a JSON object/);
    writeFileSync(join(cwd, 'torn/compare.json'), before.replace('"version":2', '"version":3'));
    await refused('--resume torn', 1, /^torn\/compare\.json: is of format version 3/);
    writeFileSync(join(cwd, 'torn/compare.json'), before.replace('"ended":"budget"', '"ended":7'));
    await refused('--resume torn', 1, /^torn\/compare\.json: results\.0\.ended is 7/);
  });
});
