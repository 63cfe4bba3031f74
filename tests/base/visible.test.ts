/** Nothing that a terminal would obey gets through, and nothing else is touched. */
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ansis } from 'ansis';
import { describe, expect, test } from 'vitest';
import { shownName, visible, visibleButColours, visibleInLine, visibleJson } from '../../src/base/visible.js';

const SEED = 1401;
const TITLE = '\u001b]0;owned\u0007';

/** By code point, not by the module's own expressions. */
const isObeyed = (code: number): boolean =>
  code < 0x20 ||
  (code >= 0x7f && code <= 0x9f) ||
  code === 0x061c ||
  code === 0x200e ||
  code === 0x200f ||
  (code >= 0x2028 && code <= 0x202e) ||
  (code >= 0x2066 && code <= 0x2069) ||
  (code >= 0xd800 && code <= 0xdfff);

const codesOf = (text: string): number[] => Array.from(text, (symbol) => symbol.codePointAt(0) ?? 0);

/** Strings in which what matters is frequent. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.constantFrom(
        '\u001b',
        '\u009b',
        '\n',
        '\t',
        '\r',
        '\u202e',
        '\u2066',
        '\ud800',
        '\udc00',
        'ç',
        '😀',
        '[31m',
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('visible', () => {
  test.each([
    ['the window’s title', TITLE, '<U+001B>]0;owned<U+0007>'],
    ['an escape of eight bits', 'a\u009b2J', 'a<U+009B>2J'],
    ['delete and backspace', '\u007f\b', '<U+007F><U+0008>'],
    ['a return that writes over the line', 'good\rbad', 'good<U+000D>bad'],
    ['directions', 'a\u202eb\u2066c\u200fd\u061c', 'a<U+202E>b<U+2066>c<U+200F>d<U+061C>'],
    ['half of a pair', 'a\ud83d', 'a<U+D83D>'],
    ['what it leaves alone', 'ação 😀 e\u0301 \u200d שלום\n\tend', 'ação 😀 e\u0301 \u200d שלום\n\tend'],
  ])('%s', (_, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  test('in a line, the ends of lines too', () => {
    expect(visibleInLine('a\nb\tc')).toBe('a<U+000A>b<U+0009>c');
  });

  test(`every code point is either shown or left alone`, () => {
    for (let code = 0; code <= 0x10ffff; code++) {
      const text = String.fromCodePoint(code);
      if ((visibleInLine(text) !== text) !== isObeyed(code)) expect.fail(`U+${code.toString(16)}`);
    }
  });

  test(`nothing is left, nothing is shown twice, the rest is in its order (seed ${SEED})`, () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const inLine = visibleInLine(text);
        expect(codesOf(inLine).filter(isObeyed)).toEqual([]);
        expect(codesOf(visible(text)).filter((code) => isObeyed(code) && code !== 10 && code !== 9)).toEqual(
          [],
        );
        expect(visibleInLine(inLine)).toBe(inLine);
        const plain = codesOf(text).filter((code) => !isObeyed(code));
        expect(codesOf(inLine.replace(/<U\+[0-9A-F]{4}>/g, ''))).toEqual(plain);
      }),
      { seed: SEED },
    );
  });
});

describe('visibleButColours', () => {
  test('our own colours pass, everything else is shown', () => {
    const own = '\u001b[1mbold\u001b[22m \u001b[38;2;1;2;3mred\u001b[39m\n';
    expect(visibleButColours(own)).toBe(own);
    expect(visibleButColours(`${TITLE}\u001b[2J\r`)).toBe('<U+001B>]0;owned<U+0007><U+001B>[2J<U+000D>');
  });
});

describe('colours', () => {
  const src = join(import.meta.dirname, '../../src');
  const styles = new Set(
    readdirSync(src, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) =>
        Array.from(
          readFileSync(join(src, file), 'utf8').matchAll(/\bcolou?rs?\.([a-z]+)\(/g),
          ([, style]) => style,
        ),
      )
      .filter((style) => style in new Ansis(3)),
  );

  test.each([...styles])('%s, as it is used, passes', (style) => {
    for (const level of [1, 2, 3]) {
      const given = { hex: ['#0072B2'], rgb: [1, 2, 3] }[style];
      const ansis = new Ansis(level) as unknown as Record<string, (...args: unknown[]) => unknown>;
      const paint = (given ? ansis[style](...given) : ansis[style]) as (text: string) => string;
      const painted = paint('text');
      expect(painted).not.toBe('text');
      expect(visibleButColours(painted)).toBe(painted);
    }
  });

  test('there are some', () => {
    expect(styles.size).toBeGreaterThan(5);
  });
});

describe('visibleJson', () => {
  test(`is the same value, with nothing in it that a terminal obeys (seed ${SEED})`, () => {
    fc.assert(
      fc.property(hostile, hostile, (key, text) => {
        const value = { [`k${key}`]: [text, 1.5, null] };
        const json = visibleJson(JSON.stringify(value));
        expect(codesOf(json).filter(isObeyed)).toEqual([]);
        expect(JSON.parse(json)).toEqual(value);
      }),
      { seed: SEED },
    );
  });
});

describe('shownName', () => {
  test('is in one line and short, whatever the name', () => {
    expect(shownName('rnn.weight_ih_l0')).toBe('rnn.weight_ih_l0');
    expect(shownName(TITLE)).toBe(visible(TITLE));
    expect(shownName('x'.repeat(10_000_000))).toMatch(/^x{70,80}…$/);
    expect(shownName(`${'x'.repeat(79)}😀`)).toBe(`${'x'.repeat(79)}…`);
  });
});
