/**
 * Bytes to text, piece by piece, in the encoding they are found to be in.
 *
 * Found in this order: a byte-order mark; UTF-16 or UTF-32 without one, by the beginning of the file; and at the first
 * bytes beyond ASCII, UTF-8 where all of the sample is UTF-8, else the encoding in which it is likeliest a text
 * (guess.ts). Nothing is guessed twice: text before that point reads the same in any of them.
 */
import type { DissipaError } from '../../base/errors.js';
import { isUtf32, looksWide, startsJapanese } from './beginnings.js';
import { joined } from './bytes.js';
import { ChangeFinder } from './change.js';
import { Codec, type BadBytes } from './codec.js';
import { decodeWhole } from './decode-whole.js';
import { guessEncoding, guessWide, type Guess } from './guess.js';
import { isMultiByte } from './legacy.js';
import { lineEnds } from './lines.js';
import { Mixture } from './mixture.js';
import { encodingNamed } from './names.js';
import { isSingleByte } from './single-byte.js';
import { characterAt, evidenceIn, stretches } from './utf-8.js';
import { ENOUGH, narrowAfter, NarrowFinder, narrowNamed, wideAfterNarrow, widePart } from './wide-part.js';
import { isBinary, isCutOff, isMixed, isWrong, isZero, type Place } from './words.js';

/** Bytes that are looked at: of the beginning, and from the first beyond ASCII on (more where few are beyond it). */
const BEGINNING = 4096;
const SAMPLE = 65_536;
const LONGEST_SAMPLE = 2 ** 20;
const FEW = 64;
/** Plain text before the sample, which tells the language. */
const CONTEXT = 2000;
/** So many characters of UTF-8, and so many times as many as there are bytes that are not, never come by chance. */
const [MANY, MOSTLY] = [8, 4];
/** So many bytes in a row that are not UTF-8, with none between that are, are another encoding. */
const IN_A_ROW = 3;

export interface DecoderOptions {
  /** A label that `encodingNamed` knows, or `auto`. */
  readonly encoding?: string | undefined;
  readonly badBytes?: BadBytes | undefined;
  /** @see READING_VERSION: before 3, words of another encoding and UTF-16 in other text were not looked for */
  readonly version?: number | undefined;
}

export class Decoder {
  /** Undefined until the encoding is known; then never another. */
  #codec: Codec | undefined;
  #guess: Guess | undefined;
  #mixture: Mixture | undefined;
  #changes: ChangeFinder | undefined;
  #narrow: NarrowFinder | undefined;
  #narrowBegan: Place = { byte: 0, line: 1 };
  #runBegan: Place = { byte: 0, line: 1 };
  /** Bytes not yet decoded, where in the file they begin, and on which line. */
  #held: Uint8Array = new Uint8Array();
  #offset = 0;
  #lines = 1;
  #isBegun = false;
  /** Some that is beyond ASCII was decoded. */
  #isUnderWay = false;
  #context: Uint8Array = new Uint8Array();
  readonly #badBytes: BadBytes;
  readonly #isNamed: boolean;
  readonly #isEarlier: boolean;

