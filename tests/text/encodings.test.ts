/** Texts of many languages in the encodings they were written in: which one is found, and how sure that is. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DissipaError } from '../../src/base/errors.js';
import { decodeText } from '../../src/text/decode.js';
import { decodeWhole } from '../../src/text/encoding/decode-whole.js';
import { guessEncoding, guessWide, type Certainty } from '../../src/text/encoding/guess.js';
import { encodingNamed, ENCODINGS } from '../../src/text/encoding/names.js';
import { byteTable, UNDEFINED } from '../../src/text/encoding/single-byte.js';
import { canEncode, encode } from './encode.js';
import { readInPieces, utf16, utf32, utf8 } from './reading.js';
import { SAMPLES } from './samples.js';

const together = (...parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));

function complaintOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof DissipaError) return error.message;
    throw error;
  }
  return 'no complaint';
}

/** Each sample, in each of its encodings. */
const CASES = Object.entries(SAMPLES).flatMap(([language, { text, encodings }]) =>
  encodings.map((encoding) => {
    const possible = Array.from(text, (symbol) => (canEncode(symbol, encoding) ? symbol : ' ')).join('');
    return [language, encoding, possible] as const;
  }),
);

describe('a text is read as it was written', () => {
  test.each(CASES)('%s in %s', (_, encoding, text) => {
    const bytes = encode(text, encoding);
    for (const cuts of [[], [1, 2, 3], [100, 101, 150]]) {
      const { text: read, reader } = readInPieces(bytes, cuts);
      expect(read).toBe(text);
      expect(reader.guess?.certainty).toBe('sure');
    }
    expect(guessEncoding(bytes).words.length).toBeGreaterThanOrEqual(8);
    // Named it is not found out, whatever the label.
    const named = readInPieces(bytes, [50], { encoding: encoding.toUpperCase() });
    expect([named.text, named.reader.guess, named.reader.isNamed]).toEqual([text, undefined, true]);
  });

  test.each(Object.entries(SAMPLES))('%s in Unicode without a mark', (_, { text }) => {
    for (const length of [text.length, 12]) {
      const part = Array.from(text).slice(0, length).join('');
      expect(readInPieces(utf8(part), [7]).text).toBe(part);
      for (const order of ['le', 'be'] as const) {
        const wide = readInPieces(utf16(part, order, false), [7]);
        expect([wide.text, wide.reader.encoding]).toEqual([part, `utf-16${order}`]);
        const widest = readInPieces(utf32(part, order, false), [7]);
        expect([widest.text, widest.reader.encoding]).toEqual([part, `utf-32${order}`]);
      }
    }
  });

  test('where it is short, the more surely the longer it is: sure is never wrong', () => {
    const wrong: Record<Certainty, number> = { sure: 0, likely: 0, unsure: 0 };
    const right: Record<Certainty, number> = { sure: 0, likely: 0, unsure: 0 };
    for (const [, encoding, text] of CASES) {
      for (const length of [20, 60, 120]) {
        for (let from = 0; from + length <= text.length; from += length) {
          const part = text.slice(from, from + length);
          if (!/[^\0-\x7f]/.test(part)) continue;
          const bytes = encode(part, encoding);
          const guess = guessEncoding(bytes);
          const isRight = decodeWhole(bytes, guess.encoding) === part;
          (isRight ? right : wrong)[guess.certainty]++;
          // One that is about as likely is told.
          if (!isRight && guess.certainty === 'unsure')
            expect(guess.rivals.length, `${encoding}: ${part}`).toBeGreaterThan(0);
        }
      }
    }
    expect(wrong.sure).toBe(0);
    expect(right.sure).toBeGreaterThan(400);
    expect(wrong.likely / (right.likely + wrong.likely)).toBeLessThan(0.05);
  });

  test.each([
    ['iso-8859-15', 'Un œuf à la coque, deux cœurs de bœuf et une œuvre : 12 € à peu près. Sœur Ÿ ! '],
    ['iso-8859-15', 'Täna ostsin žurnaali ja šokolaadi; garaažis on tšello ja õlu. '],
    ['windows-1253', 'Άνοιξη και καλοκαίρι στην Αθήνα. Άλλη μια μέρα, Άννα, κι ας βρέχει. '],
    ['iso-8859-7', 'Άνοιξη και καλοκαίρι στην Αθήνα. Άλλη μια μέρα, Άννα, κι ας βρέχει. '],
  ])('no symbol stands within a word: %s', (encoding, text) => {
    for (const times of [1, 6]) {
      const { text: read, reader } = readInPieces(encode(text.repeat(times), encoding), [7]);
      if (read !== text.repeat(times)) expect([reader.encoding, reader.guess]).toBe(encoding);
    }
  });

  test('MacRoman: nothing of it is lost', () => {
    const text = 'O coração. Você viu É.\n';
    const { text: read, reader } = readInPieces(encode(text, 'macintosh'), []);
    expect(read).toBe(text);
    expect(reader.guess).toEqual({
      encoding: 'macintosh',
      certainty: 'sure',
      words: ['coração', 'Você', 'É'],
      rivals: [],
    });
  });

  test('beyond a long beginning in ASCII, and where letters beyond it are few', () => {
    const plain = 'Nothing here is beyond ASCII, line after line.\n'.repeat(3000);
    const text = `${plain}Um coração.\n${plain}Não é nada.\n`;
    for (const encoding of ['windows-1252', 'macintosh', 'cp850']) {
      const { text: read, reader } = readInPieces(encode(text, encoding), [5000, 150_000]);
      expect(read).toBe(text);
      expect(reader.encoding).toBe(encoding);
    }
  });

  test('Japanese of seven bits, by its escapes', () => {
    const bytes = together(
      utf8('a\n'),
      Uint8Array.of(0x1b, 0x24, 0x42, 0x46, 0x7c, 0x4b, 0x5c, 0x1b, 0x28, 0x42),
      utf8('b'),
    );
    for (let at = 0; at < bytes.length; at++) expect(readInPieces(bytes, [at]).text).toBe('a\n日本b');
  });
});

