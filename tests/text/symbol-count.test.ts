/** The alphabet and the ids in one go, against the alphabet of the whole text. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Alphabet, UNKNOWN } from '../../src/text/alphabet.js';
import { SymbolCount } from '../../src/text/symbol-count.js';

function countOf(...pieces: readonly string[]): { count: SymbolCount; numbers: number[] } {
  const count = new SymbolCount('t');
  const numbers = pieces.flatMap((piece) => {
    const into = new Uint16Array(piece.length);
    return [...into.subarray(0, count.add(piece, into))];
  });
  return { count, numbers };
}

describe('counting symbols', () => {
  test('gives the alphabet and the ids that the whole text has', () => {
    const pieces = fc.array(fc.string({ unit: 'binary', maxLength: 30 }), { maxLength: 5 });
    fc.assert(
      fc.property(pieces, (pieces) => {
        const text = pieces.join('');
        fc.pre(new Set(text).size > 1);
        const { count, numbers } = countOf(...pieces);
        const { alphabet, ids } = count.alphabet();
        expect(alphabet.symbols).toEqual(Alphabet.of(text, 't').symbols);
        expect(numbers.map((number) => ids[number])).toEqual([...alphabet.encode(text, 't')]);
        expect(count.characters).toBe(Array.from(text).length);
        const again = SymbolCount.of('t', count.symbols, count.counts);
        expect([again.symbols, again.counts, again.characters]).toEqual([
          count.symbols,
          count.counts,
          count.characters,
        ]);
      }),
    );
  });

  test('counts each, beyond the basic plane and beyond 256 symbols too', () => {
    const many = Array.from({ length: 700 }, (_, i) => String.fromCodePoint(0x4e00 + i)).join('');
    const { count } = countOf(`a🙂b🙂${many}`, `🙂${many}`);
    const met = new Map(count.symbols.map((symbol, number) => [symbol, count.counts[number]]));
    expect([
      met.get('a'),
      met.get('🙂'),
      met.get('\u4e00'),
      met.get(String.fromCodePoint(0x4e00 + 699)),
    ]).toEqual([1, 3, 2, 2]);
  });

  test('reads symbols met fewer than minCount times as the unknown one', () => {
    const { count, numbers } = countOf('aaabbbcd');
    const { alphabet, ids } = count.alphabet(3);
    expect(alphabet.symbols).toEqual(['a', 'b', UNKNOWN]);
    expect(numbers.map((number) => ids[number])).toEqual([0, 0, 0, 1, 1, 1, 2, 2]);
    // It is there even if nothing is rare: the model shall read any text.
    expect(count.alphabet(1).alphabet.unknown).toBeUndefined();
    expect(countOf('aabb').count.alphabet(2).alphabet.symbols).toEqual(['a', 'b', UNKNOWN]);
  });

  test('refuses what there is nothing to learn from', () => {
    expect(() => countOf('aaaa').count.alphabet()).toThrow(
      "t: the text is nothing but 'a' (U+0061), 4 times, expected at least 2 distinct symbols; give another text",
    );
    expect(() => countOf('aabc').count.alphabet(3)).toThrow(
      't: 0 of 3 symbols are met 3 times or more, expected at least 2 distinct symbols; give a smaller --min-count',
    );
  });

  test('takes 65,535 distinct symbols, and not one more', () => {
    const { count } = countOf();
    const into = new Uint16Array(2);
    for (let code = 0x10000; code < 0x10000 + 65_535; code++) count.add(String.fromCodePoint(code), into);
    expect(count.alphabet().alphabet.size).toBe(65_535);
    expect(() => count.add('a', into)).toThrow(/^t: .*65,535 /);
  });
});

describe('an alphabet', () => {
  const ids = (symbols: string, text: string): number[] => [
    ...new Alphabet(Array.from(symbols)).encode(text, 't'),
  ];

  test('without any capital reads capitals as small letters', () => {
    expect(ids('abç', 'aAÇb')).toEqual([0, 0, 2, 1]);
    expect(ids(`ab${UNKNOWN}`, 'BZ')).toEqual([1, 2]);
    expect(() => ids('ab', 'aZ')).toThrow("the model's alphabet does not have 'Z' (U+005A)");
  });

  test('with one capital keeps to what it has', () => {
    expect(() => ids('abC', 'A')).toThrow("does not have 'A'");
    expect(ids(`abC${UNKNOWN}`, 'AC')).toEqual([3, 2]);
  });
});
