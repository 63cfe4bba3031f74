/** What the tests of `text/` share: a reader fed in pieces, texts that are hard to cut. */
import * as fc from 'fast-check';
import { TextReader } from '../../src/text/decode.js';
import type { Reading } from '../../src/text/reading.js';

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export function utf16(text: string, order: 'le' | 'be', withMark: boolean): Uint8Array {
  const units = withMark ? `\ufeff${text}` : text;
  const view = new DataView(new ArrayBuffer(2 * units.length));
  for (let i = 0; i < units.length; i++) view.setUint16(2 * i, units.charCodeAt(i), order === 'le');
  return new Uint8Array(view.buffer);
}

export function utf32(text: string, order: 'le' | 'be', withMark: boolean): Uint8Array {
  const codes = Array.from(withMark ? `\ufeff${text}` : text, (symbol) => symbol.codePointAt(0) ?? 0);
  const view = new DataView(new ArrayBuffer(4 * codes.length));
  codes.forEach((code, i) => {
    view.setUint32(4 * i, code, order === 'le');
  });
  return new Uint8Array(view.buffer);
}

/** What is read of `bytes` when they come cut at `cuts`. */
export function readInPieces(
  bytes: Uint8Array,
  cuts: readonly number[],
  reading: Partial<Reading> = {},
): { text: string; reader: TextReader } {
  const reader = new TextReader('t', reading);
  let text = '';
  let from = 0;
  for (const cut of [...cuts.map((at) => at % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]) {
    text += reader.push(bytes.slice(from, cut));
    from = cut;
  }
  return { text: text + reader.end(), reader };
}

/** Decomposed and composed letters, Hangul by its parts, marks in the wrong order, other planes, ends of lines. */
const HARD = [
  ...[
    'a',
    'é',
    'e\u0301',
    'c\u0327\u0301',
    'q\u0307\u0323',
    'A\u030a',
    '\u212b',
    '\u1100\u1161',
    '\u11a8',
    '\uac00',
  ],
  ...[
    '\uac00\u11a8',
    '한',
    '글',
    '\u0344',
    '\u{1d15e}',
    '🙂',
    '漢',
    'ﬁ',
    '—',
    '\u2000',
    ' ',
    '\t',
    '\r\n',
    '\r',
    '\n',
  ],
  ...['\u00ad', '\x0c', '\x85', '\ufeff', 'Σ', 'İ', '\u09c7\u09be', '\u{110a5}\u{110ba}', '*', '*** '],
];

export const hardText = fc
  .array(fc.oneof(fc.constantFrom(...HARD), fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 30 })
  // A text that begins beyond ASCII by a single character of Latin-1 would be read as such; and a zero is a binary.
  // A backspace takes back what is before it: overstrikes.test.ts.
  .map((parts) =>
    parts
      .join('')
      .replace(/[\0\b]/g, '')
      .replace(/[\ud800-\udfff](?![\udc00-\udfff])/gu, ''),
  );

export const cutsOf = fc.array(fc.nat(200), { maxLength: 8 });
