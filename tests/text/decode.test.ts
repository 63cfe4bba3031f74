/** Bytes to clean text: the same whatever the encoding and wherever the pieces are cut. */
import { existsSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DissipaError } from '../../src/base/errors.js';
import { lowercased } from '../../src/text/clean.js';
import { decodeText } from '../../src/text/decode.js';
import { encodingNamed } from '../../src/text/encoding/names.js';
import { cutsOf, hardText, readInPieces, utf16, utf8 } from './reading.js';

/** What becomes of a text, in one line and all at once. */
const cleaned = (text: string): string =>
  text
    .replace(/\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]/g, '\n')
    .replace(/(?![\t\n])\p{Cc}|\u00ad|\ufeff/gu, '')
    .normalize('NFC');

function complaintOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof DissipaError) return error.message;
    throw error;
  }
  return 'no complaint';
}

describe('what is read', () => {
  test('is the text, cleaned, from every Unicode encoding, cut anywhere', () => {
    fc.assert(
      fc.property(hardText, cutsOf, (text, cuts) => {
        const expected = cleaned(text);
        fc.pre(expected !== '');
        expect(readInPieces(utf8(`\ufeff${text}`), cuts).text).toBe(expected);
        expect(readInPieces(utf8(text), cuts, { encoding: 'utf-8' }).text).toBe(expected);
        for (const order of ['le', 'be'] as const) {
          // Two characters, and it cannot be taken for UTF-32.
          const wide = readInPieces(utf16(`ab${text}`, order, true), cuts);
          expect(wide.text).toBe(cleaned(`ab${text}`));
          expect(wide.reader.encoding).toBe(`utf-16${order}`);
          // Named, it is not waited for the beginning of the file: every piece is decoded as it comes.
          const named = { encoding: `utf-16${order}` };
          expect(readInPieces(utf16(text, order, false), cuts, named).text).toBe(expected);
        }
      }),
      { numRuns: 500 },
    );
  });

  test.each(['ação \u1112\u1161\u11ab e\u0301\r\nfim 🙂.', 'x\r\r\n\ry', '\u00ada\u0303\u00ad\u0301b'])(
    'is the same cut at every byte: %j',
    (text) => {
      const bytes = utf8(text);
      const expected = cleaned(text);
      for (let a = 0; a <= bytes.length; a++)
        for (let b = a; b <= bytes.length; b++)
          for (const encoding of ['auto', 'utf-8'])
            expect(readInPieces(bytes, [a, b], { encoding }).text).toBe(expected);
      const singly = Array.from(bytes.keys());
      for (const encoding of ['auto', 'utf-8'])
        expect(readInPieces(bytes, singly, { encoding }).text).toBe(expected);
    },
  );

  test('is the same where the beginning is long gone, the encoding found on the way', () => {
    const [before, after] = ['Before.\n'.repeat(10_000), ' depois não há.'.repeat(5000)];
    fc.assert(
      fc.property(hardText, cutsOf, (text, cuts) => {
        const bytes = utf8(before + text + after);
        const places = cuts.map((cut) => before.length - 20 + cut);
        expect(readInPieces(bytes, [5000, ...places]).text).toBe(cleaned(before + text + after));
      }),
      { numRuns: 40 },
    );
  });

  test('joins what was cut apart: accents, Hangul, marks in order', () => {
    expect(decodeText(utf8('e\u0301 \u1112\u1161\u11ab q\u0307\u0323'), 't')).toBe('é 한 q\u0323\u0307');
    expect(readInPieces(utf8('xe\u0301'), [2]).text).toBe('xé');
    expect(readInPieces(utf8('x가\u11a8'), [4]).text).toBe('x각');
  });

  test('with --lowercase has small letters, whatever stands beside them', () => {
    fc.assert(
      fc.property(hardText, cutsOf, (text, cuts) => {
        fc.pre(cleaned(text) !== '');
        const { text: read } = readInPieces(utf8(text), cuts, { encoding: 'utf-8', lowercase: true });
        expect(read).toBe(lowercased(cleaned(text)).normalize('NFC'));
        expect(read).toBe(readInPieces(utf8(read), [], { encoding: 'utf-8', lowercase: true }).text);
      }),
    );
    expect(decodeText(utf8('ΟΔΟΣ É'), 't', { lowercase: true })).toBe('οδοσ é');
  });
});

