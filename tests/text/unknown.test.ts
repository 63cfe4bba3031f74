/** Symbols that a model has not: refused, left out, or read as others; and parts of strings by their symbols. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Alphabet, UNKNOWN, UnknownSymbolsError } from '../../src/text/alphabet.js';
import { lengthInSymbols, partOfSymbols, splitPiece, type TextPiece } from '../../src/text/symbols.js';
import { SymbolReader, type Unknown } from '../../src/text/unknown.js';
import { complaintOf, messageOf } from '../store/fixtures.js';

const SEED = 1208;
const latin = new Alphabet(['\n', ' ', '"', "'", '-', '.', 'A', 'a', 'c', 'e', 'É', '1']);
const small = new Alphabet(['a', 'b', 'é']);
const knowing = new Alphabet(['a', 'b', UNKNOWN]);

const read = (alphabet: Alphabet, text: string, unknown?: Unknown): string =>
  alphabet.decode(new SymbolReader(alphabet, 'text', unknown).push(text));

describe('a symbol reader', () => {
  test('where nothing is said refuses, unless the alphabet has a symbol for unknown ones', async () => {
    expect(await messageOf(() => read(latin, 'aжж'))).toMatch(/^text: .*'ж' \(U\+0436\)/);
    expect(await complaintOf(() => read(latin, 'aж'))).toBeInstanceOf(UnknownSymbolsError);
    expect(read(knowing, 'aжb')).toBe(`a${UNKNOWN}b`);
    expect(await messageOf(() => read(knowing, 'aжb', 'refuse'))).toMatch(/'ж'/);
  });

  test('leaves out', () => {
    expect(read(latin, 'жaж🙂cж', 'skip')).toBe('ac');
    expect(read(knowing, 'жaж', 'skip')).toBe('a');
    expect(read(latin, 'жж', 'skip')).toBe('');
  });

  test.each([
    ['another case', 'CaEÀ', 'caeA'],
    ['marks', 'çéâ', 'cÉa'],
    ['quotation marks', '“a” «c» „e‟', '"a" "c" "e"'],
    ['apostrophes', '‘a’ ‹c›', "'a' 'c'"],
    ['dashes', 'a—c–e−1', 'a-c-e-1'],
    ['compatible forms', 'ａ…𝐀①', 'a.A1'],
    ['anything else', 'aжc🙂', 'a c '],
  ])('reads as the nearest: %s', (_, text, expected) => {
    expect(read(latin, text, 'replace')).toBe(expected);
  });

  test('says where nothing stands near', async () => {
    expect(read(small, 'AÉ', 'replace')).toBe('aé');
    expect(await messageOf(() => read(small, 'aж', 'replace'))).toMatch(/^text: .*'ж' .*--unknown skip/);
  });

  test('counts what it read, and what it had not', () => {
    const reader = new SymbolReader(latin, 'text', 'skip');
    for (const piece of ['ж🙂a', 'жe', '']) reader.push(piece);
    expect(reader.characters).toBe(5);
    expect([...reader.strangers]).toEqual([
      ['ж', 2],
      ['🙂', 1],
    ]);
    expect(reader.first).toBe('a');
  });

  test(`however a text is cut, its ids are the same (seed ${SEED})`, () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'é', 'É', 'ж', '🙂', UNKNOWN), maxLength: 30 });
    fc.assert(
      fc.property(text, fc.nat(30), fc.constantFrom<Unknown>('skip', 'replace'), (whole, cut, unknown) => {
        const reader = new SymbolReader(knowing, 'text', unknown);
        const head = partOfSymbols(whole, 0, cut);
        const ids = [...reader.push(head), ...reader.push(whole.slice(head.length))];
        const known = Array.from(whole).filter(
          (symbol) => unknown === 'replace' || 'ab\ufffd'.includes(symbol),
        );
        expect(knowing.decode(ids)).toBe(
          known.map((symbol) => ('ab'.includes(symbol) ? symbol : UNKNOWN)).join(''),
        );
      }),
      { seed: SEED },
    );
  });
});

test(`by the numbers of its symbols a text is read as by its characters, and counted as they are (seed ${SEED})`, () => {
  const list = ['ж', 'b', '🙂', 'É', 'a', 'é', UNKNOWN, '\uffff'];
  const records = new Alphabet(['a', 'b', 'é', '\uffff'], { records: 'line' });
  const written = fc.array(fc.nat(list.length - 1), { maxLength: 40 });
  const alphabets = fc.constantFrom(latin, small, knowing, records);
  const ways = fc.constantFrom<Unknown | undefined>('skip', 'replace', 'refuse', undefined);
  fc.assert(
    fc.property(written, fc.nat(50), alphabets, ways, (all, cut, alphabet, unknown) => {
      const outcome = (as: (numbers: number[]) => TextPiece): unknown => {
        const reader = new SymbolReader(alphabet, 'text', unknown);
        const ids: number[] = [];
        let bytes = 0;
        try {
          for (const piece of splitPiece(as(all), cut)) {
            if (piece === null) continue;
            bytes += alphabet.bytesIn(piece);
            ids.push(...reader.push(piece));
          }
        } catch (error) {
          return (error as Error).message;
        }
        const { characters, first, strangers } = reader;
        return { ids, bytes, characters, first, strangers: [...strangers] };
      };
      expect(outcome((numbers) => ({ numbers: Uint16Array.from(numbers), symbols: list }))).toEqual(
        outcome((numbers) => numbers.map((number) => list[number]).join('')),
      );
    }),
    { seed: SEED, numRuns: 1000 },
  );
});

test(`parts of strings by their symbols, as a list of code points has them (seed ${SEED})`, () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'ç', '🙂', '\ud83d', '\ude42'), maxLength: 12 });
  fc.assert(
    fc.property(text, fc.nat(14), fc.nat(14), (whole, from, to) => {
      const symbols = Array.from(whole);
      expect(lengthInSymbols(whole)).toBe(symbols.length);
      expect(partOfSymbols(whole, from, to)).toBe(symbols.slice(from, to).join(''));
    }),
    { seed: SEED, numRuns: 1000 },
  );
});
