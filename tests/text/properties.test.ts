/**
 * What holds of any text on its whole way from bytes to characters, drawn from fixed seeds: it is read as it was written
 * or said to be unsure, nothing is lost that is not counted, and where the pieces are cut makes no difference.
 */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DissipaError } from '../../src/base/errors.js';
import { decodeText } from '../../src/text/decode.js';
import type { Changes } from '../../src/text/controls.js';
import { CANDIDATES } from '../../src/text/encoding/candidates.js';
import { ENCODINGS } from '../../src/text/encoding/names.js';
import { canEncode, encode } from './encode.js';
import { FOOTERS, HEADERS } from './gutenberg.js';
import { readInPieces, utf16, utf32, utf8 } from './reading.js';
import { SAMPLES } from './samples.js';

const SEED = 20;
const LANGUAGES = Object.keys(SAMPLES);
const OF_BYTES = ENCODINGS.filter(
  (name) => name !== 'auto' && !name.startsWith('utf-') && name !== 'iso-2022-jp',
);
const cuts = fc.array(fc.nat(100_000), { maxLength: 8 });

/** A stretch of one of the samples, once or over and over. */
const excerpt = fc
  .tuple(
    fc.constantFrom(...LANGUAGES),
    fc.nat(400),
    fc.integer({ min: 1, max: 400 }),
    fc.constantFrom(1, 1, 5),
  )
  .map(([language, from, length, times]) => {
    const symbols = Array.from(SAMPLES[language].text);
    const part = symbols.slice(from % symbols.length).slice(0, length);
    return { language, text: part.join('').repeat(times) };
  });

/** Only what the encoding has. */
const possible = (text: string, encoding: string): string =>
  Array.from(text, (symbol) => (canEncode(symbol, encoding) ? symbol : ' ')).join('');

const outcome = (read: () => string): string => {
  try {
    return read();
  } catch (error) {
    if (error instanceof DissipaError) return `refused: ${error.message}`;
    throw error;
  }
};

