/**
 * Finds where a text goes over from one encoding of the kind that has ASCII in its lower half to another: the words
 * beyond ASCII are read in every candidate, one by one, and two encodings, one up to a word and another from it on, must
 * explain the last of them far better than any one does. What reads badly in all of them says nothing, a word says
 * little by itself, and said again it says nothing more: names, drawings and tables are in no encoding's favour.
 */
import { fromBytes } from '../bytes.js';
import { joinedBytes } from './bytes.js';
import { Doubts, type Doubt } from './doubts.js';
import { LineCount } from './lines.js';
import { maxOf, PRIORS, WordScores } from './word-scores.js';
import type { BytePlace } from './words.js';

/** Words that are held against one another, and after how many it is looked again. */
const [WORDS, STEP] = [256, 32];
/** ln of the odds from which two are found; measured in tests/text/encoding-change.test.ts. */
const ENOUGH = 24;
/** Of so many words, so many that are in doubt make it worth while to look. */
const [LAST, DOUBTFUL] = [64, 14];
/** Bytes of a word that are looked at. */
const LONGEST = 64;

export interface EncodingChange {
  /** Of the first byte beyond ASCII that is in the second encoding. */
  readonly place: BytePlace;
  readonly before: string;
  readonly after: string;
}

interface Word {
  readonly place: BytePlace;
  readonly key: string;
  readonly isCut: boolean;
  /** It does not read well in what the text was taken for. */
  readonly isDoubtful: boolean;
}

export class ChangeFinder {
  readonly #scores: WordScores;
  readonly #doubts: Doubts;
  #isEnded = false;
  /** The last ones, each once. */
  readonly #words: Word[] = [];
  readonly #recent = new Set<string>();
  #sinceLook = 0;
  /** So many words have to be looked at, as the first of a text, and those after some that read badly. */
  #suspicion = WORDS;
  /** Of a word that may go on in the next piece. */
  #rest: Uint8Array = new Uint8Array();
  /** The next piece goes on with a word of which enough was seen. */
  #isInWord = false;
  #offset: number;
  readonly #lines: LineCount;

  /**
   * @param encoding what the text was taken for
   * @param from where in the file the first piece begins
   * @param begun plain text before it, of which the last word may go on in it
   */
  constructor(encoding: string, from: BytePlace, begun: Uint8Array = new Uint8Array()) {
    this.#rest = begun.slice(beginOfWord(begun, Math.max(0, begun.length - LONGEST)));
    this.#offset = from.byte - this.#rest.length;
    this.#lines = new LineCount(from.line);
    this.#scores = new WordScores(encoding);
    this.#doubts = new Doubts(this.#scores);
  }

  /** Words that may be in another encoding, and are too few to say so. */
  get doubt(): Doubt | null {
    return this.#doubts.worst(this.#isEnded);
  }

  /** @param isLast no more will come @returns where it changes, by what was shown so far; null for nowhere */
  find(bytes: Uint8Array, isLast: boolean): EncodingChange | null {
    const all = this.#rest.length === 0 ? bytes : joinedBytes(this.#rest, bytes);
    let at = this.#isInWord ? endOfWord(all, 0) : 0;
    this.#isInWord &&= at === all.length;
    let counted = 0;
    for (let first = beyondAscii(all, at); first < all.length; first = beyondAscii(all, at)) {
      let from = first;
      while (from > at && all[from - 1] > SPACE) from--;
      at = endOfWord(all, first);
      const isWhole = at < all.length || isLast;
      if (!isWhole && at - from <= LONGEST) {
        at = from;
        break;
      }
      this.#isInWord = !isWhole;
      if (first - from >= LONGEST) continue;
      this.#lines.pass(all.subarray(counted, first), '');
      counted = first;
      const place = { byte: this.#offset + first, line: this.#lines.at(all, 0, '') };
      const found = this.#take(all.subarray(from, Math.min(at, from + LONGEST)), at - from > LONGEST, place);
      if (found !== null) return found;
    }
    const rest = this.#isInWord || isLast ? all.length : beginOfWord(all, at);
    if (all.length - rest > LONGEST) this.#isInWord = true;
    const used = this.#isInWord ? all.length : rest;
    this.#lines.pass(all.subarray(counted, used), '');
    this.#offset += used;
    // A copy: what was shown is the caller's again.
    this.#rest = all.slice(used);
    this.#isEnded = isLast;
    return isLast ? this.look() : null;
  }

  #take(bytes: Uint8Array, isCut: boolean, place: BytePlace): EncodingChange | null {
    const key = fromBytes(bytes);
    if (this.#recent.has(key)) return null;
    this.#recent.add(key);
    const isDoubtful = this.#scores.doubts({ key, isCut });
    this.#doubts.take({ key, isCut }, place, isDoubtful);
    this.#words.push({ place, key, isCut, isDoubtful });
    if (this.#words.length > WORDS) this.#recent.delete(this.#words.shift()?.key ?? '');
    if (++this.#sinceLook < STEP) return null;
    this.#sinceLook = 0;
    const doubtful = this.#words.slice(-LAST).filter((word) => word.isDoubtful).length;
    if (doubtful >= DOUBTFUL) this.#suspicion = WORDS;
    if (this.#suspicion <= 0) return null;
    this.#suspicion -= STEP;
    return this.look();
  }

  /** The best two for the last words, where they are that much better than the best one. */
  look(): EncodingChange | null {
    const before = PRIORS.slice();
    const after = before.slice();
    const informative = this.#words
      .map((word) => ({ place: word.place, scores: this.#scores.of(word) }))
      .filter((word): word is { place: BytePlace; scores: Float64Array } => word.scores !== null);
    for (const { scores } of informative) for (let r = 0; r < PRIORS.length; r++) after[r] += scores[r];
    let best = maxOf(after) + ENOUGH;
    let found: EncodingChange | null = null;
    for (const { place, scores } of informative) {
      const sum = maxOf(before) + maxOf(after);
      // Words that are the same in both are of the first.
      if (sum >= best) {
        best = sum;
        found = { place, before: this.#scores.nameOf(before), after: this.#scores.nameOf(after) };
      }
      for (let r = 0; r < PRIORS.length; r++) {
        before[r] += scores[r];
        after[r] -= scores[r];
      }
    }
    return found !== null && found.before !== found.after ? found : null;
  }
}

const SPACE = 0x20;

function beyondAscii(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] < 0x80) at++;
  return at;
}

function endOfWord(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] > SPACE) at++;
  return at;
}

/** Of the word that the bytes end with. */
function beginOfWord(bytes: Uint8Array, notBefore: number): number {
  let at = bytes.length;
  while (at > notBefore && bytes[at - 1] > SPACE) at--;
  return at;
}
