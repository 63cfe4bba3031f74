/**
 * What is in the way of reading a file on as one encoding: another one that begins in it, bytes that are none of it, a
 * zero, an end that comes too early. Each is refused with its place, and with what it is where that shows.
 */
import type { DissipaError } from '../../base/errors.js';
import type { ReadingRules } from '../versions.js';
import { ChangeFinder } from './change.js';
import type { Doubt } from './doubts.js';
import { guessEncoding } from './guess.js';
import { isMultiByte } from './legacy.js';
import { LineCount } from './lines.js';
import { Mixture } from './mixture.js';
import type { Position } from './position.js';
import { MANY } from './recognise.js';
import { evidenceIn, stretches } from './utf-8.js';
import { narrowAfter, NarrowFinder, narrowNamed, widePart } from './wide-part.js';
import { isCutOff, isMixed, isWrong, isZero, type BytePlace } from './words.js';

/** So many bytes in a row that are not UTF-8, with none between that are, are another encoding. */
const IN_A_ROW = 3;

const isWide = (encoding: string): boolean => /^utf-(?:16|32)/.test(encoding);

export class SecondEncoding {
  #mixture: Mixture | undefined;
  #changes: ChangeFinder | undefined;
  #narrow: NarrowFinder | undefined;
  #narrowBegan: BytePlace = { byte: 0, line: 1 };
  #swapBegan: BytePlace = { byte: 0, line: 1 };
  #runBegan: BytePlace = { byte: 0, line: 1 };
  /** Some that is beyond ASCII was decoded. */
  #isUnderWay = false;

  /**
   * @param where the path, for the errors
   * @param at where the file is read; its encoding is the one that was decided on
   * @param isNamed nothing but what cannot be read is refused then
   */
  constructor(
    private readonly where: string,
    private readonly at: Position,
    private readonly isNamed: boolean,
    private readonly rules: ReadingRules,
  ) {}

  /**
   * The encoding was decided on.
   * @param isGuess it was not told by the bytes themselves
   * @param context plain text before it
   */
  begin(isGuess: boolean, context: Uint8Array): void {
    if (this.isNamed) return;
    const { encoding } = this.at;
    const { findsSecondEncodings } = this.rules;
    if (encoding === 'utf-16le' || encoding === 'utf-16be') {
      this.#narrow = new NarrowFinder(encoding, findsSecondEncodings);
      if (findsSecondEncodings) this.#mixture = new Mixture(encoding);
    } else if (isGuess) {
      this.#mixture = new Mixture(encoding);
      if (findsSecondEncodings) this.#changes = new ChangeFinder(encoding, this.at.of(context, 0), context);
    }
  }

  /** Words that may be in another encoding, and are too few to refuse the text for; null for none. */
  get doubt(): Doubt | null {
    return this.#changes?.doubt ?? null;
  }

  /** @param piece whole characters, decoded next @throws DissipaError where another encoding shows in them */
  refuse(piece: Uint8Array, isLast: boolean): void {
    this.#refuseMixture(piece);
    this.#refuseNarrow(piece);
    this.#refuseChange(piece, isLast);
  }

