/**
 * Finds the words of a text that read badly, one after the other, and would read well in another encoding: too few to
 * refuse it for, as of a line or two, but whoever reads is told. One alone says little, for names from elsewhere do so
 * in any text; what reads well between them speaks against it.
 */
import { toBytes } from '../bytes.js';
import { decodeWhole } from './decode-whole.js';
import { ENCODINGS_READ, PRIORS, type Word, type WordScores } from './word-scores.js';
import type { BytePlace } from './words.js';

/**
 * ln of the odds from which it is told: of words with which a text begins or ends, as in files put together; of such that
 * one or two more are before or behind; and elsewhere. Measured in tests/text/encoding-doubts.test.ts.
 */
const [AT_EDGE, NEAR_EDGE, WITHIN] = [4.4, 8, 15];
const NEAR = 2;
/** What a word that reads well takes away. */
const WELL = 4;
/** What is UTF-8 and not a word of it by chance is rarer than what merely reads well. */
const OF_UTF_8 = 2;
/** Words are scored at once, and then so many of those that come: of a long text not all are worth the while. */
const [AT_ONCE, SHARE] = [1024, 1 / 16];
const SHOWN = 3;

export interface Doubt {
  /** Of the first byte beyond ASCII in the first of the words. */
  readonly place: BytePlace;
  /** What they would read well in. */
  readonly encoding: string;
  /** The first of them, read so. */
  readonly words: readonly string[];
}

/** Words in a row, for one encoding. */
interface Run {
  sum: number;
  place: BytePlace;
  /** The number of its first word and of the last that was in its favour. */
  from: number;
  to: number;
  keys: string[];
}

export class Doubts {
  readonly #runs: readonly Run[] = ENCODINGS_READ.map(() => ({
    ...{ sum: 0, place: { byte: 0, line: 1 }, from: 0, to: 0, keys: [] },
  }));
  #worst: { readonly weight: number; readonly reading: number; readonly run: Run } | null = null;
  /** Some run has words in its favour. */
  #isAny = false;
  #count = 0;
  #credit = AT_ONCE;

  constructor(private readonly scores: WordScores) {}

  /** @param isDoubtful it does not read well beyond doubt in what the text was taken for */
  take(word: Word, place: BytePlace, isDoubtful: boolean): void {
    this.#count++;
    this.#credit += SHARE;
    if (!isDoubtful) {
      // Most words of most texts.
      if (!this.#isAny) return;
      for (const run of this.#runs) run.sum = Math.max(0, run.sum - WELL);
      this.#isAny = this.#runs.some(({ sum }) => sum > 0);
      return;
    }
    if (this.#credit < 1) return;
    this.#credit--;
    const scores = this.scores.of(word);
    if (scores === null) return;
    // The same word with other marks about it says nothing more.
    const letters = word.key.replace(/[\0-@[-`{-\x7f]/g, '');
    this.#runs.forEach((run, reading) => {
      const gain = scores[reading] - scores[this.scores.reading];
      if (gain <= 0) {
        run.sum = Math.max(0, run.sum + gain);
        return;
      }
      if (run.sum === 0) [run.place, run.keys, run.from] = [place, [], this.#count];
      if (run.keys.includes(letters) || !isOfLetters(letters, ENCODINGS_READ[reading])) return;
      run.sum += gain * (ENCODINGS_READ[reading] === 'utf-8' ? OF_UTF_8 : 1);
      run.to = this.#count;
      this.#isAny = true;
      run.keys.push(letters);
      this.#consider(run, reading, barFor(run.from - 1));
    });
  }

  #consider(run: Run, reading: number, bar: number): void {
    const weight = run.sum + PRIORS[reading];
    if (run.sum < bar || weight <= (this.#worst?.weight ?? -Infinity)) return;
    this.#worst = { weight, reading, run: { ...run, keys: run.keys.slice(0, SHOWN) } };
  }

  /** The words in a row that are the most in doubt. @param isLast no more will come */
  worst(isLast: boolean): Doubt | null {
    if (isLast)
      this.#runs.forEach((run, reading) => {
        if (run.sum > 0) this.#consider(run, reading, barFor(this.#count - run.to));
      });
    if (this.#worst === null) return null;
    const { reading, run } = this.#worst;
    const encoding = ENCODINGS_READ[reading];
    const words = run.keys.map((key) => decodeWhole(toBytes(key), encoding));
    return { place: run.place, encoding, words };
  }
}

/** @param words between it and the edge */
const barFor = (words: number): number => (words === 0 ? AT_EDGE : words <= NEAR ? NEAR_EDGE : WITHIN);

/** Marks are read as other marks in most encodings. */
const isOfLetters = (key: string, encoding: string): boolean =>
  /^[\p{L}\p{M}]+$/u.test(decodeWhole(toBytes(key), encoding));