  /** @param where the path, for the errors */
  constructor(
    private readonly where: string,
    { encoding = 'auto', badBytes = 'refuse', version = 3 }: DecoderOptions = {},
  ) {
    this.#badBytes = badBytes;
    this.#isEarlier = version < 3;
    this.#isNamed = encoding !== 'auto';
    if (this.#isNamed) this.#decide(encoding);
  }

  /** The encoding's name; ASCII is UTF-8. */
  get encoding(): string {
    return this.#codec?.encoding ?? 'utf-8';
  }

  /** How the encoding was found, where it was neither named nor told by the bytes themselves. */
  get guess(): Guess | undefined {
    return this.#guess;
  }

  /** The encoding was given. */
  get isNamed(): boolean {
    return this.#isNamed;
  }

  /** How many times bytes were replaced or dropped. */
  get bad(): number {
    return this.#codec?.bad ?? 0;
  }

  /**
   * The text that `bytes` complete; always whole code points. A byte-order mark may be among them.
   * @throws DissipaError where they are binary, or not of the encoding, and at which byte and line
   */
  push(bytes: Uint8Array): string {
    return this.#advance(joined(this.#held, bytes), false);
  }

  /** The rest. @throws DissipaError where the last character is cut off */
  end(): string {
    return this.#advance(this.#held, true);
  }

  #advance(bytes: Uint8Array, isLast: boolean): string {
    let text = '';
    let rest = bytes;
    if (this.#codec === undefined) {
      if (!this.#isBegun && rest.length < BEGINNING && !isLast) return this.#keep(rest);
      if (!this.#isBegun) this.#begin(rest);
      this.#isBegun = true;
    }
    if (this.#awaitsMore(rest, isLast)) return this.#keep(rest);
    if (this.#codec === undefined) {
      this.#refuseZero(rest);
      const plain = lengthOfPlain(rest, isLast);
      text = this.#takePlain(rest.subarray(0, plain));
      rest = rest.subarray(plain);
      const sample = rest.length > 0 ? sampleOf(rest, isLast) : null;
      if (sample === null) {
        this.#keep(rest);
        return text;
      }
      this.#recognise(sample);
    }
    return text + this.#decode(rest, isLast);
  }

  /** Whether what follows a zero, or a mark, has to be seen first: is it a binary, or UTF-16? */
  #awaitsMore(bytes: Uint8Array, isLast: boolean): boolean {
    if (isLast || this.#isNamed || /^utf-(?:16|32)/.test(this.encoding)) return false;
    const zero = bytes.indexOf(0);
    return zero >= 0 && bytes.length - zero < ENOUGH;
  }

  #keep(bytes: Uint8Array): string {
    // A copy: what was pushed is the caller's again.
    this.#held = bytes.slice();
    return '';
  }

  /** What the file's beginning alone can tell. */
  #begin(bytes: Uint8Array): void {
    const [a, b, c] = bytes;
    const utf32 = isUtf32(bytes);
    if (utf32 !== null) this.#decide(utf32);
    else if (a === 0xef && b === 0xbb && c === 0xbf) this.#decide('utf-8');
    else if (a === 0xff && b === 0xfe) this.#decide('utf-16le');
    else if (a === 0xfe && b === 0xff) this.#decide('utf-16be');
    else {
      const beginning = bytes.subarray(0, BEGINNING);
      const wide = looksWide(beginning);
      if (wide === null) return;
      const part = this.#isEarlier ? null : wideAfterNarrow(beginning);
      if (part !== null) throw isMixed(this.where, this.#place(bytes, part.from), 'utf-8', part.wide);
      if (wide !== 'perhaps') this.#decide(wide);
      else {
        const guess = guessWide(beginning);
        if (guess === null) return;
        this.#guess = guess;
        this.#decide(guess.encoding);
      }
    }
  }

  /** ASCII, which is text in whatever encoding comes after it. */
  #takePlain(ascii: Uint8Array): string {
    this.#context = joined(this.#context, ascii.subarray(-CONTEXT)).slice(-CONTEXT);
    this.#pass(ascii);
    return new TextDecoder().decode(ascii);
  }

  #pass(bytes: Uint8Array): void {
    this.#offset += bytes.length;
    this.#lines += lineEnds(bytes, this.encoding);
  }

