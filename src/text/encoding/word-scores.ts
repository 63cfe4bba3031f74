/** How well a word reads in each of the encodings of the kind that has ASCII in its lower half. */
import { toBytes } from '../bytes.js';
import { CANDIDATES, type Candidate } from './candidates.js';
import { decodeWhole } from './decode-whole.js';
import { languageNamed, type LanguageName } from './languages.js';

/** A few words of UTF-8 are found here, more of it by its bytes (mixture.ts). */
const READINGS = CANDIDATES;
export const ENCODINGS_READ: readonly string[] = READINGS.map(({ encoding }) => encoding);
/** ln of how often each is met. */
export const PRIORS: Readonly<Float64Array> = Float64Array.from(READINGS, ({ prior }) => prior);

/** ln of how much likelier a word can make one encoding than another: of so many bytes each so much, then each less. */
const [SHORT, BY_BYTE, BY_BYTE_MORE] = [5, 1.6, 0.5];
/** ln of how likely a character is on average in what reads well, and where that is beyond doubt: of letters … */
const [WELL, CERTAIN] = [-4.6, -4];
/** … and of Chinese and the like, of which there are thousands. */
const [WELL_OF_MANY, CERTAIN_OF_MANY] = [-7.8, -7.6];
/** ln of the odds within which what a whole text was taken for is believed. */
const NEAR = 6;
/** Words that are remembered. */
const MOST_KNOWN = 50_000;

/** Bytes without white space, a symbol each. */
export interface Word {
  readonly key: string;
  /** More follow. */
  readonly isCut: boolean;
}

export class WordScores {
  readonly #scores = new Map<string, Float64Array | null>();
  /** What the text was taken for, among ENCODINGS_READ. */
  readonly reading: number;
  /** The one that a word read well in last comes first. */
  readonly #languages: LanguageName[];
  readonly #doubts = new Map<string, boolean>();

  /** @param encoding what the text was taken for */
  constructor(encoding: string) {
    this.reading = READINGS.findIndex((reading) => reading.encoding === encoding);
    this.#languages = [...READINGS[this.reading].languages];
  }

  /** Whether a word does not read well beyond doubt in what the text was taken for. */
  doubts({ key, isCut }: Word): boolean {
    const known = this.#doubts.get(key);
    if (known !== undefined) return known;
    if (this.#doubts.size === MOST_KNOWN) this.#doubts.clear();
    const word = decodedWord(toBytes(key), READINGS[this.reading].encoding, isCut);
    const doubts = word === null || !this.#reads(word);
    this.#doubts.set(key, doubts);
    return doubts;
  }

  /** By reading, ln of how likely a word is beside the best; null where it says nothing. */
  of({ key, isCut }: Word): Float64Array | null {
    const known = this.#scores.get(key);
    if (known !== undefined) return known;
    if (this.#scores.size === MOST_KNOWN) this.#scores.clear();
    const bytes = toBytes(key);
    const taken = decodedWord(bytes, READINGS[this.reading].encoding, isCut);
    // Drawings and signs that happen to be letters elsewhere.
    const isOfSigns = taken !== null && !/\p{L}/u.test(taken);
    const scores = isOfSigns ? null : scoresOf(bytes, isCut);
    this.#scores.set(key, scores);
    return scores;
  }

  #reads(word: string): boolean {
    const languages = this.#languages;
    const least = OF_MANY.test(word) ? CERTAIN_OF_MANY : CERTAIN;
    const at = languages.findIndex(
      (name) => perCharacter(word, languageNamed(name).logLikelihood(word)) >= least,
    );
    if (at > 0) languages.unshift(...languages.splice(at, 1));
    return at >= 0;
  }

  /** The reading that is the likeliest, or this one where it is hardly less so. */
  nameOf(scores: Float64Array): string {
    const most = maxOf(scores);
    const isThis = scores[this.reading] > most - NEAR;
    return READINGS[isThis ? this.reading : scores.indexOf(most)].encoding;
  }
}

export function maxOf(values: Readonly<Float64Array>): number {
  let most = -Infinity;
  for (const value of values) if (value > most) most = value;
  return most;
}

/**
 * What a word says of each reading; null for nothing. Those that read it as the same are as likely, whatever languages
 * were written in them.
 */
function scoresOf(bytes: Uint8Array, isCut: boolean): Float64Array | null {
  const texts = READINGS.map(({ encoding }) => decodedWord(bytes, encoding, isCut));
  const likelihoods = new Map<string, number>();
  let best = -Infinity;
  texts.forEach((text, r) => {
    if (text === null) return;
    const likelihood = Math.max(likelihoods.get(text) ?? -Infinity, likelihoodOf(text, READINGS[r]));
    likelihoods.set(text, likelihood);
    if (likelihood > best && isWell(text, likelihood)) best = likelihood;
  });
  if (best === -Infinity) return null;
  const most = Math.max(BY_BYTE * Math.min(SHORT, bytes.length), BY_BYTE_MORE * bytes.length);
  return Float64Array.from(texts, (text) => {
    const likelihood = text === null ? -Infinity : (likelihoods.get(text) ?? -Infinity);
    return Math.min(0, Math.max(-most, likelihood - best));
  });
}

/** null where some bytes of it are none of the encoding's. */
function decodedWord(bytes: Uint8Array, encoding: string, isCut: boolean): string | null {
  const decoded = decodeWhole(bytes, encoding);
  if (!decoded.includes(LOST)) return decoded;
  // Where it was cut, its last character may have been.
  const word = isCut ? decoded.replace(/\ufffd+$/u, '') : decoded;
  return word.includes(LOST) ? null : word;
}
const LOST = '\ufffd';

function likelihoodOf(word: string, { languages }: Candidate): number {
  let most = -Infinity;
  for (const name of languages) most = Math.max(most, languageNamed(name).logLikelihood(word));
  return most - Math.log(languages.length);
}

const perCharacter = (word: string, likelihood: number): number => likelihood / (word.length + 1);
const isWell = (word: string, likelihood: number): boolean =>
  OF_LETTERS.test(word) && perCharacter(word, likelihood) >= (OF_MANY.test(word) ? WELL_OF_MANY : WELL);
/** Two letters in a row that are no capitals. */
const OF_LETTERS = /[\p{Ll}\p{Lo}]{2}/u;
/** Chinese, Japanese and Korean characters. */
const OF_MANY = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]/;
