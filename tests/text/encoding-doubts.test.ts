/**
 * Parts of a text that are in another encoding and too short to refuse it for: told, with their line; and where a text is
 * in one encoding, hardly ever. No text of up to three encodings is read wrong without a word.
 */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DissipaError } from '../../src/base/errors.js';
import { decodeText } from '../../src/text/decode.js';
import { CANDIDATES } from '../../src/text/encoding/candidates.js';
import { canEncode, encode } from './encode.js';
import { readInPieces, utf16, utf8 } from './reading.js';
import { SAMPLES } from './samples.js';

const SEED = 26;
const together = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const possible = (text: string, encoding: string): string =>
  Array.from(text, (symbol) => (canEncode(symbol, encoding) ? symbol : ' ')).join('');

const bytesOf = (text: string, encoding: string): Uint8Array =>
  encoding === 'utf-8'
    ? utf8(text)
    : encoding === 'utf-16le' || encoding === 'utf-16be'
      ? utf16(text, encoding === 'utf-16le' ? 'le' : 'be', false)
      : encode(possible(text, encoding), encoding);

/** As people write: each line says something beyond ASCII, and no two say the same. */
const LINES = [
  'O relojoeiro não abriu a loja, porque já era sábado e ninguém viria.',
  'Você também esqueceu as chaves? perguntou a irmã, com um ar de solidão.',
  'A estação ficava além da ponte, e o trem só passava às três horas.',
  'Então começou a procissão: crianças, anões, um avô de bengala.',
  'Havia lá um órgão velho que a família nunca pôde consertar.',
  'O café esfriou na mesa enquanto discutiam a herança do tabelião.',
  'Depois da missa, o pároco contou outra vez a história do pássaro.',
  'Ninguém sabia a razão daquela tristeza, nem a própria mãe.',
  'No verão as águas baixam, e os pescadores consertam as redes no chão.',
  'É possível que amanhã a situação seja outra, disse o capitão.',
  'Os vizinhos ouviram um trovão, e logo a iluminação da rua falhou.',
  'Trouxe pão, maçãs e um queijo que só se faz na região.',
];
const textOf = (from: number, lines: number): string =>
  Array.from({ length: lines }, (_, i) => `${LINES[(from + i) % LINES.length]}\n`).join('');

interface Outcome {
  /** What was read; null where it was refused. */
  readonly text: string | null;
  /** What was said, with its first line number; null for nothing. */
  readonly line: number | null;
}
function outcomeOf(bytes: Uint8Array, cuts: readonly number[] = []): Outcome {
  try {
    const { text, reader } = readInPieces(bytes, cuts);
    return { text, line: reader.doubt?.place.line ?? null };
  } catch (error) {
    if (!(error instanceof DissipaError)) throw error;
    const line = /line (\d+)/.exec(error.message)?.[1];
    expect(line, error.message).toBeDefined();
    return { text: null, line: Number(line) };
  }
}

describe('parts of two lines or three', () => {
  const pairs = [
    ['windows-1252', 'macintosh'],
    ['macintosh', 'windows-1252'],
    ['cp850', 'windows-1252'],
    ['macintosh', 'cp850'],
    ['utf-8', 'macintosh'],
    ['cp850', 'utf-8'],
    ['utf-8', 'windows-1252'],
    ['windows-1252', 'utf-8'],
    ['windows-1252', 'utf-16le'],
  ] as const;
  test.each(pairs)('%s before or after much of %s: refused or told, with the line', (short, long) => {
    for (const lines of [2, 3]) {
      const first = outcomeOf(together(bytesOf(textOf(0, lines), short), bytesOf(textOf(3, 9), long)));
      expect(first.line, `first ${lines}`).not.toBeNull();
      expect(first.line).toBeLessThanOrEqual(lines + 2);
      const last = outcomeOf(together(bytesOf(textOf(3, 9), long), bytesOf(textOf(0, lines), short)));
      expect(last.line, `last ${lines}`).not.toBeNull();
      expect(last.line).toBeGreaterThanOrEqual(9);
    }
  });

  test('of UTF-8 one line is enough, wherever the pieces are cut', () => {
    for (const encoding of ['windows-1252', 'macintosh', 'cp850']) {
      const bytes = together(bytesOf(textOf(0, 1), 'utf-8'), bytesOf(textOf(1, 11), encoding));
      expect(outcomeOf(bytes).line, encoding).toBeLessThanOrEqual(2);
      expect(outcomeOf(bytes, [1, 30, 77, 200])).toEqual(outcomeOf(bytes));
    }
  });
});