describe(`encodings (seed ${SEED})`, () => {
  test('named, a text is read as it was written', () => {
    fc.assert(
      fc.property(excerpt, fc.constantFrom(...OF_BYTES), cuts, ({ text }, encoding, at) => {
        const written = possible(text, encoding);
        expect(readInPieces(encode(written, encoding), at, { encoding }).text).toBe(written);
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });

  test('of Unicode, with its mark or without', () => {
    const ways = fc.constantFrom<(text: string) => Uint8Array>(
      utf8,
      (text) => utf8(`\ufeff${text}`),
      ...(['le', 'be'] as const).flatMap((order) => [
        (text: string) => utf16(text, order, true),
        (text: string) => utf32(text, order, true),
        (text: string) => utf32(text, order, false),
      ]),
    );
    fc.assert(
      fc.property(excerpt, ways, cuts, ({ text }, write, at) => {
        fc.pre(text.length >= 8 && /\S/.test(text));
        expect(readInPieces(write(text), at).text).toBe(text);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  test('found out, it is read as it was written, or not called sure', { timeout: 300_000 }, () => {
    const candidates = CANDIDATES.filter(({ encoding }) => encoding !== 'utf-8');
    let [right, all] = [0, 0];
    fc.assert(
      fc.property(
        excerpt,
        fc.constantFrom(...candidates),
        cuts,
        ({ language, text }, { encoding, languages }, at) => {
          fc.pre(languages.some((one) => one === language));
          const written = possible(text, encoding);
          fc.pre(/[^\0-\x7f]/.test(written));
          const { text: read, reader } = readInPieces(encode(written, encoding), at);
          all++;
          if (read === written) right++;
          else expect([reader.guess?.certainty, reader.encoding, read]).not.toContain('sure');
        },
      ),
      { seed: SEED, numRuns: 300 },
    );
    // Many of them are a word or two.
    expect(right / all).toBeGreaterThan(0.9);
  });
});

interface Part {
  readonly raw: string;
  readonly kept: string;
  readonly changes: Partial<Changes>;
  /** Of a book: what of it is to be cut. */
  readonly cut?: number;
}

const ESC = '\x1b';
const PARTS: readonly Part[] = [
  { raw: '\r\n', kept: '\n', changes: { carriageReturns: 1 } },
  { raw: '\r', kept: '\n', changes: { carriageReturns: 1 } },
  ...['\v', '\f', '\x85', '\u2028', '\u2029', '\x1e'].map((raw) => ({
    ...{ raw, kept: '\n', changes: { otherLineEnds: 1 } },
  })),
  ...[
    `${ESC}[31m`,
    `${ESC}[1;32;4m`,
    `${ESC}]0;título\x07`,
    `${ESC}]8;;http://a.example${ESC}\\`,
    `${ESC}(B`,
    `${ESC}[?25l`,
    '\x9b0m',
  ].map((raw) => ({ raw, kept: '', changes: { escapeSequences: 1 } })),
  { raw: '\x01', kept: '', changes: { controls: 1 } },
  { raw: '\x7f', kept: '', changes: { controls: 1 } },
  { raw: '\xad', kept: '', changes: { softHyphens: 1 } },
  { raw: '\ufeff', kept: '', changes: { byteOrderMarks: 1 } },
  { raw: 'e\u0301', kept: 'é', changes: { composed: 1 } },
  { raw: 'c\u0327', kept: 'ç', changes: { composed: 1 } },
  { raw: '\ufffd', kept: '\ufffd', changes: {} },
];
const WORDS = ['maré ', 'o ', 'coração, ', 'Project ', 'água\n', 'fim.\n\n', '🙂 '];
const plain = fc.constantFrom(...WORDS).map((raw): Part => ({ raw, kept: raw, changes: {} }));

describe(`what is removed and replaced (seed ${SEED})`, () => {
  test('characters written = characters read + those counted, whatever stands beside what', () => {
    const part = fc.oneof({ weight: 3, arbitrary: plain }, fc.constantFrom(...PARTS));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 40 }), cuts, (parts, at) => {
        // A word between two of them: else \r and \n would be one, and marks stand on what was before.
        const apart = parts.flatMap((one) => [one, { raw: 'x', kept: 'x', changes: {} }]);
        const raw = `ção ${apart.map((one) => one.raw).join('')}`;
        const kept = `ção ${apart.map((one) => one.kept).join('')}`;
        const { text, reader } = readInPieces(utf8(raw), at);
        expect(text).toBe(kept);
        const counted = Object.fromEntries(
          Object.keys(reader.changes).map((kind) => [
            kind,
            apart.reduce((sum, { changes }) => sum + ((changes as Record<string, number>)[kind] ?? 0), 0),
          ]),
        );
        expect(reader.changes).toEqual(counted);
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });

  const own = fc
    .array(fc.constantFrom(...WORDS, 'Gutenberg era de Mainz. ', 'Title: nada\n', '*** \n'), {
      minLength: 1,
      maxLength: 60,
    })
    .map((words): Part => {
      const text = `Isto é meu.\n\n${words.join('')}\nE isto também.\n`;
      return { raw: text, kept: text, changes: {}, cut: 0 };
    });
  const book = fc
    .tuple(fc.constantFrom(...Object.values(HEADERS)), fc.nat(60), fc.constantFrom(...Object.values(FOOTERS)))
    .map(([header, more, footer]): Part => {
      const body = `A MARÉ\n\nA maré subiu.\n\n${'Outra linha do livro.\n\n'.repeat(more)}`;
      return { raw: header + body + footer, kept: body, changes: {}, cut: 1 };
    });

  test('of own texts and books in any order nothing goes but headers and licences, to the character', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(own, book), { minLength: 1, maxLength: 5 }), cuts, (parts, at) => {
        const raw = parts.map((one) => one.raw).join('');
        const { text, reader } = readInPieces(utf8(raw), at);
        const lines = (all: string): string[] => all.split('\n').filter((line) => line.trim() !== '');
        expect(lines(text)).toEqual(lines(parts.map((one) => one.kept).join('')));
        const cut = reader.cuts.reduce((sum, { characters }) => sum + characters, 0);
        expect(Array.from(text).length + cut).toBe(Array.from(raw).length);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});

describe(`pieces (seed ${SEED})`, () => {
  const written = fc.oneof(
    fc
      .tuple(excerpt, fc.constantFrom(...OF_BYTES))
      .map(([{ text }, encoding]) => encode(possible(text, encoding), encoding)),
    fc
      .tuple(excerpt, excerpt, fc.constantFrom(...OF_BYTES))
      .map(([a, b, encoding]) =>
        Uint8Array.from([...utf8(a.text), ...encode(possible(b.text, encoding), encoding)]),
      ),
    fc
      .array(fc.constantFrom(...PARTS, ...WORDS.map((raw) => ({ raw }))))
      .map((parts) => utf8(parts.map(({ raw }) => raw).join(''))),
    fc.uint8Array({ maxLength: 300 }),
  );

  test(
    'of any size give what is given at once: the text, or what is said of it',
    { timeout: 300_000 },
    () => {
      fc.assert(
        fc.property(
          written,
          fc.integer({ min: 1, max: 64 }),
          fc.constantFrom('refuse', 'replace', 'drop'),
          (bytes, size, badBytes) => {
            const at = Array.from({ length: Math.floor(bytes.length / size) }, (_, i) => (i + 1) * size);
            const whole = outcome(() => decodeText(bytes, 't', { badBytes }));
            expect(outcome(() => readInPieces(bytes, at, { badBytes }).text)).toBe(whole);
          },
        ),
        { seed: SEED, numRuns: 300 },
      );
    },
  );
});