describe('UTF-8', () => {
  test('with replacement characters of its own is UTF-8', () => {
    const text = 'O cora\ufffd\ufffdo '.repeat(800);
    const { text: read, reader } = readInPieces(utf8(text), []);
    expect([Array.from(read).length, reader.encoding]).toEqual([8000, 'utf-8']);
  });

  const line = 'Não há pressa: coração, pão e maçã.\n';
  const stray = together(utf8(line.repeat(150)), Uint8Array.of(0xe9, 0x0a), utf8(line.repeat(150)));

  test('with one byte that is not: named with its line, and what can be done', () => {
    const at = utf8(line).length * 150;
    for (const cuts of [[], [at], [at + 1], [100, 2000]])
      expect(complaintOf(() => readInPieces(stray, cuts))).toMatch(
        new RegExp(`^t: byte ${at} \\(0xe9\\) is not UTF-8.*line 151,.*--bad-bytes (?!.*windows)`),
      );
  });

  test.each([
    ['replace', '\ufffd'],
    ['drop', ''],
  ] as const)('with one byte that is not, and --bad-bytes %s', (badBytes, instead) => {
    for (const cuts of [[], [6150], [6151], [6152]]) {
      const { text, reader } = readInPieces(stray, cuts, { badBytes });
      expect(text).toBe(`${line.repeat(150)}${instead}\n${line.repeat(150)}`);
      expect(reader.changes.badBytes).toBe(1);
    }
  });

  test('with bad bytes anywhere: replaced as TextDecoder does it, wherever the pieces are cut', () => {
    const bytes = fc.array(
      fc.oneof(
        fc.constantFrom(...['ação ', 'é', '\n', '🙂', '日'].map((text) => [...utf8(text)])),
        fc.constantFrom([0xe9], [0xff], [0xc3], [0xf0, 0x9f], [0xed, 0xa0, 0x80], [0xc0, 0xaf], [0xe2, 0x82]),
      ),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(bytes, fc.array(fc.nat(60), { maxLength: 5 }), (parts, cuts) => {
        const all = Uint8Array.from([...utf8('x'), ...parts.flat()]);
        const expected = new TextDecoder('utf-8').decode(all).normalize('NFC');
        const reading = { encoding: 'utf-8' } as const;
        expect(readInPieces(all, cuts, { ...reading, badBytes: 'replace' }).text).toBe(expected);
        const dropped = readInPieces(all, cuts, { ...reading, badBytes: 'drop' });
        expect(dropped.text).toBe(expected.replaceAll('\ufffd', ''));
        expect(dropped.reader.changes.badBytes).toBe(expected.split('\ufffd').length - 1);
      }),
    );
  });
});

