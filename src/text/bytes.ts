/** Bytes as symbols: byte b is the symbol U+00b, so that whatever takes text takes any file. */
import { failure } from '../base/errors.js';
import { visibleBytes } from '../base/visible.js';

/** Beyond it calls run out of stack. */
const MOST_AT_ONCE = 4096;

/** A symbol for each byte. */
export function fromBytes(bytes: Uint8Array): string {
  let symbols = '';
  for (let from = 0; from < bytes.length; from += MOST_AT_ONCE)
    symbols += String.fromCharCode(...bytes.subarray(from, from + MOST_AT_ONCE));
  return symbols;
}

/** The bytes that symbols U+0000 … U+00FF stand for. */
export const toBytes = (symbols: string): Uint8Array =>
  Uint8Array.from(symbols, (symbol) => symbol.charCodeAt(0));

/** What was typed, as the bytes of UTF-8. */
export const typedAsBytes = (text: string): string => fromBytes(new TextEncoder().encode(text));

/** What may be a character of UTF-8 beyond ASCII. */
const SEQUENCE = /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}/g;

/** For people: what is UTF-8 as characters, every other byte visible, as in `\\xE7`. */
export function readableBytes(symbols: string): string {
  let text = '';
  let from = 0;
  for (const { 0: sequence, index } of symbols.matchAll(SEQUENCE)) {
    const character = new TextDecoder().decode(toBytes(sequence));
    text += visibleBytes(symbols.slice(from, index));
    text += character.includes('\uFFFD') ? visibleBytes(sequence) : character;
    from = index + sequence.length;
  }
  return text + visibleBytes(symbols.slice(from));
}

/** Reads a file's bytes as symbols, as `TextReader` reads text: nothing is found out, cut, removed or replaced. */
export class ByteReader {
  readonly encoding = 'bytes';
  readonly isNamed = false;
  readonly guess = undefined;
  readonly doubt = null;
  readonly cuts = [];
  readonly mentions = 0;
  readonly changes = {};
  #bytes = 0;

  /** @param where the path, for the errors */
  constructor(private readonly where: string) {}

  get bytes(): number {
    return this.#bytes;
  }

  push(bytes: Uint8Array): string {
    this.#bytes += bytes.length;
    return fromBytes(bytes);
  }

  /** @throws DissipaError where there was none */
  end(): string {
    if (this.#bytes === 0) throw failure('text.no-bytes', { where: this.where });
    return '';
  }
}