  /** @param sample its first byte is beyond ASCII, or begins a sequence that is no text */
  #recognise(sample: Uint8Array): void {
    const told = startsJapanese(sample) ? 'iso-2022-jp' : isUtf8(sample) ? 'utf-8' : null;
    if (told !== null) {
      this.#decide(told);
      return;
    }
    this.#refuseBinary(sample);
    const { good, bad } = evidenceIn(sample);
    // What begins as UTF-8 and goes on as another is refused where that begins.
    if (charactersBefore(sample) >= MANY) {
      this.#decide('utf-8');
      return;
    }
    let guess = guessEncoding(joined(this.#context, sample));
    // Of a mixture what stands first is guessed from that alone.
    const mixture = new Mixture(guess.encoding);
    if (mixture.find(sample) && (mixture.began ?? 0) > 0)
      guess = guessEncoding(joined(this.#context, sample.subarray(0, mixture.began ?? 0)));
    // In one byte a character hardly anything is UTF-8 by chance; and what does not fit either is no better.
    const isBetter = isSingleByte(guess.encoding) || decodeWhole(sample, guess.encoding).includes('\ufffd');
    const isMostly = good > 0 && good >= 2 * bad && isBetter;
    this.#decide(isMostly ? 'utf-8' : guess.encoding);
    if (this.encoding === 'utf-8') return;
    this.#guess = guess;
    this.#mixture = new Mixture(guess.encoding);
    if (!this.#isEarlier)
      this.#changes = new ChangeFinder(guess.encoding, { byte: this.#offset, line: this.#lines });
  }

  #refuseBinary(sample: Uint8Array): void {
    const controls = sample.filter(
      (byte) => byte < 0x20 && !'\b\t\n\v\f\r\x1a\x1b\x1c\x1d\x1e\x1f'.includes(String.fromCharCode(byte)),
    );
    if (100 * controls.length <= sample.length) return;
    throw isBinary(this.where, this.#place(sample, sample.indexOf(controls[0])), controls[0]);
  }

  #decide(label: string): void {
    this.#codec = new Codec(encodingNamed(label) ?? label, this.#badBytes);
    const { encoding } = this.#codec;
    if (this.#isNamed || (encoding !== 'utf-16le' && encoding !== 'utf-16be')) return;
    this.#narrow = new NarrowFinder(encoding);
    if (!this.#isEarlier) this.#mixture = new Mixture(encoding);
  }

  #decode(bytes: Uint8Array, isLast: boolean): string {
    const codec = this.#codec as Codec;
    const { encoding } = codec;
    if (!/^utf-(?:16|32)/.test(encoding)) this.#refuseZero(bytes);
    const whole = isLast ? bytes.length : codec.wholeLength(bytes);
    const piece = bytes.subarray(0, whole);
    this.#refuseMixture(piece);
    this.#refuseNarrow(piece);
    this.#refuseChange(piece, isLast);
    const text = codec.decode(piece, isLast, (index, isEnd) => {
      throw this.#wrong(bytes, index, isEnd && isLast);
    });
    this.#keep(bytes.subarray(whole));
    this.#pass(piece);
    this.#isUnderWay = true;
    return text;
  }

  /** Where byte `index` of what is decoded next is in the file. */
  #place(bytes: Uint8Array, index: number): Place {
    return {
      byte: this.#offset + index,
      line: this.#lines + lineEnds(bytes.subarray(0, Math.max(0, index)), this.encoding),
    };
  }

  #refuseMixture(piece: Uint8Array): void {
    if (!this.#mixture) return;
    const isFound = this.#mixture.find(piece);
    const { began } = this.#mixture;
    // One that began in a piece before was placed there; a character may lie across the border.
    if (began !== null && began > -4) this.#runBegan = this.#place(piece, began);
    if (isFound) throw isMixed(this.where, this.#runBegan, this.encoding, 'utf-8');
  }

  /** In what is UTF-16: text of one byte a character, or UTF-16 of the other order. */
  #refuseNarrow(piece: Uint8Array): void {
    if (!this.#narrow) return;
    const found = this.#narrow.find(piece);
    const { began } = this.#narrow;
    if (found === 'swapped')
      throw isMixed(this.where, this.#place(piece, began ?? 0), this.encoding, this.#narrow.other);
    // One that began in a piece before was placed there.
    if (began !== null && began >= 0) this.#narrowBegan = this.#place(piece, began);
    if (found === null) return;
    const after = narrowNamed(piece.subarray(Math.max(0, began ?? 0)));
    throw isMixed(this.where, this.#narrowBegan, this.encoding, after);
  }

  /** Where words that were read in one encoding are of another one. */
  #refuseChange(piece: Uint8Array, isLast: boolean): void {
    const change = this.#changes?.find(piece, isLast) ?? null;
    if (change !== null) throw isMixed(this.where, change.place, change.before, change.after);
  }

  #refuseZero(bytes: Uint8Array): void {
    const zero = bytes.indexOf(0);
    if (zero < 0) return;
    throw this.#wideFrom(bytes, zero) ?? isZero(this.where, this.#place(bytes, zero));
  }

  /** UTF-16 that shows in what was no such; null where there is none. */
  #wideFrom(bytes: Uint8Array, seen: number): DissipaError | null {
    if (this.#isNamed || this.#isEarlier) return null;
    const part = widePart(bytes, seen);
    if (part === null) return null;
    const { from, wide } = part;
    if (this.#offset + from > 0) {
      const before = this.encoding === 'utf-8' ? narrowNamed(bytes.subarray(0, from)) : this.encoding;
      return isMixed(this.where, this.#place(bytes, from), before, wide);
    }
    const byte = narrowAfter(bytes, wide);
    if (byte === null) return null;
    const line = 1 + lineEnds(bytes.subarray(0, byte), wide);
    return isMixed(this.where, { byte, line }, wide, narrowNamed(bytes.subarray(byte)));
  }

  #wrong(bytes: Uint8Array, index: number, isEnd: boolean): DissipaError {
    const { encoding } = this;
    const place = this.#place(bytes, index);
    if (isEnd) return isCutOff(this.where, place, encoding);
    const change = this.#changes?.look() ?? null;
    if (change !== null) return isMixed(this.where, change.place, change.before, change.after);
    const wide = this.#wideFrom(bytes, index);
    if (wide !== null) return wide;
    if (encoding === 'utf-8' && !this.#isNamed) {
      const other = this.#otherFrom(bytes, index);
      if (other !== null) return other;
    }
    // Two bytes of UTF-8 may be one of this encoding and one that is not.
    const from = Math.max(0, index - 1);
    if (this.#mixture && isMultiByte(encoding)) {
      const { good, bad } = evidenceIn(bytes.subarray(from));
      if (good >= MANY && bad === 0) return isMixed(this.where, this.#place(bytes, from), encoding, 'utf-8');
    }
    return isWrong(this.where, place, { byte: bytes[index], encoding, isGuess: !this.#isNamed });
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
      ? isMixed(this.where, this.#place(bytes, end), other, 'utf-8')
      : isMixed(this.where, this.#place(bytes, index), 'utf-8', other);
  }
}

/** Half of a pair, each written by itself (CESU-8): many bytes that are not UTF-8, and yet no other encoding. */
const isOfSurrogate = (bytes: Uint8Array, at: number): boolean =>
  [at, at - 1, at - 2].some(
    (lead) => bytes[lead] === 0xed && bytes[lead + 1] >= 0xa0 && bytes[lead + 1] <= 0xbf,
  );

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
function sampleOf(bytes: Uint8Array, isLast: boolean): Uint8Array | null {
  if (bytes.length < SAMPLE) return isLast ? bytes : null;
  const first = bytes.subarray(0, SAMPLE);
  if (evidenceIn(first).bad === 0) return first;
  let beyond = 0;
  for (let i = 0; i < Math.min(bytes.length, LONGEST_SAMPLE); i++)
    if (bytes[i] > 0x7f && ++beyond === FEW) return bytes.subarray(0, Math.max(i + 1, SAMPLE));
  return isLast || bytes.length >= LONGEST_SAMPLE ? bytes.subarray(0, LONGEST_SAMPLE) : null;
}

/** The length of what is ASCII, and begins no sequence that would make it Japanese (ISO-2022). */
function lengthOfPlain(bytes: Uint8Array, isLast: boolean): number {
  let length = 0;
  while (length < bytes.length && bytes[length] < 0x80) length++;
  const ascii = bytes.subarray(0, length);
  for (let at = ascii.indexOf(0x1b); at >= 0; at = ascii.indexOf(0x1b, at + 1)) {
    const isWhole = isLast || at + 2 < bytes.length;
    if (!isWhole || startsJapanese(bytes.subarray(at))) return at;
  }
  return length;
}
