/**
 * Which encoding a file is in, found in this order: a byte-order mark; UTF-16 or UTF-32 without one, by the beginning of
 * the file; and at the first bytes beyond ASCII, UTF-8 where all of the sample is UTF-8, else the encoding in which it is
 * likeliest a text (guess.ts). Nothing is guessed twice: text before that point reads the same in any of them.
 */
import type { ReadingRules } from '../versions.js';
import { isUtf32, looksWide, startsJapanese } from './beginnings.js';
import { joinedBytes } from './bytes.js';
import { decodeWhole } from './decode-whole.js';
import { guessEncoding, guessWide, type Guess } from './guess.js';
import { Mixture, runOf } from './mixture.js';
import type { Position } from './position.js';
import { isSingleByte } from './single-byte.js';
import { characterAt, evidenceIn } from './utf-8.js';
import { beginsWide, narrowNamed, wideAfterNarrow } from './wide-part.js';
import { isBinary, isMixed } from './words.js';

/** Bytes of the beginning that are looked at. */
export const BEGINNING = 4096;
/** Bytes that are looked at from the first beyond ASCII on (more where few are beyond it). */
const SAMPLE = 65_536;
const LONGEST_SAMPLE = 2 ** 20;
const FEW = 64;
/** So many characters of UTF-8, and so many times as many as there are bytes that are not, never come by chance. */
export const [MANY, MOSTLY] = [8, 4];

/** An encoding, and how it was found where the bytes do not say so themselves. */
export interface Recognised {
  readonly encoding: string;
  readonly guess?: Guess;
}

/**
 * What the file's beginning alone can tell; null for nothing.
 * @throws DissipaError where it goes over to UTF-16
 */
export function recogniseBeginning(
  bytes: Uint8Array,
  where: string,
  at: Position,
  rules: ReadingRules,
): Recognised | null {
  const [a, b, c] = bytes;
  const utf32 = isUtf32(bytes);
  if (utf32 !== null) return { encoding: utf32 };
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8' };
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le' };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be' };
  const beginning = bytes.subarray(0, BEGINNING);
  const wide = looksWide(beginning);
  if (wide === null) return null;
  const part = rules.findsSecondEncodings ? wideAfterNarrow(beginning) : null;
  if (part !== null)
    throw isMixed(where, at.of(bytes, part.from), narrowNamed(bytes.subarray(0, part.from)), part.wide);
  if (wide !== 'perhaps') return { encoding: wide };
  const guess = guessWide(beginning);
  if (guess !== null) return { encoding: guess.encoding, guess };
  const encoding = rules.findsSecondEncodings ? beginsWide(beginning) : null;
  return encoding === null ? null : { encoding };
}

/**
 * @param sample its first byte is beyond ASCII, or begins a sequence that is no text
 * @param context plain text before it, which tells the language
 * @throws DissipaError where it is no text
 */
export function recognise(
  sample: Uint8Array,
  context: Uint8Array,
  where: string,
  at: Position,
  rules: ReadingRules,
): Recognised {
  if (startsJapanese(sample)) return { encoding: 'iso-2022-jp' };
  if (isUtf8(sample)) return { encoding: 'utf-8' };
  refuseBinary(sample, where, at);
  const { good, bad } = evidenceIn(sample);
  // What begins as UTF-8 and goes on as another is refused where that begins.
  const before = charactersBefore(sample);
  if (before >= MANY) return { encoding: 'utf-8' };
  let guess = guessEncoding(joinedBytes(context, sample));
  if (rules.findsSecondEncodings && before >= runOf(guess.encoding)) return { encoding: 'utf-8' };
  // Of a mixture what stands first is guessed from that alone.
  const mixture = new Mixture(guess.encoding);
  if (mixture.find(sample) && (mixture.began ?? 0) > 0)
    guess = guessEncoding(joinedBytes(context, sample.subarray(0, mixture.began ?? 0)));
  // In one byte a character hardly anything is UTF-8 by chance; and what does not fit either is no better.
  const isBetter = isSingleByte(guess.encoding) || decodeWhole(sample, guess.encoding).includes('\ufffd');
  const isMostly = good > 0 && good >= 2 * bad && isBetter;
  const encoding = isMostly ? 'utf-8' : guess.encoding;
  return encoding === 'utf-8' ? { encoding } : { encoding, guess };
}

function refuseBinary(sample: Uint8Array, where: string, at: Position): void {
  const controls = sample.filter(
    (byte) => byte < 0x20 && !'\b\t\n\v\f\r\x1a\x1b\x1c\x1d\x1e\x1f'.includes(String.fromCharCode(byte)),
  );
  if (100 * controls.length <= sample.length) return;
  throw isBinary(where, at.of(sample, sample.indexOf(controls[0])), controls[0]);
}

/** Characters beyond ASCII before the first byte that is not UTF-8. */
function charactersBefore(sample: Uint8Array): number {
  let characters = 0;
  for (let at = 0; at < sample.length;) {
    const length = characterAt(sample, at);
    if (length <= 0) break;
    if (length > 1) characters++;
    at += length;
  }
  return characters;
}

/** All that is beyond ASCII is UTF-8, or nearly all of much. */
function isUtf8(sample: Uint8Array): boolean {
  const { good, bad } = evidenceIn(sample);
  return good > 0 && (bad === 0 || (good >= MANY && good >= MOSTLY * bad));
}

/** The bytes to recognise an encoding by, the same however they came; null where more are to be waited for. */
export function sampleOf(bytes: Uint8Array, isLast: boolean): Uint8Array | null {
  if (bytes.length < SAMPLE) return isLast ? bytes : null;
  const first = bytes.subarray(0, SAMPLE);
  if (evidenceIn(first).bad === 0) return first;
  let beyond = 0;
  for (let i = 0; i < Math.min(bytes.length, LONGEST_SAMPLE); i++)
    if (bytes[i] > 0x7f && ++beyond === FEW) return bytes.subarray(0, Math.max(i + 1, SAMPLE));
  return isLast || bytes.length >= LONGEST_SAMPLE ? bytes.subarray(0, LONGEST_SAMPLE) : null;
}

/** The length of what is ASCII, and begins no sequence that would make it Japanese (ISO-2022). */
export function lengthOfPlain(bytes: Uint8Array, isLast: boolean): number {
  let length = 0;
  while (length < bytes.length && bytes[length] < 0x80) length++;
  const ascii = bytes.subarray(0, length);
  for (let at = ascii.indexOf(0x1b); at >= 0; at = ascii.indexOf(0x1b, at + 1)) {
    const isWhole = isLast || at + 2 < bytes.length;
    if (!isWhole || startsJapanese(bytes.subarray(at))) return at;
  }
  return length;
}
