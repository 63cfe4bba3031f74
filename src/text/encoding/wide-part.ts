/** UTF-16 in what is text of one byte a character or a few, and the reverse: where one begins and the other ends. */
import { guessEncoding, guessWide } from './guess.js';
import { Mixture } from './mixture.js';
import { characterAt, evidenceIn } from './utf-8.js';

export type Wide = 'utf-16le' | 'utf-16be';

/** Bytes to tell it by, from the first zero on. */
export const ENOUGH = 512;
/** Where the rest of these is of another kind. */
const LEAST = 96;
/** Fewer characters of two bytes are no text. */
const FEWEST = 4;
/** So many bytes of plain text at the beginning of what has zeros further on. */
const NARROW = 8;

const isPlain = (byte: number): boolean => (byte >= 0x20 && byte < 0x7f) || (byte >= 0x09 && byte <= 0x0d);

const isLatin = (byte: number): boolean => isPlain(byte) || byte >= 0xa0;

const isMark = ([a, b]: Uint8Array): boolean => (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);

/** What `bytes` begin with as UTF-16, where they do. */
function wideAt(bytes: Uint8Array): Wide | null {
  const view = bytes.subarray(0, ENOUGH);
  if (isMark(view)) return view[0] === 0xff ? 'utf-16le' : 'utf-16be';
  const pairs = Math.min(view.length >> 1, 16);
  if (pairs < FEWEST) return null;
  let [little, big] = [0, 0];
  for (let i = 0; i < 2 * pairs; i += 2) {
    if (view[i + 1] === 0 && isLatin(view[i])) little++;
    if (view[i] === 0 && isLatin(view[i + 1])) big++;
  }
  if (4 * little >= 3 * pairs) return 'utf-16le';
  if (4 * big >= 3 * pairs) return 'utf-16be';
  const guess = guessWide(view) ?? guessWide(view.subarray(0, LEAST));
  return (guess?.encoding as Wide | undefined) ?? null;
}

/** Western text in UTF-16 beyond doubt, whatever follows: nothing but Latin letters and marks for a while. */
export function beginsWide(bytes: Uint8Array): Wide | null {
  if (bytes.length < 2 * BEGINS) return null;
  const isOf = (high: number): boolean => {
    for (let i = 0; i < 2 * BEGINS; i += 2)
      if (bytes[i + high] !== 0 || !isLatin(bytes[i + 1 - high])) return false;
    return true;
  };
  return isOf(1) ? 'utf-16le' : isOf(0) ? 'utf-16be' : null;
}
const BEGINS = 32;

interface WidePart {
  readonly from: number;
  readonly wide: Wide;
}

/**
 * Where UTF-16 begins in what was text of another kind.
 * @param seen a byte by which it shows: a zero, or one that is not of the other encoding
 */
export function widePart(bytes: Uint8Array, seen: number): WidePart | null {
  const isUtf8 = evidenceIn(bytes.subarray(0, seen)).bad === 0;
  const first = Math.min(seen, endOfNarrow(bytes, isUtf8));
  // The first byte that is odd may be either of a pair, and some before it may have looked like plain text.
  const parts = [
    first,
    first - 1,
    first - 2,
    first - 3,
    ...(isUtf8 || first < 4 || isLegacy(bytes.subarray(0, first)) ? [] : [0]),
  ]
    .filter((from) => from >= 0)
    .map((from) => ({ from, wide: wideAt(bytes.subarray(from)) }))
    .filter((part): part is WidePart => part.wide !== null);
  // From one byte on in one order is, but for a character, from the next one on in the other: a line's end comes
  // before it, or the file's beginning; and it ends with a whole character.
  const ranked = parts.map((part): [rank: number, part: WidePart] => {
    const { from, wide } = part;
    const isMarked = isMark(bytes.subarray(from, from + 2));
    const isOwnLine = from === 0 || bytes[from - 1] === 0x0a;
    const isWhole = (bytes.length - from) % 2 === 0;
    return [
      Number(isMarked) * 8 + Number(isOwnLine) * 4 + Number(isWhole) * 2 + Number(wide === 'utf-16le'),
      part,
    ];
  });
  return ranked.sort(([a], [b]) => b - a).at(0)?.[1] ?? null;
}

/** The first byte that no text of a byte or a few a character has. */
function endOfNarrow(bytes: Uint8Array, isUtf8: boolean): number {
  for (let at = 0; at < bytes.length;) {
    if (isMark(bytes.subarray(at, at + 2)) || (bytes[at] < 0x20 && !isPlain(bytes[at]) && bytes[at] !== 0x1b))
      return at;
    const length = isUtf8 ? characterAt(bytes, at) : 1;
    if (length <= 0) return at;
    at += length;
  }
  return bytes.length;
}