  /** Where words that were read in one encoding are of another one. @param isLast no more is to be looked at */
  #refuseChange(piece: Uint8Array, isLast: boolean): void {
    const change = this.#changes?.find(piece, isLast) ?? null;
    if (change !== null) throw isMixed(this.where, change.place, change.before, change.after);
  }

  /** `piece` was decoded. */
  pass(): void {
    this.#isUnderWay = true;
  }

  #refuseMixture(piece: Uint8Array): void {
    if (!this.#mixture) return;
    const isFound = this.#mixture.find(piece);
    const { began } = this.#mixture;
    // One that began in a piece before was placed there; a character may lie across the border.
    if (began !== null && began > -4) this.#runBegan = this.at.of(piece, began);
    if (!isFound) return;
    this.#refuseChange(piece.subarray(0, Math.max(0, began ?? 0)), true);
    throw isMixed(this.where, this.#runBegan, this.at.encoding, 'utf-8');
  }

  /** In what is UTF-16: text of one byte a character, or UTF-16 of the other order. */
  #refuseNarrow(piece: Uint8Array): void {
    if (!this.#narrow) return;
    const found = this.#narrow.find(piece);
    const { began, swapBegan } = this.#narrow;
    const { encoding } = this.at;
    if (swapBegan >= 0) this.#swapBegan = this.at.of(piece, swapBegan);
    if (found === 'swapped') {
      const place = began !== null && began >= 0 ? this.at.of(piece, began) : this.#swapBegan;
      throw isMixed(this.where, place, encoding, this.#narrow.other);
    }
    // One that began in a piece before was placed there.
    if (began !== null && began >= 0) this.#narrowBegan = this.at.of(piece, began);
    if (found === null) return;
    const after = narrowNamed(piece.subarray(Math.max(0, began ?? 0)));
    throw isMixed(this.where, this.#narrowBegan, encoding, after);
  }

  /** @throws DissipaError where there is a zero, which no text but of UTF-16 and UTF-32 has */
  refuseZero(bytes: Uint8Array): void {
    if (isWide(this.at.encoding)) return;
    const zero = bytes.indexOf(0);
    if (zero < 0) return;
    throw this.#wideFrom(bytes, zero) ?? isZero(this.where, this.at.of(bytes, zero));
  }

  /** UTF-16 that shows in what was no such; null where there is none. */
  #wideFrom(bytes: Uint8Array, seen: number): DissipaError | null {
    if (this.isNamed || !this.rules.findsSecondEncodings) return null;
    const part = widePart(bytes, seen);
    if (part === null) return null;
    const { from, wide } = part;
    const { encoding } = this.at;
    if (this.at.byte + from > 0) {
      // What comes first is told first.
      this.#refuseChange(bytes.subarray(0, from), true);
      const before = encoding === 'utf-8' ? narrowNamed(bytes.subarray(0, from)) : encoding;
      return isMixed(this.where, this.at.of(bytes, from), before, wide);
    }
    const byte = narrowAfter(bytes, wide);
    if (byte === null) return null;
    const line = new LineCount().at(bytes, byte, wide);
    return isMixed(this.where, { byte, line }, wide, narrowNamed(bytes.subarray(byte)));
  }

  /** What is said of the byte at `index`, which is none of the encoding. @param isEnd with it the file ends */
  wrong(bytes: Uint8Array, index: number, isEnd: boolean): DissipaError {
    const { encoding } = this.at;
    const place = this.at.of(bytes, index);
    if (isEnd) return isCutOff(this.where, place, encoding);
    const change = this.#changes?.look() ?? null;
    if (change !== null) return isMixed(this.where, change.place, change.before, change.after);
    const wide = this.#wideFrom(bytes, index);
    if (wide !== null) return wide;
    if (encoding === 'utf-8' && !this.isNamed) {
      const other = this.#otherFrom(bytes, index);
      if (other !== null) return other;
    }
    // Two bytes of UTF-8 may be one of this encoding and one that is not.
    const from = Math.max(0, index - 1);
    if (this.#mixture && isMultiByte(encoding)) {
      const { good, bad } = evidenceIn(bytes.subarray(from));
      if (good >= MANY && bad === 0) return isMixed(this.where, this.at.of(bytes, from), encoding, 'utf-8');
    }
    return isWrong(this.where, place, { byte: bytes[index], encoding, isGuess: !this.isNamed });
  }

  /** Another encoding in what was UTF-8, or before what is; null where single bytes alone are at fault. */
  #otherFrom(bytes: Uint8Array, index: number): DissipaError | null {
    let wrong = 0;
    let end = bytes.length;
    let next = -1;
    for (const { from, to, isGood } of stretches(bytes.subarray(index))) {
      if (!isGood && !isOfSurrogate(bytes, index + from)) wrong++;
      else next = bytes.subarray(index + from, index + to).findIndex((byte) => byte > 0x7f);
      if (next < 0) continue;
      end = index + from + next;
      break;
    }
    if (wrong < IN_A_ROW) return null;
    const isFirst = !this.#isUnderWay && bytes.subarray(0, index).every((byte) => byte < 0x80);
    const other = guessEncoding(bytes.subarray(isFirst ? 0 : index, end)).encoding;
    return isFirst
      ? isMixed(this.where, this.at.of(bytes, end), other, 'utf-8')
      : isMixed(this.where, this.at.of(bytes, index), 'utf-8', other);
  }
}

/** Half of a pair, each written by itself (CESU-8): many bytes that are not UTF-8, and yet no other encoding. */
const isOfSurrogate = (bytes: Uint8Array, at: number): boolean =>
  [at, at - 1, at - 2].some(
    (lead) => bytes[lead] === 0xed && bytes[lead + 1] >= 0xa0 && bytes[lead + 1] <= 0xbf,
  );
