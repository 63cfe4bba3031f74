/** A text in ids is the same in memory and on a disk; damage of the file is an answer, never another text. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ids } from '../../src/base/matrix.js';
import { memoryFiles } from '../../src/store/files-memory.js';
import type { FileStore } from '../../src/store/files.js';
import { IdFile, IdSpool, isIntact, readIdFileFacts, type IdFileFacts } from '../../src/store/id-file.js';
import { SymbolCount } from '../../src/text/symbol-count.js';
import type { Symbols } from '../../src/text/symbols.js';
import { Windows } from '../../src/text/windows.js';
import { complaintOf, messageOf } from './fixtures.js';

const ALL_IN_MEMORY = 1e6;

async function spooled(
  text: readonly string[],
  mostInMemory: number,
  minCount = 1,
): Promise<{ files: FileStore; symbols: Symbols; expected: Uint16Array; facts: IdFileFacts }> {
  const files = memoryFiles();
  const spool = new IdSpool(() => files.create('tmp'), mostInMemory);
  const count = new SymbolCount('t');
  for (const piece of text) {
    const numbers = new Uint16Array(piece.length);
    await spool.add(numbers.subarray(0, count.add(piece, numbers)));
    numbers.fill(9); // They are the caller's again.
  }
  const { alphabet, ids } = count.alphabet(minCount);
  const expected = alphabet.encode(text.join(''), 't');
  const facts = { key: 'k', symbols: count.symbols, counts: [...count.counts], facts: { a: 1 } };
  expect(spool.isLarge).toBe(2 * expected.length > mostInMemory);
  if (!spool.isLarge) return { files, symbols: spool.inMemory(ids), expected, facts };
  await spool.finish('text.ids', facts);
  return { files, symbols: new IdFile(files, 'text.ids', spool.length, ids), expected, facts };
}

const all = (symbols: Symbols): Uint16Array => {
  const ids = new Uint16Array(symbols.length);
  symbols.read(0, ids);
  return ids;
};

const TEXT = ['para que o rio 🙂 ', 'desça até ao mar', '', 'é preciso que suba'];

describe('a text in ids', () => {
  it.each([ALL_IN_MEMORY, 40, 2, 0])('is the same with %i bytes in memory', async (most) => {
    const { files, symbols, expected, facts } = await spooled(TEXT, most);
    expect(all(symbols)).toEqual(expected);
    const part = new Uint16Array(5);
    symbols.read(7, part);
    expect(part).toEqual(expected.slice(7, 12));
    expect(() => {
      symbols.read(symbols.length - 4, part);
    }).toThrow(RangeError);
    if (most !== ALL_IN_MEMORY)
      expect(await readIdFileFacts(files, 'text.ids')).toEqual({
        ...facts,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      });
    expect(await files.list('.')).toEqual(most === ALL_IN_MEMORY ? [] : ['text.ids']);
  });

  it('is the same with rare symbols read as unknown', async () => {
    const [memory, disk] = [await spooled(TEXT, ALL_IN_MEMORY, 3), await spooled(TEXT, 0, 3)];
    expect(all(memory.symbols)).toEqual(memory.expected);
    expect(all(disk.symbols)).toEqual(memory.expected);
  });

  it('gives the same windows from memory and from disk', async () => {
    const text = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), {
      minLength: 3,
      maxLength: 9,
    });
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 6 }),
        async (parts, rows, timesteps) => {
          fc.pre(new Set(parts.join('')).size > 1);
          const texts = await Promise.all([ALL_IN_MEMORY, 0].map((most) => spooled(parts, most)));
          fc.pre(texts[0].symbols.length > rows * timesteps);
          const [memory, disk] = texts.map(({ symbols }) => {
            const windows = new Windows(symbols, { rows, timesteps }, 't');
            return Array.from({ length: 3 * Math.ceil(windows.perPass) }, (_, index) => {
              const buffer = new ArrayBuffer(8 * rows * timesteps);
              const [inputs, targets] = [0, 1].map(
                (i) => new Ids({ buffer }, 4 * i * rows * timesteps, rows * timesteps),
              );
              windows.fill(index, inputs, targets);
              return [...new Int32Array(buffer)];
            });
          });
          expect(disk).toEqual(memory);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('a damaged id file', () => {
  it('cut anywhere, lengthened or with a changed end, is none', async () => {
    const { files } = await spooled(TEXT, 0);
    const bytes = await files.read('text.ids');
    expect(await readIdFileFacts(files, 'none')).toBeNull();
    for (let length = 0; length < bytes.length; length++) {
      await files.write('cut', bytes.slice(0, length));
      expect(await readIdFileFacts(files, 'cut')).toBeNull();
    }
    await files.write('cut', Uint8Array.from([0, 0, ...bytes]));
    expect(await readIdFileFacts(files, 'cut')).toBeNull();
    for (let at = bytes.length - 12; at < bytes.length; at++) {
      const flipped = bytes.slice();
      flipped[at] ^= 0x41;
      await files.write('flipped', flipped);
      expect(await readIdFileFacts(files, 'flipped')).toBeNull();
    }
  });

  it('with any one bit flipped is none, not intact, or what it was', async () => {
    const { files } = await spooled(TEXT, 0);
    const bytes = await files.read('text.ids');
    const facts = await readIdFileFacts(files, 'text.ids');
    expect(facts !== null && (await isIntact(files, 'text.ids', facts))).toBe(true);
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      const flipped = bytes.slice();
      flipped[bit >> 3] ^= 1 << (bit & 7);
      await files.write('flipped', flipped);
      const found = await readIdFileFacts(files, 'flipped');
      if (found === null || !(await isIntact(files, 'flipped', found))) continue;
      // Of a letter in an escape, say.
      expect(found).toEqual(facts);
    }
  });

  it('that says it has more to read than it holds, or than is sensible, is none', async () => {
    const { files } = await spooled(TEXT, 0);
    const bytes = await files.read('text.ids');
    for (const length of [bytes.length, 2 ** 26 + 1, 2 ** 32 - 1]) {
      new DataView(bytes.buffer).setUint32(bytes.length - 12, length, true);
      await files.write('text.ids', bytes);
      expect(await readIdFileFacts(files, 'text.ids')).toBeNull();
    }
  });

  it('of an older dissipa, without a digest, is believed', async () => {
    const { files, facts } = await spooled(TEXT, 0);
    expect(await isIntact(files, 'text.ids', facts)).toBe(true);
  });

  it('names the character that is no symbol of the text', async () => {
    const { files, symbols } = await spooled(TEXT, 0);
    const bytes = await files.read('text.ids');
    bytes[2 * 5 + 1] = 0x7f;
    await files.write('text.ids', bytes);
    expect(await messageOf(() => all(symbols))).toMatch(
      /^text\.ids: character 5 is symbol \d+, the text has 18; the file is damaged: remove it and resume the run/,
    );
    await files.remove('text.ids');
    expect((await complaintOf(() => all(symbols))).message).toMatch(/^text\.ids: there is no such file/);
  });
});
