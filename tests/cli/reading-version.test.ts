/** Runs and comparisons begun before a text was read as it is now go on with the reading they were begun with. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inspectModel } from '../../src/cli/commands/inspect.js';
import { train } from '../../src/cli/commands/train.js';
import { decodeText } from '../../src/text/decode.js';
import { READING_VERSION } from '../../src/text/versions.js';
import { messageOf, utf8 } from '../store/fixtures.js';
import { CLI_MS } from './dissipa.js';
import { watched } from './environment.js';

let dir: string;
beforeEach(() => {
  dir = fs.mkdtempSync(join(tmpdir(), 'dissipa-reading-'));
});
afterEach(() => {
  fs.rmSync(dir, { recursive: true });
});

const FLAGS = { hidden: '4', batch: '2', window: '8', 'lag-every': '0', 'sample-every': '0' };
/** Form feeds, which were taken out and now end lines; escapes; own text before a marker, which was thrown away. */
const TEXT = `meu\n*** START OF THE PROJECT GUTENBERG EBOOK A ***\n${'um\fdois \x1b[31mtrês\n'.repeat(40)}`;
const OLD = 'umdois [31mtrês\n'.repeat(40);
const NEW = `meu\n${'um\ndois três\n'.repeat(40)}`;

test('each reading makes of a text what it always made', () => {
  expect(decodeText(utf8(TEXT), 't', { version: 1 })).toBe(OLD);
  expect(decodeText(utf8(TEXT), 't')).toBe(NEW);
  // Windows-1252 for all that is not UTF-8, what it does not have left out; replacement characters misread.
  const bytes = Uint8Array.of(0xe7, 0x81, 0x20, 0xe7);
  expect(decodeText(bytes, 't', { version: 1 })).toBe('ç ç');
  expect(decodeText(utf8('a\ufffd'), 't', { version: 1 })).toBe('aï¿½');
  expect(decodeText(utf8('a\ufffd'), 't')).toBe('a\ufffd');
  // A letter in bold, as printers have it.
  expect(decodeText(utf8('a b\bb c'), 't', { version: 2 })).toBe('a bb c');
  expect(decodeText(utf8('a b\bb c'), 't')).toBe('a b c');
});

interface Info {
  reading?: number;
  digest: string;
  symbols: number;
}

test(
  'a run goes on with its own: run.json says which, or nothing of the first',
  { timeout: CLI_MS },
  async () => {
    const [text, run] = [join(dir, 'a.txt'), join(dir, 'run')];
    fs.writeFileSync(text, TEXT);
    const infoOf = (): Info => JSON.parse(fs.readFileSync(join(run, 'run.json'), 'utf8')) as Info;
    const put = (info: Info): void => {
      fs.writeFileSync(join(run, 'run.json'), JSON.stringify(info));
    };
    const digestOf = (read: string): string => createHash('sha256').update(read).digest('hex');
    const resume = (steps: string): Promise<number> => train(watched(), [], { resume: run, steps });

    await train(watched(), [text], { ...FLAGS, out: run, steps: '2' });
    expect(infoOf()).toMatchObject({ reading: READING_VERSION, digest: digestOf(NEW) });
    expect(await resume('3')).toBe(0);

    // As a run of the first reading is: its text is another.
    const old = join(dir, 'old.txt');
    fs.rmSync(run, { recursive: true });
    fs.writeFileSync(old, OLD);
    await train(watched(), [old], { ...FLAGS, out: run, steps: '2' });
    const begun = { ...infoOf(), texts: [{ path: text, bytes: TEXT.length, characters: OLD.length }] };
    delete begun.reading;
    put(begun);
    expect(await resume('4')).toBe(0);
    expect(infoOf().reading).toBeUndefined();
    const env = watched();
    expect(await inspectModel(env, run, { json: true, window: '4', rows: '1' })).toBe(0);
    // With the present one it is another text.
    put({ ...infoOf(), reading: 2 });
    expect(await messageOf(() => resume('5'))).toMatch(
      /a\.txt: this is not the text the run was started with/,
    );
    put({ ...infoOf(), reading: READING_VERSION + 1 });
    expect(await messageOf(() => resume('5'))).toMatch(
      new RegExp(`run\\.json: .*version ${READING_VERSION + 1}.*update`),
    );
  },
);