describe('two encodings in one file', () => {
  const { text } = SAMPLES.pt;
  const after = utf8(text);

  test.each(['windows-1252', 'macintosh', 'cp850'])(
    '%s first, then UTF-8: refused where that begins',
    (first) => {
      for (const times of [1, 30, 400]) {
        const before = encode(`${text}\n`.repeat(times), first);
        const bytes = together(before, after);
        for (const cuts of [[], [before.length + 3], [1000, 40_000, before.length]]) {
          const message = complaintOf(() => readInPieces(bytes, cuts));
          const [, byte, lines] =
            /^t: from byte (\d+) on \(line (\d+)\) the text is UTF-8/.exec(message) ?? [];
          const shows = before.length + after.findIndex((value) => value > 0x7f);
          expect(Number(byte), message).toBe(shows);
          expect(Number(lines)).toBe(4 * times + 1);
          expect(message).toContain(first);
        }
      }
    },
  );

  test.each(['windows-1252', 'macintosh'])('UTF-8 first, then %s: refused where that begins', (second) => {
    for (const times of [1, 400]) {
      const before = utf8(`${text}\n`.repeat(times));
      const rest = encode(text, second);
      const message = complaintOf(() => readInPieces(together(before, rest), [5000]));
      const shows = before.length + rest.findIndex((value) => value > 0x7f);
      expect(message).toMatch(
        new RegExp(`^t: from byte ${shows} on \\(line ${4 * times + 1}\\) the text is ${second}`),
      );
    }
  });

  const PORTUGUESE = SAMPLES.pt.text;
  test.each(['windows-1251', 'koi8-r', 'windows-1252', 'macintosh', 'shift_jis', 'gb18030'])(
    'much of %s beside little UTF-8, in either order: told where, and what either is',
    (other) => {
      const language =
        { shift_jis: 'ja', gb18030: 'zhHans', 'windows-1251': 'ru', 'koi8-r': 'ru' }[other] ?? 'pt';
      const text = Array.from(SAMPLES[language].text, (symbol) =>
        canEncode(symbol, other) ? symbol : ' ',
      ).join('');
      const [first, second] = [utf8(PORTUGUESE.repeat(2)), encode(text.repeat(9), other)];
      const began = first.findLastIndex((byte) => byte > 0x7f);
      const told = complaintOf(() => decodeText(together(first, second), 'a.txt'));
      const place = Number(/from byte (\d+) on/.exec(told)?.[1]);
      expect(told).toMatch(/the text is (\S+), before it is UTF-8/);
      expect(place).toBeGreaterThan(began);
      expect(place).toBeLessThanOrEqual(first.length + second.findIndex((byte) => byte > 0x7f));
      const reversed = complaintOf(() => decodeText(together(second, first), 'a.txt'));
      expect(reversed).toMatch(`the text is UTF-8, before it is ${other},`);
    },
  );

  test.each(['le', 'be'] as const)(
    'UTF-16%s, with its mark or without, and then one byte a character',
    (order) => {
      for (const mark of [true, false]) {
        const [first, second] = [utf16(PORTUGUESE, order, mark), utf8(PORTUGUESE)];
        const told = complaintOf(() => decodeText(together(first, second), 'a.txt'));
        expect(Number(/from byte (\d+) on/.exec(told)?.[1])).toBeGreaterThanOrEqual(first.length);
        expect(Number(/from byte (\d+) on/.exec(told)?.[1])).toBeLessThan(first.length + 100);
        expect(told).toMatch(/the text is UTF-8, before it is UTF-16/);
      }
      // Who names it knows.
      expect(
        decodeText(together(utf16('ab', order, false), utf8('c'.repeat(64))), 'a', {
          encoding: `utf-16${order}`,
        }),
      ).toHaveLength(34);
    },
  );

  test('of two bytes a character, what is rare in one language is not in another', () => {
    const kana = 'あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむ'.repeat(40);
    for (const text of [kana, SAMPLES.zhHans.text.repeat(9), SAMPLES.ja.text.repeat(9)])
      for (const order of ['le', 'be'] as const)
        expect(readInPieces(utf16(text, order, true), [5]).text).toBe(text.normalize('NFC'));
  });

  test('halves of pairs, each written by itself (CESU-8), are no encoding but bytes at fault', () => {
    const pair = Uint8Array.of(0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80);
    const bytes = together(utf8(PORTUGUESE), pair, utf8(PORTUGUESE));
    expect(complaintOf(() => decodeText(bytes, 'a.txt'))).toMatch(/\(0xed\) is not UTF-8, as the rest is/);
    expect(decodeText(bytes, 'a.txt', { badBytes: 'drop' })).toBe(PORTUGUESE + PORTUGUESE);
  });

  test('Chinese of two kinds', () => {
    const before = encode(SAMPLES.zhHans.text.repeat(30), 'gbk');
    expect(complaintOf(() => readInPieces(together(before, utf8(SAMPLES.zhHans.text)), []))).toMatch(
      /^t: from byte \d+ on .* UTF-8, before it is gb18030/,
    );
  });

  test('named, they are read as is said: who names it knows', () => {
    expect(decodeText(utf8('é'), 't', { encoding: 'windows-1252' })).toBe('Ã©');
  });
});