describe('the encoding', () => {
  const PORTUGUESE = 'Não há “pressa”: coração, pão e maçã – 5 €.\n';
  const windows1252 = (text: string): Uint8Array =>
    Uint8Array.from(text, (c) => ({ '“': 0x93, '”': 0x94, '–': 0x96, '€': 0x80 })[c] ?? c.charCodeAt(0));

  test.each([1, 500])('is found: Windows-1252, also beyond a long beginning in ASCII (×%i)', (times) => {
    const ascii = 'Nothing here is beyond ASCII, line after line.\n'.repeat(times * 3);
    const text = ascii + PORTUGUESE.repeat(times);
    const { text: read, reader } = readInPieces(windows1252(text), [3, 100, 150]);
    expect(read).toBe(text);
    expect(reader.encoding).toBe('windows-1252');
    expect(readInPieces(utf8(text), [3, 100, 150]).reader.encoding).toBe('utf-8');
  });

  test('Windows-1252 has its own characters from 0x80 to 0x9F, and ISO-8859-1 is read as it', () => {
    const bytes = Uint8Array.from([0x80, 0x92, 0x9f, 0xe7, 0x81]);
    expect(decodeText(bytes.slice(0, 4), 't', { encoding: 'latin1' })).toBe('€’Ÿç');
    // What it does not have is no character, and is not left out unsaid.
    expect(complaintOf(() => decodeText(bytes, 't', { encoding: 'latin1' }))).toMatch(
      /^t: byte 4 \(0x81\) is not windows-1252/,
    );
    const dropped = readInPieces(bytes, [], { encoding: 'latin1', badBytes: 'drop' });
    expect([dropped.text, dropped.reader.changes.badBytes]).toEqual(['€’Ÿç', 1]);
    expect(decodeText(Uint8Array.of(0x61, 0xe9), 't')).toBe('aé');
    expect(decodeText(Uint8Array.of(0xe9), 't')).toBe('é');
  });

  test('is found: UTF-16 without a mark, where it is Western; a zero elsewhere is a binary', () => {
    for (const order of ['le', 'be'] as const) {
      const { text, reader } = readInPieces(utf16(PORTUGUESE, order, false), [1, 5]);
      expect(text).toBe(PORTUGUESE);
      expect(reader.encoding).toBe(`utf-16${order}`);
    }
    expect(complaintOf(() => decodeText(utf8('ab\0c'), 'b.txt'))).toBe(
      'b.txt: byte 2 is 0, so this is a binary file, expected a text; name a text file',
    );
    const late = utf8(`${'line\n'.repeat(2000)}é\0`);
    expect(complaintOf(() => readInPieces(late, [5000]))).toMatch(/^t: byte 10002 is 0/);
  });

  test('is the one named, where one is', () => {
    expect(decodeText(Uint8Array.of(0xa4), 't', { encoding: 'iso-8859-15' })).toBe('€');
    expect(decodeText(Uint8Array.of(0x93, 0xfa, 0x96, 0x7b), 't', { encoding: 'shift_jis' })).toBe('日本');
    expect(decodeText(utf8('é'), 't', { encoding: 'windows-1252' })).toBe('Ã©');
    expect([encodingNamed('LATIN1'), encodingNamed('utf8'), encodingNamed('klingon')]).toEqual([
      'windows-1252',
      'utf-8',
      undefined,
    ]);
  });

  test('mixed is refused, at the byte where the other one begins', () => {
    const mixed = Uint8Array.from([...utf8('é ç ã '.repeat(20)), 0xe7, 0x61, ...utf8(' õ')]);
    for (const cuts of [[], [100], [181]])
      expect(complaintOf(() => readInPieces(mixed, cuts))).toMatch(
        /^t: byte 180 \(0xe7\) is not UTF-8.*line 1.*--bad-bytes/,
      );
    // Long after the encoding was found.
    const long = Uint8Array.from([...utf8('ção '.repeat(40_000)), 0xe7, 0x20]);
    expect(complaintOf(() => readInPieces(long, [100_000, 200_001]))).toMatch(/^t: byte 240000 \(0xe7\)/);
  });

  test('is decided by the same bytes however they come', () => {
    // First one character of UTF-8, and far behind it many of Latin-1.
    const bytes = Uint8Array.from([
      ...utf8(`${'a'.repeat(5000)}é${'b'.repeat(70_000)}`),
      ...new Array<number>(50).fill(0xe9),
    ]);
    const complaint = complaintOf(() => readInPieces(bytes, []));
    expect(complaint).toMatch(/^t: from byte 75002 on \(line 1\)/);
    for (const cuts of [[6000], [74_000], [75_010]])
      expect(complaintOf(() => readInPieces(bytes, cuts))).toBe(complaint);
  });

  test('of a file that is cut off, or is none that is read, is told', () => {
    expect(complaintOf(() => decodeText(utf8('cora\u00e7\u00e3o').slice(0, 7), 't'))).toMatch(
      /^t: the file ends in the middle of a character of UTF-8, at byte 6, expected a text; is it complete/,
    );
    expect(complaintOf(() => decodeText(utf16('ab', 'le', true).slice(0, 5), 't'))).toMatch(
      /UTF-16LE, at byte 4/,
    );
    expect(complaintOf(() => decodeText(Uint8Array.of(0xff, 0xfe, 0, 0, 65, 0, 0), 't'))).toMatch(
      /^t: the file ends in the middle of a character of UTF-32LE, at byte 4/,
    );
    expect(complaintOf(() => decodeText(new Uint8Array(), 't'))).toBe(
      't: the file is empty, expected a text',
    );
    expect(complaintOf(() => decodeText(utf8('\ufeff\r'), 't'))).toBe('no complaint');
    expect(complaintOf(() => decodeText(utf8('\ufeff\x01'), 't'))).toMatch(/^t: nothing is left of the file/);
  });

  test('of bytes without zeros that are no text either is told', () => {
    const noise = Uint8Array.from({ length: 3000 }, (_, i) => 1 + ((i * 7919) % 255));
    expect(complaintOf(() => decodeText(noise, 't'))).toMatch(
      /^t: byte \d+ is \d+, a control character among many, so this is a binary file/,
    );
  });

  test('whatever the bytes, they are read or refused in one line', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), cutsOf, (bytes, cuts) => {
        let whole: string;
        try {
          whole = decodeText(bytes, 't');
        } catch (error) {
          if (!(error instanceof DissipaError)) throw error;
          expect(error.message).toMatch(/^t: [^\n]+$/);
          expect(complaintOf(() => readInPieces(bytes, cuts))).toBe(error.message);
          return;
        }
        expect(readInPieces(bytes, cuts).text).toBe(whole);
        expect(whole).toBe(cleaned(whole));
      }),
      { numRuns: 1000 },
    );
  });
});

const GUTENBERG = new URL('../../../shared/corpora/gutenberg-18220.iso-8859-1.crlf.txt', import.meta.url);

test.skipIf(!existsSync(GUTENBERG))(
  'a real file of Project Gutenberg: Latin-1, CRLF, header, licence',
  () => {
    const { text, reader } = readInPieces(readFileSync(GUTENBERG), [70_000, 70_001, 200_000]);
    expect(reader.encoding).toBe('windows-1252');
    expect(text.trimStart()).toMatch(/^EÇA DE QUEIROZ/);
    expect(text.trimEnd()).toMatch(/a sahir|Amanhã|\S$/);
    expect(text).toContain('EÇA DE QUEIROZ');
    expect(text).not.toMatch(/\r|\*\*\*|Project Gutenberg License/);
    expect(reader.cuts.reduce((sum, { characters }) => sum + characters, 0) + text.length).toBe(
      readInPieces(readFileSync(GUTENBERG), [], { keepBoilerplate: true }).text.length,
    );
  },
);
