/**
 * Bytes to text, piece by piece: which encoding they are in is found out once (recognise.ts), then they are decoded in it
 * (codec.ts), and what shows to be another one, or is no text, is refused (second.ts). Where the pieces are cut makes no
 * difference.
 */
import { rulesOf, type ReadingRules, type ReadingVersion } from '../versions.js';
import { joinedBytes } from './bytes.js';
import { Codec, type BadBytes } from './codec.js';
import type { Doubt } from './doubts.js';
import type { Guess } from './guess.js';
import { encodingNamed } from './names.js';
import { Position } from './position.js';
import {
  BEGINNING,
  lengthOfPlain,
  recognise,
  recogniseBeginning,
  sampleOf,
  type Recognised,
} from './recognise.js';
import { SecondEncoding } from './second.js';
import { ENOUGH } from './wide-part.js';

/** Plain text kept from before the sample: it tells the language. */
const CONTEXT = 2000;

export interface DecoderOptions {
  /** A label that `encodingNamed` knows, or `auto`. */
  readonly encoding?: string | undefined;
  readonly badBytes?: BadBytes | undefined;
  readonly version?: ReadingVersion | undefined;
}

export class Decoder {
  /** Undefined until the encoding is known; then never another. */
  #codec: Codec | undefined;
  #guess: Guess | undefined;
  /** Bytes not yet decoded; where they begin. */
  #held: Uint8Array = new Uint8Array();
  readonly #at = new Position();
  readonly #second: SecondEncoding;
  #isBegun = false;
  #context: Uint8Array = new Uint8Array();
  readonly #badBytes: BadBytes;
  readonly #isNamed: boolean;
  readonly #rules: ReadingRules;

  /** @param where the path, for the errors */
  constructor(
    private readonly where: string,
    { encoding = 'auto', badBytes = 'refuse', version }: DecoderOptions = {},
  ) {
    this.#badBytes = badBytes;
    this.#rules = rulesOf(version);
    this.#isNamed = encoding !== 'auto';
    this.#second = new SecondEncoding(where, this.#at, this.#isNamed, this.#rules);
    if (this.#isNamed) this.#decide({ encoding });
  }

  /** The encoding's name; ASCII is UTF-8. */
  get encoding(): string {
    return this.#at.encoding;
  }

  /** How the encoding was found, where it was neither named nor told by the bytes themselves. */
  get guess(): Guess | undefined {
    return this.#guess;
  }

  /** The encoding was given. */
  get isNamed(): boolean {
    return this.#isNamed;
  }

  /** Words so far that may be in another encoding; null for none. */
  get doubt(): Doubt | null {
    return this.#second.doubt;
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
    return this.#advance(joinedBytes(this.#held, bytes), false);
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
      if (!this.#isBegun) {
        const told = recogniseBeginning(rest, this.where, this.#at, this.#rules);
        if (told !== null) this.#decide(told);
      }
      this.#isBegun = true;
    }
    if (this.#awaitsMore(rest, isLast)) return this.#keep(rest);
    if (this.#codec === undefined) {
      this.#second.refuseZero(rest);
      const plain = lengthOfPlain(rest, isLast);
      text = this.#takePlain(rest.subarray(0, plain));
      rest = rest.subarray(plain);
      const sample = rest.length > 0 ? sampleOf(rest, isLast) : null;
      if (sample === null) {
        this.#keep(rest);
        return text;
      }
      this.#decide(recognise(sample, this.#context, this.where, this.#at, this.#rules));
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

  /** ASCII, which is text in whatever encoding comes after it. */
  #takePlain(ascii: Uint8Array): string {
    this.#context = joinedBytes(this.#context, ascii.subarray(-CONTEXT)).slice(-CONTEXT);
    this.#at.pass(ascii);
    return new TextDecoder().decode(ascii);
  }

  #decide({ encoding: label, guess }: Recognised): void {
    this.#codec = new Codec(encodingNamed(label) ?? label, this.#badBytes);
    this.#at.encoding = this.#codec.encoding;
    this.#guess = guess;
    this.#second.begin(guess !== undefined, this.#context);
  }

  #decode(bytes: Uint8Array, isLast: boolean): string {
    const codec = this.#codec as Codec;
    this.#second.refuseZero(bytes);
    const whole = isLast ? bytes.length : codec.wholeLength(bytes);
    const piece = bytes.subarray(0, whole);
    this.#second.refuse(piece, isLast);
    const text = codec.decode(piece, isLast, (index, isEnd) => {
      throw this.#second.wrong(bytes, index, isEnd && isLast);
    });
    this.#keep(bytes.subarray(whole));
    this.#at.pass(piece);
    this.#second.pass();
    return text;
  }
}