/**
 * Where a file that has zeros by the hundred begins with text of another kind nonetheless: where its UTF-16 begins.
 */
export function wideAfterNarrow(bytes: Uint8Array): WidePart | null {
  const end = endOfNarrow(bytes, true);
  if (end === bytes.length) return null;
  // What is not UTF-8 may go on as text of one byte a character.
  const legacy = endOfNarrow(bytes, false);
  if (legacy < bytes.length && isLegacy(bytes.subarray(end, legacy))) return widePart(bytes, legacy);
  const isMarked = end > 0 && isMark(bytes.subarray(end, end + 2));
  const part = isMarked || end >= NARROW ? widePart(bytes, end) : null;
  if (part !== null || legacy === bytes.length || !isLegacy(bytes.subarray(0, legacy))) return part;
  return widePart(bytes, legacy);
}

/** Whether bytes are likelier text of one byte a character than UTF-16: Western text is plain for the most part. */
function isLegacy(bytes: Uint8Array): boolean {
  const plain = bytes.reduce((sum, byte) => sum + Number(isPlain(byte)), 0);
  return bytes.length >= LEAST_LEGACY && plain >= MOSTLY_PLAIN * bytes.length && guessWide(bytes) === null;
}
const [LEAST_LEGACY, MOSTLY_PLAIN] = [12, 0.75];

/** @param bytes text that is not UTF-16, after some that is */
export const narrowNamed = (bytes: Uint8Array): string =>
  evidenceIn(bytes).bad === 0 ? 'utf-8' : guessEncoding(bytes).encoding;

/** Counts, pair by pair, what would be two plain characters: in what is UTF-16 they are one, met now and then. */
export class NarrowFinder {
  /** By how much pairs of plain ASCII outweigh others. */
  #weight = 0;
  /** Where the first of them is, in bytes from the beginning of the piece shown last. */
  #began = 0;
  #length = 0;
  /** Spaces and line ends of the other order since one of this order, and where what is of the other order began. */
  #swapped = 0;
  #swapBegan = 0;
  readonly #high: number;

  /** @param findsUnmarked the other order is looked for also where no mark begins it */
  constructor(
    private readonly encoding: Wide,
    private readonly findsUnmarked = true,
  ) {
    this.#high = encoding === 'utf-16le' ? 1 : 0;
  }

  /** Where the run under way began: below 0 in a piece before. */
  get began(): number | null {
    return this.#weight > 0 ? this.#began : null;
  }

  /** The same of what is of the other order, without a mark: behind the last space or line end of this order. */
  get swapBegan(): number {
    return this.#swapBegan;
  }

  /** @param piece whole pairs @returns what there is, where there is something that is no UTF-16 of this order */
  find(piece: Uint8Array): 'narrow' | 'swapped' | null {
    this.#began -= this.#length;
    this.#swapBegan -= this.#length;
    this.#length = piece.length;
    for (let i = 0; i + 1 < piece.length; i += 2) {
      const [high, low] = [piece[i + this.#high], piece[i + 1 - this.#high]];
      if (high === 0xff && low === 0xfe) {
        [this.#began, this.#weight] = [i, 1];
        return 'swapped';
      }
      if (high === 0 && isBlank(low)) [this.#swapped, this.#swapBegan] = [0, i + 2];
      // U+2000, U+0A00 and U+0D00 are in hardly any text.
      if (low === 0 && isBlank(high) && this.findsUnmarked && ++this.#swapped === MOST_SWAPPED) {
        [this.#began, this.#weight] = [this.#swapBegan, 1];
        return 'swapped';
      }
      // U+30xx: Japanese has them in a row.
      const isNarrow = high !== 0x30 && isPlain(high) && isPlain(low);
      if (isNarrow && this.#weight === 0) this.#began = i;
      this.#weight = Math.max(0, this.#weight + (isNarrow ? 1 : -2));
      if (this.#weight === MOST_NARROW) return 'narrow';
    }
    return null;
  }

  /** The order that it is not. */
  get other(): Wide {
    return this.encoding === 'utf-16le' ? 'utf-16be' : 'utf-16le';
  }
}

/** Where text of one byte a character or a few begins in what is UTF-16; null for nowhere. */
export function narrowAfter(bytes: Uint8Array, wide: Wide): number | null {
  const narrow = new NarrowFinder(wide);
  if (narrow.find(bytes) === 'narrow') return narrow.began;
  const mixture = new Mixture(wide);
  return mixture.find(bytes) ? mixture.began : null;
}

const isBlank = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d;

/** In Chinese one character of five has two bytes of ASCII. */
const MOST_NARROW = 24;
const MOST_SWAPPED = 4;
