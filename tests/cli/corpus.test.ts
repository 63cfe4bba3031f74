/** `dissipa corpus`, and texts of a length at which their ids go to the disk. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { corpus } from '../../src/cli/commands/corpus.js';
import { train } from '../../src/cli/commands/train.js';
import type { CorpusReport } from '../../src/study/corpus/show.js';
import { messageOf } from '../store/fixtures.js';
import { program } from './dissipa.js';
import { watched } from './environment.js';

let dir: string;
beforeEach(() => {
  dir = fs.mkdtempSync(join(tmpdir(), 'dissipa-corpus-'));
});
afterEach(() => {
  fs.rmSync(dir, { recursive: true });
});

function put(name: string, content: string | Uint8Array): string {
  fs.writeFileSync(join(dir, name), content);
  return join(dir, name);
}

describe('dissipa corpus', () => {
  const reportOf = async (path: string, flags: Record<string, unknown> = {}): Promise<CorpusReport> => {
    const env = watched();
    expect(await corpus(env, [path], { ...flags, json: true })).toBe(0);
    return JSON.parse(env.written.out) as CorpusReport;
  };

  test('counts characters, bytes and symbols, and says how predictable they are', async () => {
    // a and b in turn: nothing to know before, everything after one character.
    const report = await reportOf(put('a.txt', 'ab'.repeat(500)));
    expect(report).toMatchObject({
      characters: 1000,
      bytes: 1000,
      symbols: 2,
      training: 900,
      validation: 100,
    });
    expect(report.alphabet).toEqual([
      { symbol: 'a', codePoint: 'U+0061', name: 'LATIN SMALL LETTER A', count: 500 },
      { symbol: 'b', codePoint: 'U+0062', name: 'LATIN SMALL LETTER B', count: 500 },
    ]);
    const { measured, orders } = report.predictability;
    expect(measured).toBe(1000);
    // An odd number of pairs' contexts: one more after an a than after a b.
    expect(orders.map(({ entropy }) => entropy)).toEqual([1, 0, 0, 0, 0, 0]);
    expect(orders[0].heldOut).toBeCloseTo(1, 9);
    // After an a: b 450 times of 450, one distinct; the rest of the probability is order 0's.
    const p = (450 + 0.5) / 451;
    const q = (449 + 0.5) / 450;
    expect(orders[1].heldOut).toBeCloseTo(-(Math.log2(p) + Math.log2(q)) / 2, 4);
  });

  test('prints the same for people: odd symbols by name, what was cut, converted and is rare', async () => {
    const text = '“Olá”\u00a0— disse o mar.\n'.repeat(60).replace('mar', 'céu');
    const latin1 = Uint8Array.from(text, (c) => ({ '“': 0x93, '”': 0x94, '—': 0x97 })[c] ?? c.charCodeAt(0));
    const env = watched();
    expect(await corpus(env, [put('a.txt', latin1)], {})).toBe(0);
    expect(env.written.out).toMatch(
      /^.*a\.txt: 1,260 characters, 1,260 bytes, 21 symbols\n1,134 characters to train on, the last 126 held out\n/,
    );
    expect(env.written.out).toMatch(/ {2}—\s+U\+2014\s+60 {2}em dash\n/);
    expect(env.written.out).toMatch(/ {2}U\+00A0\s+U\+00A0\s+60 {2}no-break space\n/);
    expect(env.written.out).toMatch(/\n3 symbols occur fewer than 10 times/);
    expect(env.written.out).toMatch(/\nread as windows-1252 [^]*Olá[^]*a\.txt\n$/);
    expect(env.written.out.match(/^ {4}[0-5] +\d\.\d{3} +\d\.\d{3}$/gm)).toHaveLength(6);

    const widest = (out: string): number =>
      Math.max(...out.split('\n').map((line) => (line.includes(dir) ? 0 : Array.from(line).length)));
    expect(widest(env.written.out)).toBeLessThanOrEqual(80);
    for (const [outColumns, width] of [
      [30, 40],
      [60, 60],
      [200, 100],
    ]) {
      const other = watched({ outColumns });
      await corpus(other, [join(dir, 'a.txt')], { encoding: 'windows-1252' });
      expect(widest(other.written.out.replace(/Not letters[^]*Bits per/, ''))).toBeLessThanOrEqual(width);
    }

    const rare = watched();
    await corpus(rare, [join(dir, 'a.txt')], { 'min-count': '10', validation: '0' });
    expect(rare.written.out).toMatch(
      /\n3 symbols, with 3 occurrences in all, are read as one unknown symbol\.\n/,
    );
    expect(rare.written.out).toMatch(/all of it to train on/);
    expect(rare.written.out).not.toMatch(/[Hh]eld out/);
  });

  test('refuses a text there is nothing to know of', async () => {
    expect(await messageOf(() => corpus(watched(), [put('a.txt', 'zzz')], {}))).toMatch(
      /a\.txt: the text is nothing but 'z' \(U\+007A\), 3 times, expected at least 2 distinct symbols/,
    );
    expect(await messageOf(() => corpus(watched(), [put('b.txt', 'olá')], {}))).toMatch(
      /b\.txt: has 3 characters, of which --validation 0\.1 holds out 0, expected at least 2 to validate on; give a longer text/,
    );
    expect(await messageOf(() => corpus(watched(), [dir], { encoding: 'klingon' }))).toMatch(
      /^--encoding: is klingon, expected auto or an encoding such as utf-8.*list/,
    );
  });
});

describe('a long text', () => {
  const FLAGS = { hidden: '4', batch: '4', window: '8', validation: '0.0001', 'lag-every': '0' };
  /** Beyond 2²³ characters. */
  const long = (): string => put('long.txt', 'o rio corre para o mar, e o mar não enche. '.repeat(200_000));
  const inRun = (name: string): string => join(dir, 'run', name);

  test('a kill -9 while it is read leaves nothing for ever', { timeout: 120_000 }, async () => {
    const leftovers = (): string[] => fs.readdirSync(dir).filter((name) => name.endsWith('.tmp'));
    const args = ['train', '-', '--out', join(dir, 'run')];
    const child = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'ignore', 'ignore'] });
    const closed = once(child, 'close');
    // Its input never ends.
    child.stdin.on('error', () => undefined);
    child.stdin.write('o rio corre. '.repeat(800_000));
    await vi.waitUntil(() => leftovers().length > 0, { timeout: 60_000, interval: 5 });
    const beside = watched();
    const [small, flags] = [put('small.txt', 'ab'.repeat(500)), { ...FLAGS, steps: '1', validation: '0' }];
    await train(beside, [small], { ...flags, out: join(dir, 'beside') });
    expect(leftovers()).toHaveLength(1);
    child.kill('SIGKILL');
    await closed;
    await train(watched(), [small], { ...flags, out: join(dir, 'after') });
    expect(leftovers()).toEqual([]);
  });

  test('trains from text.ids as it does from memory, and resumes from it', { timeout: 120_000 }, async () => {
    const path = long();
    const env = watched();
    expect(await train(env, [path], { ...FLAGS, out: join(dir, 'run'), steps: '6' })).toBe(0);
    expect(env.written.err).toMatch(/^a long text: its symbols go to a file\n/);
    expect(fs.statSync(inRun('text.ids')).size).toBeGreaterThan(2 * 8_600_000);
    expect(fs.readdirSync(dir).sort()).toEqual(['long.txt', 'run']);
    expect(env.written.out).toMatch(/text\.ids +the text in symbols/);

    // The sources unchanged: nothing is decoded again, the file is as it was.
    const before = fs.statSync(inRun('text.ids')).mtimeMs;
    const again = watched();
    expect(await train(again, [], { resume: join(dir, 'run'), steps: '8' })).toBe(0);
    expect(again.written.err).not.toMatch(/a long text/);
    expect(fs.statSync(inRun('text.ids')).mtimeMs).toBe(before);

    // Lost or damaged: made again.
    fs.truncateSync(inRun('text.ids'), 1000);
    const rebuilt = watched();
    expect(await train(rebuilt, [], { resume: join(dir, 'run'), steps: '12' })).toBe(0);
    expect(rebuilt.written.err).toMatch(/^a long text/);
    expect(fs.readdirSync(join(dir, 'run')).filter((name) => name.startsWith('text.ids'))).toEqual([
      'text.ids',
    ]);

    // In one go, to the same weights.
    const whole = watched();
    await train(whole, [path], { ...FLAGS, out: join(dir, 'whole'), steps: '12' });
    expect(
      Buffer.compare(
        fs.readFileSync(join(dir, 'whole/best.safetensors')),
        fs.readFileSync(inRun('best.safetensors')),
      ),
    ).toBe(0);

    // Another text of the same length: refused, and the old file stays.
    const text = fs.readFileSync(path);
    text[5] = 0x78;
    fs.writeFileSync(path, text);
    const ids = fs.statSync(inRun('text.ids')).mtimeMs;
    expect(await messageOf(() => train(watched(), [], { resume: join(dir, 'run'), steps: '14' }))).toMatch(
      /long\.txt: this is not the text the run was started with/,
    );
    expect(fs.statSync(inRun('text.ids')).mtimeMs).toBe(ids);
    expect(fs.readdirSync(join(dir, 'run')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('that breaks off in the middle leaves nothing behind', { timeout: 60_000 }, async () => {
    const path = long();
    fs.appendFileSync(path, Uint8Array.of(0xe7, 0x20));
    const run = train(watched(), [path], { ...FLAGS, out: join(dir, 'run'), steps: '2' });
    expect(await messageOf(() => run)).toMatch(/long\.txt: byte 8800000 \(0xe7\) is not UTF-8/);
    expect(fs.readdirSync(dir)).toEqual(['long.txt']);
  });
});

test('the reading options are the run’s own: kept, and not to be changed', { timeout: 60_000 }, async () => {
  const path = put('a.txt', 'O Rio Corre Para O Mar: Ç.\n'.repeat(40));
  const flags = { hidden: '4', batch: '2', window: '8', out: join(dir, 'run'), steps: '2', 'lag-every': '0' };
  expect(await train(watched(), [path], { ...flags, lowercase: true, 'min-count': '41' })).toBe(0);
  const info = JSON.parse(fs.readFileSync(join(dir, 'run/run.json'), 'utf8')) as Record<string, unknown>;
  expect(info.options).toMatchObject({
    encoding: 'auto',
    keepBoilerplate: false,
    lowercase: true,
    minCount: 41,
  });
  // r, o, a, space (e comes once a line only) and the unknown one.
  expect(info.symbols).toBe(5);
  expect(await train(watched(), [], { resume: join(dir, 'run'), steps: '3' })).toBe(0);
  expect(await messageOf(() => train(watched(), [], { resume: join(dir, 'run'), 'min-count': '2' }))).toMatch(
    /^--min-count: the run has 41, and that cannot change in a run: the text .*; leave it out, or start a new run/,
  );
});
