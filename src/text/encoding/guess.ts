/**
 * Which encoding are these bytes in? Each candidate decodes them, and the text that comes of it is held against the
 * languages written in it: ln P(text | encoding) = Σ over words of ln Σ over languages of weight · P(word | language),
 * the weights being those that the words themselves suggest.
 */
import { CANDIDATES, WIDE, type Candidate } from './candidates.js';
import { decodeWhole } from './decode-whole.js';
import { languageNamed, type LanguageName } from './languages.js';
import { evidenceIn } from './utf-8.js';

/** How sure a guess is: by how many times likelier it is than the best that reads otherwise. */
export type Certainty = 'sure' | 'likely' | 'unsure';

export interface Guess {
  readonly encoding: string;
  readonly certainty: Certainty;
  /** Words in which it shows, as they are read: up to ten. */
  readonly words: readonly string[];
  /** Those that are about as likely, and read otherwise. */
  readonly rivals: readonly string[];
}

/** Bytes of words beyond ASCII that are looked at, of others for the language, and of one word. */
const [MOST, MOST_ASCII, LONGEST] = [8000, 2000, 300];
/** ln of the odds from which a guess is called sure, or likely; measured in tests/text/encodings.test.ts. */
const [SURE, LIKELY] = [14, 6];
const [WORDS, LONGEST_WORD] = [10, 16];
/** Bytes that the encoding does not have do stand in texts, but seldom. */
const BAD = Math.log(1e-7);

/** @param bytes text of some encoding that has ASCII in its lower half */
export function guessEncoding(bytes: Uint8Array): Guess {
  const tokens = tokensOf(bytes);
  const hasUtf8 = evidenceIn(bytes).good > 0;
  const possible = CANDIDATES.filter(({ encoding }) => encoding !== 'utf-8' || hasUtf8);
  return bestOf(
    possible.map((candidate) => measured(candidate, tokens)),
    bytes,
  );
}

/**
 * UTF-16 without a mark, where the bytes are likelier that than anything else.
 * @param bytes the beginning of a file
 */
export function guessWide(bytes: Uint8Array): Guess | null {
  const even = bytes.subarray(0, Math.min(bytes.length - (bytes.length % 2), 2048));
  if (even.length === 0) return null;
  const scored = WIDE.map((candidate) => {
    const text = decodeWhole(even, candidate.encoding);
    return { candidate, text, score: scoreOf(candidate, text.split(/[ \n\r\t]+/)) };
  }).sort((a, b) => b.score - a.score);
  const [best] = scored;
  // A text in any language needs less than this; 16 bits that mean nothing need more.
  if (best.score / best.text.length < -9) return null;
  const narrow = guessNarrow(even);
  if (narrow !== null && narrow >= best.score - LIKELY) return null;
  const { encoding } = best.candidate;
  return { encoding, certainty: 'sure', words: wordsIn(best.text), rivals: [] };
}

/** ln P of the best of the others; null where they cannot be meant, for no text has zeros. */
function guessNarrow(bytes: Uint8Array): number | null {
  if (bytes.includes(0)) return null;
  const tokens: Tokens = { bytes, beyond: Infinity, isCut: [], plain: new Map() };
  return Math.max(...CANDIDATES.map((candidate) => measured(candidate, tokens).score));
}

/** Words, a line end between two: first those with bytes beyond ASCII, then others. */
interface Tokens {
  readonly bytes: Uint8Array;
  /** How many of the first kind: the others only tell the language, as they read the same in any encoding. */
  readonly beyond: number;
  /** By word: more follows. */
  readonly isCut: readonly boolean[];
  /** What was found of the others, which is the same for every candidate. */
  readonly plain: Plain;
}
/** By language and word. */
type Plain = Map<LanguageName, Map<string, number>>;

function likelihoodOf(plain: Plain, name: LanguageName, word: string): number {
  let known = plain.get(name);
  if (known === undefined) plain.set(name, (known = new Map<string, number>()));
  let likelihood = known.get(word);
  if (likelihood === undefined) known.set(word, (likelihood = languageNamed(name).logLikelihood(word)));
  return likelihood;
}

/** Between ASCII's white space: no other character's bytes are among them. */
function tokensOf(bytes: Uint8Array): Tokens {
  const found: { from: number; to: number; isPlain: boolean }[] = [];
  let from = -1;
  let isPlain = true;
  for (let i = 0; i <= bytes.length; i++) {
    const byte = i < bytes.length ? bytes[i] : 0x20;
    if (byte > 0x20) {
      if (from < 0) [from, isPlain] = [i, true];
      if (byte > 0x7f) isPlain = false;
    } else if (from >= 0) {
      found.push({ from, to: i, isPlain });
      from = -1;
    }
  }
  const beyond = evenly(
    found.filter((token) => !token.isPlain),
    MOST,
  );
  const taken = [
    ...beyond,
    ...evenly(
      found.filter((token) => token.isPlain),
      MOST_ASCII,
    ),
  ];
  const joined: number[] = [];
  for (const token of taken) {
    joined.push(...bytes.subarray(token.from, Math.min(token.to, token.from + LONGEST)), 0x0a);
  }
  return {
    bytes: Uint8Array.from(joined),
    beyond: beyond.length,
    isCut: taken.map((token) => token.to > token.from + LONGEST),
    plain: new Map(),
  };
}

