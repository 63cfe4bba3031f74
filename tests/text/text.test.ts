/** From bytes to windows of ids. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Ids } from '../../src/base/matrix.js';
import { Alphabet, nameOf, UNKNOWN } from '../../src/text/alphabet.js';
import { decodeText } from '../../src/text/decode.js';
import { fillStreams, shortestText, Windows } from '../../src/text/windows.js';
import { messageOf, surviving, utf8 } from '../store/fixtures.js';

describe('decodeText', () => {
  test('is in NFC, without a byte-order mark, line feeds as they are', () => {
    expect(decodeText(utf8('\uFEFFc\u0327a\u0303o\r\n🙂'), 'file')).toBe('\u00e7\u00e3o\r\n🙂');
  });

  test.each([
    [[], /^file: the file is empty, expected a text$/],
    [
      [0x61, 0, 0x62],
      /^file: byte 1 is 0, so this is a binary file, expected a text in UTF-8; name a text file$/,
    ],
    // é in Latin-1: begins a character of three bytes, so that it comes out at the next one only.
    [[0x61, 0xe9, 0x20], /^file: byte 1 \(0xe9\) is not UTF-8.*iconv/],
    [[0x61, 0x62, 0xe9], /^file: byte 2 \(0xe9\) is not UTF-8/],
    [[0xff], /^file: byte 0 \(0xff\) is not UTF-8/],
    [[0x61, 0x80], /^file: byte 1 \(0x80\) is not UTF-8/],
    // A character cut off after its second of three bytes, and one after its third of four.
    [[0xc3, 0xa7, 0xe2, 0x80], /^file: byte 2 \(0xe2\) is not UTF-8/],
    [[0x61, 0xf0, 0x9f, 0x99, 0x61], /^file: byte 1 \(0xf0\) is not UTF-8/],
    // Half of a surrogate pair, and a byte more than is needed for a /.
    [[0x61, 0xed, 0xa0, 0x80], /^file: byte 1 \(0xed\) is not UTF-8/],
    [[0x61, 0x61, 0xc0, 0xaf], /^file: byte 2 \(0xc0\) is not UTF-8/],
  ])('%j', async (bytes, message) => {
    expect(await messageOf(() => decodeText(Uint8Array.from(bytes), 'file'))).toMatch(message);
  });

  test('any bytes: a text, or a complaint that names the file', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = surviving(() => decodeText(bytes, 'file'), 'file: ');
        if (text !== undefined) expect(text).toBe(text.normalize('NFC'));
      }),
      { seed: 21 },
    );
  });
});

describe('an alphabet', () => {
  test('has the symbols of a text once each, by code point', () => {
    const alphabet = Alphabet.of('banana 🙂ção\n', 'text');
    expect(alphabet.symbols).toEqual(['\n', ' ', 'a', 'b', 'n', 'o', 'ã', 'ç', '🙂']);
    expect(alphabet.size).toBe(9);
    expect(alphabet.idOf('🙂')).toBe(8);
    expect(alphabet.idOf('x')).toBeUndefined();
    expect(alphabet.preview()).toBe('abnoãç🙂');
  });

  test('any text decodes to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const alphabet = Alphabet.of(text, 'text');
        const ids = alphabet.encode(text, 'text');
        expect(ids).toHaveLength(Array.from(text).length);
        expect(alphabet.decode(ids)).toBe(text);
      }),
      { seed: 22 },
    );
  });

  test('names strangers once each, and eight of them at most', async () => {
    const alphabet = Alphabet.of('abc', 'text');
    expect(await messageOf(() => alphabet.encode('axbyx', 'file'))).toBe(
      "file: the model's alphabet does not have 'x' (U+0078), 'y' (U+0079), it has 3 symbols: abc; " +
        'leave them out, or train on a text that has them',
    );
    expect(await messageOf(() => alphabet.encode('defghijklmn', 'file'))).toContain(
      "'k' (U+006B) and 3 more, it",
    );
  });

  test('that has the unknown symbol takes strangers for it', () => {
    const alphabet = new Alphabet(['a', UNKNOWN, 'b']);
    expect([...alphabet.encode('axb🙂', 'file')]).toEqual([0, 1, 2, 1]);
    expect(alphabet.unknown).toBe(1);
    expect(new Alphabet(['a']).unknown).toBeUndefined();
  });

  test('more symbols than 16 bits can count are refused', async () => {
    const many = Array.from({ length: 65_536 }, (_, i) => String.fromCodePoint(0x10000 + i)).join('');
    expect(await messageOf(() => Alphabet.of(many, 'file'))).toBe(
      'file: the text has 65536 distinct symbols, 65535 at most',
    );
  });

  test('symbols that cannot be seen are named by their code point', () => {
    expect(['a', '\n', ' ', '\u200b', '🙂', '\u0301'].map(nameOf)).toEqual([
      "'a' (U+0061)",
      'U+000A',
      'U+0020',
      'U+200B',
      "'🙂' (U+1F642)",
      'U+0301',
    ]);
  });
});

describe('windows', () => {
  const idsOf = (length: number): Ids => new Ids({ buffer: new ArrayBuffer(4 * length) }, 0, length);

  test('row n walks along stream n; targets are one symbol on, across windows too', () => {
    const [rows, timesteps] = [3, 4];
    // 3 streams of 9, of which 2 windows of 4 are whole; one symbol more for the last target, and one left over.
    const symbols = Uint16Array.from({ length: 29 }, (_, i) => i);
    const windows = new Windows(symbols, { rows, timesteps }, 'text');
    expect(windows.perPass).toBe(2);
    const [inputs, targets] = [idsOf(12), idsOf(12)];
    for (let w = 0; w < 2; w++) {
      windows.fill(w, inputs, targets);
      for (let t = 0; t < timesteps; t++)
        for (let n = 0; n < rows; n++) {
          expect(inputs.data[t * rows + n]).toBe(9 * n + 4 * w + t);
          expect(targets.data[t * rows + n]).toBe(9 * n + 4 * w + t + 1);
        }
    }
  });

  test('any text that is long enough fills its windows from within (seed 23)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 7 }),
        fc.nat(200),
        (rows, timesteps, more) => {
          const length = shortestText({ rows, timesteps }) + more;
          const symbols = Uint16Array.from({ length }, (_, i) => i + 1);
          const windows = new Windows(symbols, { rows, timesteps }, 'text');
          const [inputs, targets] = [idsOf(rows * timesteps), idsOf(rows * timesteps)];
          const read = new Set<number>();
          for (let w = 0; w < windows.perPass; w++) {
            windows.fill(w, inputs, targets);
            inputs.data.forEach((id, i) => {
              expect(targets.data[i]).toBe(id + 1);
              // No symbol is an input twice in a pass.
              expect(read.has(id)).toBe(false);
              read.add(id);
            });
          }
          expect(Math.max(...read)).toBeLessThan(length);
          // Fewer are left out than a window has, in each row.
          expect(length - 1 - read.size).toBeLessThan(rows * timesteps + rows);
        },
      ),
      { seed: 23 },
    );
  });

  test('one symbol too few is refused', async () => {
    const size = { rows: 3, timesteps: 4 };
    expect(shortestText(size)).toBe(13);
    expect(new Windows(new Uint16Array(13), size, 'text').perPass).toBe(1);
    expect(await messageOf(() => new Windows(new Uint16Array(12), size, 'text'))).toBe(
      'text: 12 characters to train on, at least 13 for 3 rows of 4 timesteps; give a longer text, or a smaller --batch or --window',
    );
  });

  test('fillStreams reads from where it is told', () => {
    const symbols = Uint16Array.from({ length: 20 }, (_, i) => i);
    const [inputs, targets] = [idsOf(4), idsOf(4)];
    fillStreams(symbols, 9, 5, { rows: 2, timesteps: 2 }, inputs, targets);
    expect([...inputs.data]).toEqual([5, 14, 6, 15]);
    expect([...targets.data]).toEqual([6, 15, 7, 16]);
  });
});
