/** Sample quality on texts with known answers. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.js';
import { copiesOf } from '../../../src/study/quality/copies.js';
import { TrainingText } from '../../../src/study/quality/quality.js';
import { Substrings } from '../../../src/study/quality/substrings.js';
import { vocabularyOf, wordsOf } from '../../../src/study/quality/words.js';
import { Alphabet, symbolsOf } from '../../../src/text/alphabet.js';
import { asSymbols } from '../../../src/text/symbols.js';
import { corpus, corpusAlphabet } from '../../corpus.js';

const training = (text: string) => {
  const alphabet = Alphabet.of(text, 'text');
  return { alphabet, symbols: asSymbols(alphabet.encode(text, 'text')) };
};
const corpusText = new TrainingText(corpusAlphabet.encode(corpus, 'corpus'), corpusAlphabet);

describe('words', () => {
  test('have their accents and hyphens, and nothing else', () => {
    expect(wordsOf('Disse-me: — Não! (A lingüística, 3 vôos…) -lhe guarda- - D. João VI')).toEqual([
      'disse-me',
      'não',
      'a',
      'lingüística',
      'vôos',
      'lhe',
      'guarda',
      'd',
      'joão',
      'vi',
    ]);
    expect(wordsOf('A AÇÃO não é'.normalize('NFD'))).toEqual(['a', 'ação', 'não', 'é']);
    expect(wordsOf(' \n…—! 12 --')).toEqual([]);
  });

  test('are found whatever pieces a text is read in', () => {
    // More than one piece; a word lies across the end of the first.
    const text = 'não há, '.repeat(8191) + 'guarda-chuvas e ' + 'ç'.repeat(70_000);
    const { alphabet, symbols } = training(text);
    expect([...vocabularyOf(symbols, alphabet)].sort()).toEqual([...new Set(wordsOf(text))].sort());
    expect(vocabularyOf(symbols, alphabet)).toContain('guarda-chuvas');
  });
});

describe('a sample', () => {
  test('copied from the training text: all known, nothing new, all of it a copy', () => {
    const from = corpus.indexOf(' ', 40_000);
    const sample = corpus.slice(from, corpus.indexOf(' ', from + 1500));
    const quality = corpusText.qualityOf(sample);
    expect(quality.knownWords).toBe(1);
    expect(quality.novelty).toBe(0);
    expect(quality.longestCopy).toEqual({ characters: symbolsOf(sample).length, text: sample });
    expect(quality.repetition).toBeLessThan(0.05);
    // In other normal forms too.
    expect(corpusText.qualityOf(sample.normalize('NFD'))).toEqual(quality);
  });

  test('of random letters: hardly a word known, all new, short copies (seed 12)', () => {
    const rng = Rng.fromSeed(12);
    const sample = Array.from({ length: 2000 }, () =>
      rng.uniform() < 0.1 ? ' ' : String.fromCodePoint(0x61 + (rng.uint32() % 26)),
    ).join('');
    const { knownWords, novelty, longestCopy, repetition, distinct } = corpusText.qualityOf(sample);
    expect(knownWords).toBeLessThan(0.2);
    expect(novelty).toBe(1);
    expect(longestCopy.characters).toBeLessThan(10);
    expect(longestCopy.characters).toBeGreaterThan(2);
    expect(corpus).toContain(longestCopy.text);
    expect(sample).toContain(longestCopy.text);
    expect(repetition).toBe(0);
    expect(distinct[2]).toBe(1);
  });

  test('of one word repeated', () => {
    const { words, knownWords, distinct, repetition } = corpusText.qualityOf('casa '.repeat(100));
    expect({ words, knownWords }).toEqual({ words: 100, knownWords: 1 });
    expect(distinct).toEqual([1 / 100, 1 / 99, 1 / 98]);
    expect(repetition).toBeCloseTo(96 / 97, 12);
  });

  test('by hand', () => {
    const { alphabet, symbols } = training('o rato roeu a roupa do rei');
    const text = new TrainingText(symbols, alphabet);
    const quality = text.qualityOf('O gato roeu a roupa. O gato roeu a ROUPA');
    expect(quality.words).toBe(10);
    // gato, twice, is not in it; capitals do not matter for words.
    expect(quality.knownWords).toBe(0.8);
    // o gato roeu a roupa, twice: 9, 8 and 7 runs of 2, 3, 4 words, of which 5 differ.
    expect(quality.distinct).toEqual([5 / 10, 5 / 9, 5 / 8]);
    expect(quality.repetition).toBeCloseTo(2 / 7, 12);
    expect(quality.longestCopy).toEqual({ characters: 16, text: 'ato roeu a roupa' });
    // 40 characters have 31 runs of 10. "ato roeu a roupa" has 7 of them, "ato roeu a " 2.
    expect(quality.novelty).toBeCloseTo(1 - 9 / 31, 12);
  });

  test('that is empty, or too short, has no shares', () => {
    const nothing = { characters: 0, text: '' };
    expect(corpusText.qualityOf('')).toEqual({
      words: 0,
      knownWords: null,
      distinct: [null, null, null],
      repetition: null,
      novelty: null,
      longestCopy: nothing,
    });
    expect(corpusText.qualityOf('zzz zzz')).toMatchObject({
      words: 2,
      knownWords: 0,
      distinct: [0.5, 1, null],
      repetition: null,
      novelty: null,
    });
    expect(corpusText.qualityOf('漢字').longestCopy).toEqual(nothing);
  });
});

test('copies are those that looking everywhere finds', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '🙂'), maxLength: 60, size: 'max' });
  fc.assert(
    fc.property(text, text, (sample, trained) => {
      const alphabet = new Alphabet(['a', 'b', '🙂']);
      const found = copiesOf(symbolsOf(sample), asSymbols(alphabet.encode(trained, 'text')), alphabet);
      const symbols = symbolsOf(sample);
      let longest = { characters: 0, text: '' };
      for (let from = 0; from < symbols.length; from++)
        for (let to = from + 1; to <= symbols.length; to++) {
          const run = symbols.slice(from, to).join('');
          if (to - from > longest.characters && trained.includes(run))
            longest = { characters: to - from, text: run };
        }
      expect(found.longestCopy).toEqual(longest);
      const runs = symbols.slice(9).map((_, from) => symbols.slice(from, from + 10).join(''));
      const unknown = runs.filter((run) => !trained.includes(run)).length;
      expect(found.novelty).toBe(runs.length === 0 ? null : unknown / runs.length);
    }),
    { numRuns: 300, examples: [['abababababababab', 'babababababab']] },
  );
});

test('the automaton of n symbols has fewer than 2n states', () => {
  // The worst there is: a b b b … b.
  const sequence = [0, ...new Array<number>(999).fill(1)];
  expect(new Substrings(sequence, 2).states).toBeLessThan(2000);
});
