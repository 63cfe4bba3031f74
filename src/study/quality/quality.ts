/**
 * What a sample of generated text is worth, beside the text that its model was trained on. Words are those of words.ts,
 * characters code points in NFC. Shares of what a sample has none of are null. Compare samples of one length only: the
 * longer a text, the more of it has been said before.
 */
import natural from 'natural/lib/natural/ngrams/index.js';
import { symbolsOf, type Alphabet } from '../../text/alphabet.js';
import { asSymbols, type Symbols } from '../../text/symbols.js';
import { copiesOf, type Copies } from './copies.js';
import { vocabularyOf, wordsOf } from './words.js';

/** How like the training text a sample is, and how much of it is new. */
export interface SampleQuality extends Copies {
  /** How many words it has. */
  readonly words: number;
  /** Share of them that occur in the training text. */
  readonly knownWords: number | null;
  /** Distinct runs of 1, 2 and 3 words as a share of all (distinct-n, Li et al. 2016). */
  readonly distinct: readonly [number | null, number | null, number | null];
  /** Share of the runs of 4 words that were there before in the sample (seq-rep-4, Welleck et al. 2020). */
  readonly repetition: number | null;
}

const REPETITION_WORDS = 4;

/** A training text, read for its words once; samples are held against it. */
export class TrainingText {
  readonly #symbols: Symbols;
  readonly #vocabulary: ReadonlySet<string>;

  constructor(
    training: Uint16Array | Symbols,
    private readonly alphabet: Alphabet,
  ) {
    this.#symbols = asSymbols(training);
    this.#vocabulary = vocabularyOf(this.#symbols, alphabet);
  }

  /** Reads the training text through once. */
  qualityOf(sample: string): SampleQuality {
    const words = wordsOf(sample);
    const known = words.filter((word) => this.#vocabulary.has(word)).length;
    const repetition = distinctShare(words, REPETITION_WORDS);
    return {
      words: words.length,
      knownWords: words.length === 0 ? null : known / words.length,
      distinct: [distinctShare(words, 1), distinctShare(words, 2), distinctShare(words, 3)],
      repetition: repetition === null ? null : 1 - repetition,
      ...copiesOf(symbolsOf(this.#asRead(sample.normalize('NFC'))), this.#symbols, this.alphabet),
    };
  }

  /** Records of a sample stand one after the other as in the text that they were learnt from. */
  #asRead(sample: string): string {
    return this.alphabet.records === undefined ? sample : this.alphabet.symbolsIn(sample);
  }
}

/** Of all runs of n words, those that differ. */
function distinctShare(words: string[], n: number): number | null {
  const runs = natural.NGrams.ngrams(words, n);
  return runs.length === 0 ? null : new Set(runs.map((run) => run.join(' '))).size / runs.length;
}