describe('what is no text', () => {
  test('in two bytes a character either: noise, and a zero by itself', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 100 }), (bytes) => {
        fc.pre(bytes.includes(0));
        expect(guessWide(bytes)).toBeNull();
      }),
      { seed: 5 },
    );
    expect(guessWide(utf8('ab\0c'))).toBeNull();
  });
});

describe('the encodings there are', () => {
  test('have one name each, by which they are known', () => {
    for (const name of ENCODINGS) if (name !== 'auto') expect(encodingNamed(name)).toBe(name);
    expect(['latin1', 'MacRoman', 'IBM850', 'cp437', 'gb2312', 'utf8'].map(encodingNamed)).toEqual([
      'windows-1252',
      'macintosh',
      'cp850',
      'cp437',
      'gbk',
      'utf-8',
    ]);
  });

  test('of DOS: letters where they were, 256 of them', () => {
    const at = (encoding: string, ...bytes: readonly number[]): string =>
      String.fromCharCode(...bytes.map((byte) => byteTable(encoding)[byte]));
    expect(at('cp850', 0x87, 0xc6, 0xe4, 0x82, 0xd5, 0xff)).toBe('çãõéı\xa0');
    expect(at('cp437', 0x87, 0xa5, 0xc4, 0xe1, 0xf6, 0xff)).toBe('çÑ─ß÷\xa0');
    expect(at('cp852', 0xa5, 0x88, 0xbe, 0xf8, 0xfc)).toBe('ąłż°Ř');
    for (const encoding of ['cp437', 'cp850', 'cp852']) {
      expect(new Set(byteTable(encoding)).size).toBe(256);
      expect(byteTable(encoding)).not.toContain(UNDEFINED);
    }
  });

  test('have no character for a byte that is undefined', () => {
    expect([0x81, 0x8d, 0x8f, 0x90, 0x9d].map((byte) => byteTable('windows-1252')[byte])).toEqual(
      new Array(5).fill(UNDEFINED),
    );
    expect(byteTable('windows-1252').filter((code) => code === UNDEFINED)).toHaveLength(5);
  });
});