describe('UTF-16 between two parts of one byte a character', () => {
  test.each(['windows-1252', 'cp850', 'macintosh', 'utf-8'])('%s: where it begins', (encoding) => {
    for (const wide of ['utf-16le', 'utf-16be'])
      for (const lines of [1, 3, 12]) {
        const parts = [
          bytesOf(textOf(0, lines), encoding),
          bytesOf(textOf(4, lines + 3), wide),
          bytesOf(textOf(2, lines), encoding),
        ];
        expect(outcomeOf(together(...parts)), `${wide} ${lines}`).toEqual({ text: null, line: lines + 1 });
      }
  });
});

describe('lines', () => {
  test.each(['\n', '\r', '\r\n'])('that end with %j are counted, wherever the pieces are cut', (end) => {
    for (const [first, second] of [
      ['utf-8', 'windows-1252'],
      ['macintosh', 'windows-1252'],
      ['utf-8', 'utf-16le'],
      ['utf-16be', 'utf-8'],
      ['utf-16be', 'utf-16le'],
      ['utf-16le', 'utf-16be'],
    ]) {
      const ended = (text: string): string => text.replaceAll('\n', end);
      const bytes = together(
        bytesOf(ended(textOf(0, 10)), first),
        bytesOf(ended(textOf(4, 10).repeat(3)), second),
      );
      const label = `${first} ${second}`;
      for (const cuts of [[], [1, 69, 70, 71, 72, 140, 141, 142, 143, 400]])
        expect(outcomeOf(bytes, cuts), label).toEqual({ text: null, line: 11 });
    }
  });

  test('of one kind before a change and of another after it', () => {
    const bytes = together(
      bytesOf(textOf(0, 9).replaceAll('\n', '\r\n'), 'windows-1252'),
      bytesOf(textOf(3, 9).replaceAll('\n', '\r'), 'macintosh'),
      bytesOf(textOf(6, 9), 'utf-8'),
    );
    expect(outcomeOf(bytes)).toEqual({ text: null, line: 10 });
  });
});

test('what to do is said for a packed file too', () => {
  const bytes = together(bytesOf(textOf(0, 9), 'utf-8'), bytesOf(textOf(3, 9), 'cp850'));
  expect(() => decodeText(bytes, 'a.txt.gz')).toThrow(
    /\(gzip -dc FILE \| head -c (\d+); gzip -dc FILE \| tail -c/,
  );
});

test('lines of two encodings by turns are refused or told', () => {
  for (const [a, b] of [
    ['windows-1252', 'macintosh'],
    ['utf-8', 'windows-1252'],
    ['cp850', 'utf-8'],
  ])
    for (const lines of [6, 24]) {
      const parts = Array.from({ length: lines }, (_, i) => bytesOf(textOf(i, 1), i % 2 === 0 ? a : b));
      expect(outcomeOf(together(...parts)).line, `${a} ${b} ${lines}`).not.toBeNull();
    }
});

test(`up to three encodings: read right, or the line is said where they change (seed ${SEED})`, () => {
  const encodings = ['utf-8', 'windows-1252', 'macintosh', 'cp850', 'utf-16le', 'utf-16be'];
  const part = fc.record({
    from: fc.nat(LINES.length - 1),
    lines: fc.integer({ min: 2, max: 8 }),
    encoding: fc.constantFrom(...encodings),
  });
  let [silent, all, right] = [0, 0, 0];
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), fc.array(fc.nat(4000)), (parts, cuts) => {
      const written = parts.map(({ from, lines }) => textOf(from, lines)).join('');
      const bytes = together(
        ...parts.map(({ from, lines, encoding }) => bytesOf(textOf(from, lines), encoding)),
      );
      const { text, line } = outcomeOf(bytes, cuts);
      all++;
      if (text === written) right++;
      else if (line === null) silent++;
      else {
        // Of each part where it begins, and where it ends: those with which another is.
        let at = 1;
        const borders = parts.flatMap(({ lines }) => [at, (at += lines)]);
        const far = Math.min(...borders.map((border) => Math.abs(border - line)));
        expect(far).toBeLessThanOrEqual(2);
      }
    }),
    { seed: SEED, numRuns: 150 },
  );
  expect(right).toBeGreaterThan(30);
  expect(silent / all).toBe(0);
});

test('a text in one encoding is hardly ever doubted, in any language and none beside another', () => {
  let [told, all] = [0, 0];
  for (const { encoding, languages } of CANDIDATES) {
    if (encoding === 'utf-8') continue;
    const own = Object.entries(SAMPLES)
      .filter(([language]) => languages.some((one) => one === language))
      .slice(0, 4);
    const beside = own.at(0)?.[1].text ?? '';
    for (const [, { text }] of own) {
      all++;
      if (outcomeOf(bytesOf(`${text}\n${beside}\n${text}\n`, encoding)).line !== null) told++;
    }
    for (const [, { text }] of own)
      for (const line of text.split('\n')) {
        all++;
        if (outcomeOf(bytesOf(line, encoding)).line !== null) told++;
      }
  }
  expect(told / all).toBeLessThan(0.02);
});
