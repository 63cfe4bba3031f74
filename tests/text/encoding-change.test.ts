/** Two encodings in one file: told, with where and which; and a text in one is never taken for two. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DissipaError } from '../../src/base/errors.js';
import { decodeText } from '../../src/text/decode.js';
import { CANDIDATES } from '../../src/text/encoding/candidates.js';
import { decodeWhole } from '../../src/text/encoding/decode-whole.js';
import type { Reading } from '../../src/text/reading.js';
import { canEncode, encode } from './encode.js';
import { readInPieces, utf16, utf8 } from './reading.js';
import { SAMPLES } from './samples.js';

const together = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const possible = (text: string, encoding: string): string =>
  Array.from(text, (symbol) => (canEncode(symbol, encoding) ? symbol : ' ')).join('');

interface Told {
  readonly byte: number;
  readonly line: number;
  readonly before: string;
  readonly after: string;
}
function toldOf(
  bytes: Uint8Array,
  cuts: readonly number[] = [],
  reading: Partial<Reading> = {},
): Told | null {
  try {
    readInPieces(bytes, cuts, reading);
    return null;
  } catch (error) {
    if (!(error instanceof DissipaError)) throw error;
    const found = /from byte (\d+) on \(line (\d+)\) the text is (\S+), before it is (\S+),/.exec(
      error.message,
    );
    if (found === null) return null;
    return { byte: Number(found[1]), line: Number(found[2]), after: found[3], before: found[4] };
  }
}

/** Each sample in each of its encodings. */
const PARTS = Object.entries(SAMPLES).flatMap(([language, { text, encodings }]) =>
  encodings
    .filter((encoding) => CANDIDATES.some((candidate) => candidate.encoding === encoding))
    .map((encoding) => ({ language, encoding, bytes: encode(`${possible(text, encoding)}\n`, encoding) })),
);
/** Whether bytes read the same in either. */
const isSame = (bytes: Uint8Array, a: string, b: string): boolean =>
  decodeWhole(bytes, a) === decodeWhole(bytes, b);

