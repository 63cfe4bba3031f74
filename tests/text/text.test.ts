/** From bytes to windows of ids. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Ids } from '../../src/base/matrix.js';
import { Alphabet, symbolName, UNKNOWN } from '../../src/text/alphabet.js';
import { decodeText } from '../../src/text/decode.js';
import { checkLength, heldOut, shortestSplit } from '../../src/text/split.js';
import { CutWindows } from '../../src/text/cut-windows.js';
import { fillStreams, shortestText, Windows } from '../../src/text/windows.js';
import { messageOf, surviving, utf8 } from '../store/fixtures.js';

describe('decodeText', () => {
  test('is in NFC, without a byte-order mark, all line ends the same', () => {
    expect(decodeText(utf8('\uFEFFc\u0327a\u0303o\r\n🙂'), 'file')).toBe('\u00e7\u00e3o\n🙂');
  });

  test.each([
    [[], /^file: the file is empty, expected a text$/],
    [[0x61, 0, 0x62], /^file: byte 1 is 0, so this is a binary file, expected a text; name a text file$/],
    // é in Latin-1: begins a character of three bytes, so that it comes out at the next one only.
    [[0x61, 0xe9, 0x20], /^file: byte 1 \(0xe9\) is not UTF-8.*--encoding/],
    [[0x61, 0x62, 0xe9], /^file: the file ends in the middle of a character of UTF-8, at byte 2/],
    [[0xff], /^file: byte 0 \(0xff\) is not UTF-8/],
    [[0x61, 0x80], /^file: byte 1 \(0x80\) is not UTF-8/],
    // A character cut off after its second of three bytes, and one after its third of four.
    [[0xc3, 0xa7, 0xe2, 0x80], /^file: the file ends in the middle of a character of UTF-8, at byte 2/],
    [[0x61, 0xf0, 0x9f, 0x99, 0x61], /^file: byte 1 \(0xf0\) is not UTF-8/],
    // Half of a surrogate pair, and a byte more than is needed for a /.
    [[0x61, 0xed, 0xa0, 0x80], /^file: byte 1 \(0xed\) is not UTF-8/],
    [[0x61, 0x61, 0xc0, 0xaf], /^file: byte 2 \(0xc0\) is not UTF-8/],
  ])('as UTF-8: %j', async (bytes, message) => {
    const decode = (): string => decodeText(Uint8Array.from(bytes), 'file', { encoding: 'utf-8' });
    expect(await messageOf(decode)).toMatch(message);
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
      "file: the model's alphabet does not have 'x' (U+0078), 'y' (U+0079), which has 3 symbols: abc; " +
        'leave them out (--unknown skip does), or train on a text that has them',
    );
    expect(await messageOf(() => alphabet.encode('defghijklmn', 'file'))).toContain(
      "'k' (U+006B) and 3 more, which",
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
      'file: the text has 65,536 distinct symbols, expected at most 65,535',
    );
  });

  test('symbols that cannot be seen are named by their code point', () => {
    expect(['a', '\n', ' ', '\u200b', '🙂', '\u0301'].map(symbolName)).toEqual([
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

  const buffers = (rows: number, timesteps: number) =>
    [idsOf(rows * timesteps), idsOf(rows * timesteps)] as const;

  test('rows begin a stream apart and walk on through the whole text; targets are one symbol on', () => {
    const [rows, timesteps] = [3, 4];
    // 28 predictions: rows 9 apart, and one more at the end.
    const symbols = Uint16Array.from({ length: 29 }, (_, i) => i);
    const windows = new Windows(symbols, { rows, timesteps }, 'text', Infinity);
    expect(windows.perPass).toBe(28 / 12);
    const [inputs, targets] = buffers(rows, timesteps);
    for (let w = 0; w < 30; w++) {
      const beginnings = windows.fill(w, inputs, targets);
      for (let t = 0; t < timesteps; t++)
        for (let n = 0; n < rows; n++) {
          const at = (9 * n + 4 * w + t) % 28;
          expect(inputs.data[t * rows + n]).toBe(at);
          expect(targets.data[t * rows + n]).toBe(at + 1);
          // Row 0 is at the beginning when all begins: there is nothing before to be forgotten.
          const begins = at === 0 && !(w === 0 && n === 0);
          expect(beginnings.get(t)?.includes(n) ?? false).toBe(begins);
        }
    }
  });

  test('every prediction a text has is made, each as often as any other, and a text’s ends never meet (seed 23)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 7 }),
        fc.nat(120),
        (rows, timesteps, more) => {
          const length = shortestText({ rows, timesteps }) + more;
          const symbols = Uint16Array.from({ length }, (_, i) => i);
          const windows = new Windows(symbols, { rows, timesteps }, 'text');
          const [inputs, targets] = buffers(rows, timesteps);
          const made = new Array<number>(length - 1).fill(0);
          // As many windows as there are predictions: each row has been everywhere `timesteps` times.
          for (let w = 0; w < length - 1; w++) {
            const beginnings = windows.fill(w, inputs, targets);
            expect(beginnings.size).toBeLessThanOrEqual(windows.mostBeginnings);
            inputs.data.forEach((id, i) => {
              expect(targets.data[i]).toBe(id + 1);
              made[id]++;
            });
          }
          expect(new Set(made)).toEqual(new Set([rows * timesteps]));
          // Nor does it take long: after two passes, rounded up, none is left.
          const seen = new Set<number>();
          for (let w = 0; w < 2 * Math.ceil(windows.perPass); w++) {
            windows.fill(w, inputs, targets);
            inputs.data.forEach((id) => seen.add(id));
          }
          expect(seen.size).toBe(length - 1);
        },
      ),
      { seed: 23 },
    );
  });

  test('every row begins anew once in so many windows, the rows as evenly as can be (seed 29)', () => {
    const size = fc.record({
      rows: fc.integer({ min: 1, max: 9 }),
      timesteps: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(size, fc.integer({ min: 1, max: 12 }), fc.nat(90), (size, every, more) => {
        const { rows } = size;
        const symbols = Uint16Array.from({ length: shortestText(size) + more }, (_, i) => i);
        const windows = new Windows(symbols, size, 'text', every);
        const plain = new Windows(symbols, size, 'text', Infinity);
        const [inputs, targets] = buffers(rows, size.timesteps);
        const anew = Array.from({ length: 3 * every }, (_, w) => {
          const beginnings = windows.fill(w + 1, inputs, targets);
          expect(beginnings.size).toBeLessThanOrEqual(windows.mostBeginnings);
          const read = [...inputs.data, ...targets.data];
          const where = plain.fill(w + 1, inputs, targets);
          expect(read).toEqual([...inputs.data, ...targets.data]);
          // Where the text begins, a row begins all the same.
          for (const [t, begin] of where) for (const n of begin) expect(beginnings.get(t)).toContain(n);
          const [all, byText] = [beginnings.get(0) ?? [], where.get(0) ?? []];
          return { all, own: all.filter((n) => !byText.includes(n)) };
        });
        expect(windows.fill(0, inputs, targets).has(0)).toBe(false);
        for (let w = 0; w + every <= anew.length; w++) {
          const some = anew.slice(w, w + every);
          expect(new Set(some.flatMap(({ all }) => all)).size).toBe(rows);
          const own = some.flatMap((one) => one.own);
          expect(new Set(own).size).toBe(own.length);
          for (const { own } of some) expect(own.length).toBeLessThanOrEqual(Math.ceil(rows / every));
        }
      }),
      { seed: 29 },
    );
  });

  test('of a run of version 1: rows keep to their streams, each pass is the same and begins with all rows', () => {
    const [rows, timesteps] = [3, 4];
    // 3 streams of 9, of which 2 windows of 4 are whole.
    const symbols = Uint16Array.from({ length: 29 }, (_, i) => i);
    const windows = new CutWindows(symbols, { rows, timesteps }, 'text');
    expect(windows.perPass).toBe(2);
    const [inputs, targets] = buffers(rows, timesteps);
    for (let w = 0; w < 6; w++) {
      const beginnings = windows.fill(w, inputs, targets);
      expect([...beginnings]).toEqual(w % 2 === 0 ? [[0, [0, 1, 2]]] : []);
      for (let t = 0; t < timesteps; t++)
        for (let n = 0; n < rows; n++) {
          expect(inputs.data[t * rows + n]).toBe(9 * n + 4 * (w % 2) + t);
          expect(targets.data[t * rows + n]).toBe(9 * n + 4 * (w % 2) + t + 1);
        }
    }
  });

  test('one symbol too few is refused', async () => {
    const size = { rows: 3, timesteps: 4 };
    expect(shortestText(size)).toBe(13);
    expect(new Windows(new Uint16Array(13), size, 'text').perPass).toBe(1);
    expect(await messageOf(() => new Windows(new Uint16Array(12), size, 'text'))).toBe(
      'text: has 12 characters to train on, expected at least 13 for 3 sequences of 4 timesteps; give a longer text, or a smaller --batch or --window',
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

const grouped = (n: number): string => n.toLocaleString('en');

describe('the part held out', () => {
  const size = { rows: 8, timesteps: 16 };

  test.each([0, 0.001, 0.01, 0.1, 0.29, 1 / 3, 0.5, 0.9, 0.99])(
    'with a share of %f, one symbol less than the shortest text is one too few, for training or for validation',
    (share) => {
      const least = shortestSplit(size, share);
      const parts = (length: number): { trained: number; held: number } => {
        const held = heldOut(length, share);
        return { trained: length - held, held };
      };
      const enough = ({ trained, held }: ReturnType<typeof parts>): boolean =>
        trained >= 8 * 16 + 1 && (share === 0 || held >= 2);
      expect([enough(parts(least - 1)), enough(parts(least))]).toEqual([false, true]);
      expect(() => {
        checkLength(least, size, share, 'a');
      }).not.toThrow();
      expect(() => {
        checkLength(least - 1, size, share, 'a');
      }).toThrow(
        `a: has ${grouped(least - 1)} characters, expected at least ${grouped(least)} for 8 sequences of 16 timesteps`,
      );
    },
  );

  test('a share that no text is long enough for is answered, not searched for without end', () => {
    for (const share of [5e-324, 1e-300, 1 - 2 ** -53]) {
      expect(() => {
        checkLength(1e9, size, share, 'a');
      }).toThrow('a: has 1,000,000,000 characters, expected at least ∞ for');
    }
  });
});