/** Of all, as many as have so many bytes together: spread over the whole. */
function evenly<T extends { from: number; to: number }>(tokens: readonly T[], most: number): T[] {
  const bytes = tokens.reduce((sum, { from, to }) => sum + Math.min(to - from, LONGEST), 0);
  const step = Math.max(1, bytes / most);
  return Array.from({ length: Math.ceil(tokens.length / step) }, (_, i) => tokens[Math.floor(i * step)]);
}

interface Measured {
  readonly candidate: Candidate;
  readonly score: number;
  readonly text: string;
}

function measured(candidate: Candidate, { bytes, beyond, isCut, plain }: Tokens): Measured {
  const text = decodeWhole(bytes, candidate.encoding);
  // Where a word was cut, its last character may have been.
  const words = text.split('\n').map((word, i) => (isCut[i] ? word.replace(/.?\ufffd*$/u, '') : word));
  return { candidate, text, score: scoreOf(candidate, words, beyond, plain) };
}

/** @param counted the first so many words count; from all it is told which languages there are */
function scoreOf(
  { languages, prior }: Candidate,
  words: readonly string[],
  counted = Infinity,
  plain: Plain = new Map<LanguageName, Map<string, number>>(),
): number {
  const { distinct, times, bad } = distinctOf(words, counted);
  const log = languages.map((name) => {
    const language = languageNamed(name);
    return Float64Array.from(distinct, ({ word, counts }) =>
      counts ? language.logLikelihood(word) : likelihoodOf(plain, name, word),
    );
  });
  const weights = new Float64Array(languages.length).fill(1 / languages.length);
  const found = new Float64Array(languages.length);
  const parts = new Float64Array(languages.length);
  let score = 0;
  // Three rounds settle which languages there are; none is ever ruled out.
  for (let round = 0; round < 3; round++) {
    found.fill(0.5);
    score = 0;
    for (let w = 0; w < distinct.length; w++) {
      let most = -Infinity;
      for (const row of log) most = Math.max(most, row[w]);
      let sum = 0;
      for (let l = 0; l < log.length; l++) sum += parts[l] = weights[l] * Math.exp(log[l][w] - most);
      if (distinct[w].counts) score += times[w] * (most + Math.log(sum));
      for (let l = 0; l < log.length; l++) found[l] += (times[w] * parts[l]) / sum;
    }
    const all = found.reduce((a, b) => a + b, 0);
    for (let l = 0; l < log.length; l++) weights[l] = found[l] / all;
  }
  return score + prior + bad * BAD;
}

interface Distinct {
  readonly word: string;
  /** In the score; the others only tell the language. */
  readonly counts: boolean;
}

/** Each word once, with how often it is there, and how many bytes are none of the encoding's. */
function distinctOf(
  words: readonly string[],
  counted: number,
): { distinct: readonly Distinct[]; times: Float64Array; bad: number } {
  let bad = 0;
  const places = new Map<string, number>();
  const distinct: Distinct[] = [];
  const times: number[] = [];
  words.forEach((word, i) => {
    const clean = word.replaceAll('\ufffd', '');
    bad += word.length - clean.length;
    const key = `${i < counted ? '' : ' '}${clean}`;
    const place = places.get(key);
    if (place !== undefined) times[place]++;
    else {
      places.set(key, distinct.length);
      distinct.push({ word: clean, counts: i < counted });
      times.push(1);
    }
  });
  return { distinct, times: Float64Array.from(times), bad };
}

function bestOf(all: readonly Measured[], bytes: Uint8Array): Guess {
  const best = all.reduce((a, b) => (b.score > a.score ? b : a));
  const isNear = ({ score }: Measured): boolean => score > best.score - LIKELY;
  const others = all.filter((other) => other.text !== best.text && isPossible(other));
  const margin = best.score - Math.max(...others.map(({ score }) => score));
  const rivals = others
    .filter(isNear)
    .sort((a, b) => b.score - a.score)
    .map(({ candidate }) => candidate.encoding);
  // Of those that read all of it the same, the most usual one.
  const text = decodeWhole(bytes, best.candidate.encoding);
  const same = all.find(
    (other) => other.text === best.text && decodeWhole(bytes, other.candidate.encoding) === text,
  );
  return {
    encoding: (same ?? best).candidate.encoding,
    certainty: margin >= SURE ? 'sure' : margin >= LIKELY ? 'likely' : 'unsure',
    words: wordsIn(best.text),
    rivals,
  };
}

/** It has all the bytes, or is UTF-8 with some that went wrong. */
const isPossible = ({ candidate, text }: Measured): boolean =>
  !text.includes('\ufffd') || (candidate.encoding === 'utf-8' && /[^\0-\x7f\ufffd]/.test(text));

/** Words with characters beyond ASCII, each once, in the order they are met. */
function wordsIn(text: string): string[] {
  const words = text
    // Chinese and Japanese have no spaces: there words are what stands between marks.
    .split(/[\s\p{C}，。、；：？！“”「」『』（）《》]+/u)
    .map((word) => word.replace(/^\p{P}+(?=.*[\p{L}\p{S}])|(?<=[\p{L}\p{S}].*)\p{P}+$/gu, ''))
    .filter((word) => /[^\0-\x7f]/.test(word))
    .map((word) => Array.from(word).slice(0, LONGEST_WORD).join(''));
  const withLetters = words.filter((word) => /\p{L}/u.test(word));
  return [...new Set(withLetters.length > 0 ? withLetters : words)].slice(0, WORDS);
}