describe('two encodings of a byte or two a character in one file (seed 17)', () => {
  const [before, after] = ['windows-1252', 'macintosh', 'cp850', 'koi8-r'].map((encoding) =>
    PARTS.find((part) => part.encoding === encoding),
  );
  test('Windows-1252 and MacRoman after: where, on which line, and what to do', () => {
    if (!before || !after) throw new Error('no sample');
    const bytes = together(before.bytes, after.bytes);
    expect(toldOf(bytes)).toMatchObject({ line: 5, before: 'windows-1252', after: 'macintosh' });
    expect(() => decodeText(bytes, 't')).toThrow(
      /\(head -c (\d+) FILE \| iconv -f windows-1252 -t utf-8; tail -c \+\d+ FILE \| iconv -f macintosh -t utf-8\) > NEW.*--encoding/,
    );
    // Who names one knows; runs that were begun before go on.
    expect(decodeText(bytes, 't', { encoding: 'windows-1252', badBytes: 'replace' })).toHaveLength(
      bytes.length,
    );
    expect(decodeText(bytes, 't', { version: 2, badBytes: 'drop' }).length).toBeGreaterThan(
      bytes.length - 20,
    );
  });

  test(
    'any two that read either part otherwise, few lines of each or many, wherever the pieces are cut',
    { timeout: 600_000 },
    () => {
      const part = fc.tuple(fc.constantFrom(...PARTS), fc.constantFrom(1, 1, 2));
      let [told, all, named, far] = [0, 0, 0, 0];
      fc.assert(
        fc.property(part, part, fc.array(fc.nat(100_000), { maxLength: 4 }), ([a, n], [b, m], cuts) => {
          const [first, second] = [
            together(...Array.from({ length: n }, () => a.bytes)),
            together(...Array.from({ length: m }, () => b.bytes)),
          ];
          fc.pre(
            !CANDIDATES.some(
              ({ encoding }) =>
                isSame(a.bytes, a.encoding, encoding) && isSame(b.bytes, b.encoding, encoding),
            ),
          );
          const found = toldOf(together(first, second), cuts);
          all++;
          if (found === null) return;
          told++;
          expect(toldOf(together(first, second))).toEqual(found);
          // In the first words beyond ASCII of the second part that are of no other encoding than its own.
          if (Math.abs(found.byte - first.length) > 250) far++;
          if (isSame(a.bytes, a.encoding, found.before) && isSame(b.bytes, b.encoding, found.after)) named++;
        }),
        { seed: 17, numRuns: 150 },
      );
      expect(told / all).toBeGreaterThan(0.93);
      expect(named / told).toBeGreaterThan(0.9);
      expect(far / told).toBeLessThan(0.03);
    },
  );

  test('far into a text, and in a text that goes on as it began: a stretch of another', () => {
    if (!before || !after) throw new Error('no sample');
    const words = Array.from({ length: 4000 }, (_, i) => `ação${i} é razão${i % 97} três\n`).join('');
    const long = encode(words, 'windows-1252');
    const bytes = together(long, after.bytes, long);
    const found = toldOf(bytes, [65_536]);
    expect(found).toMatchObject({ before: 'windows-1252', after: 'macintosh' });
    expect(found?.byte).toBeGreaterThanOrEqual(long.length);
    expect(found?.byte).toBeLessThan(long.length + 250);
    expect(found?.line).toBeGreaterThanOrEqual(4001);
  });

  test('a text in one is never taken for two: languages beside one another, names, drawings, fractions', () => {
    for (const { encoding, languages } of CANDIDATES) {
      if (encoding === 'utf-8') continue;
      const own = Object.entries(SAMPLES).filter(([language]) => languages.some((one) => one === language));
      for (const [, a] of own)
        for (const [, b] of own) {
          const text = possible(`${a.text}\n${b.text}\n${a.text}\n`, encoding);
          expect(toldOf(encode(text, encoding)), encoding).toBeNull();
        }
    }
    const drawing =
      '┌──────┬────┐\n│ ação │ ½  │\n╞══════╪════╡\n│ café │ ±2 │\n└──────┴────┘\n█▓▒░ ▄▀ ┤├ ┼ ║═╗\n';
    const recipe = 'Misture ½ xícara, ¼ de kg, 3¾ ml a 180º, §2, £5 ×2 ±3 µg ©2020 «fim».\n';
    for (const [encoding, text] of [
      ['cp850', drawing.repeat(3) + SAMPLES.pt.text + drawing],
      ['windows-1252', SAMPLES.pt.text + recipe.repeat(20)],
      [
        'windows-1252',
        `Names: Ångström, Þórr, Łódź, Čapek, naïve, Škoda, Žižek. ${recipe}${SAMPLES.es.text}`,
      ],
    ] as const)
      expect(toldOf(encode(possible(text, encoding), encoding)), text).toBeNull();
  });

  test("DOS's Cyrillic is full of what happens to be UTF-8", () => {
    const text = 'Приложение разрешает расслоение, рассказ рассеян, россыпь ссор. '.repeat(40);
    expect(readInPieces(encode(text, 'ibm866'), [100]).text).toBe(text);
  });

  test('short texts are never taken for two', () => {
    for (const { encoding, language } of PARTS) {
      const words = possible(SAMPLES[language].text, encoding).split(/[.?!]\s+/);
      for (const sentence of words) expect(toldOf(encode(sentence, encoding)), sentence).toBeNull();
    }
  });
});

const CORPORA = new URL('../../../shared/corpora/', import.meta.url);
test.skipIf(!existsSync(CORPORA))(
  'real texts, in each encoding that they may have been written in: never taken for two',
  { timeout: 300_000 },
  () => {
    for (const name of readdirSync(CORPORA).filter((file) => file.endsWith('.txt'))) {
      const raw = readFileSync(new URL(name, CORPORA));
      const text = raw.toString(name.includes('8859-1') ? 'latin1' : 'utf8');
      expect(toldOf(raw, [65_536]), name).toBeNull();
      for (const encoding of ['windows-1252', 'macintosh', 'cp850'])
        expect(toldOf(encode(possible(text, encoding), encoding), [65_536, 131_072]), name).toBeNull();
    }
  },
);

describe('UTF-16 and text of another kind in one file', () => {
  const LANGUAGES = ['pt', 'ru', 'zhHans', 'ja', 'el', 'de'];
  const sizes = [1, 40];

  test.each(['le', 'be'] as const)('UTF-8 and UTF-16%s after it: what it is, and from where', (order) => {
    for (const language of LANGUAGES)
      for (const times of sizes)
        for (const mark of [true, false])
          for (const odd of ['', 'x']) {
            const first = utf8(`${odd}${`${SAMPLES[language].text}\n`.repeat(times)}`);
            const bytes = together(first, utf16(SAMPLES[language].text.repeat(3), order, mark));
            for (const cuts of [[], [first.length + 5, first.length + 90]]) {
              const found = toldOf(bytes, cuts);
              const label = `${language} ${order} ${times} ${mark} ${odd} ${cuts.length}`;
              expect(found, label).toMatchObject({ before: 'UTF-8', after: `UTF-16${order.toUpperCase()}` });
              expect(Math.abs((found?.byte ?? 0) - first.length), label).toBeLessThanOrEqual(2);
            }
          }
  });

  test.each(['le', 'be'] as const)('UTF-16%s and UTF-8 after it', (order) => {
    for (const language of LANGUAGES)
      for (const times of sizes)
        for (const mark of [true, false]) {
          const first = utf16(`${SAMPLES[language].text}\n`.repeat(times), order, mark);
          const bytes = together(first, utf8(SAMPLES[language].text.repeat(9)));
          for (const cuts of [[], [first.length + 5, first.length + 90]]) {
            const found = toldOf(bytes, cuts);
            const label = `${language} ${order} ${times} ${mark} ${cuts.length}`;
            expect(found, label).toMatchObject({ before: `UTF-16${order.toUpperCase()}`, after: 'UTF-8' });
            expect(Math.abs((found?.byte ?? 0) - first.length), label).toBeLessThanOrEqual(80);
          }
        }
  });

  test('a title of one line before it, and a whole file of the other order after it', () => {
    const text = SAMPLES.pt.text;
    expect(toldOf(together(utf8('Oi\n'), utf16(text, 'le', true)))).toMatchObject({
      byte: 3,
      after: 'UTF-16LE',
    });
    expect(toldOf(together(utf8('Meu diário\n'), utf16(text, 'be', false)))).toMatchObject({
      byte: 12,
      line: 2,
    });
    const first = utf16(text, 'le', true);
    expect(toldOf(together(first, utf16(text, 'be', true)))).toMatchObject({
      ...{ byte: first.length, before: 'UTF-16LE', after: 'UTF-16BE' },
    });
  });

  test('Windows-1252 and UTF-16 after it', () => {
    const first = encode(`${SAMPLES.pt.text}\n`.repeat(40), 'windows-1252');
    for (const mark of [true, false])
      expect(toldOf(together(first, utf16(SAMPLES.pt.text, 'le', mark)))).toMatchObject({
        ...{ byte: first.length, before: 'windows-1252', after: 'UTF-16LE' },
      });
  });

  test('a binary is still one', () => {
    expect(() =>
      decodeText(together(utf8(SAMPLES.pt.text), Uint8Array.of(0, 1, 2, 0xff, 0, 0)), 't'),
    ).toThrow(/binary/);
    const noise = fc.array(fc.oneof(fc.nat(255), fc.constant(0)), { minLength: 64, maxLength: 400 });
    fc.assert(
      fc.property(noise, (bytes) => {
        fc.pre(bytes.filter((byte) => byte === 0).length > 4);
        expect(() => decodeText(together(utf8(SAMPLES.pt.text), Uint8Array.from(bytes)), 't')).toThrow(
          /binary|is not|codi/,
        );
      }),
      { seed: 17, numRuns: 200 },
    );
  });
});
