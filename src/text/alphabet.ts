/**
 * The symbols a model knows: a symbol is one Unicode code point of the text in NFC, or one byte of it; its id is its place
 * in the list. A model of records has one that ends each.
 */
import { DissipaError, failure, worded } from '../base/errors.js';
import { codePointOf } from '../base/visible.js';
import { readableBytes, typedAsBytes } from './bytes.js';
import { BETWEEN, END, END_BYTES, markedText, type Records } from './records.js';
import type { TextPiece } from './symbols.js';

export { codePointOf } from '../base/visible.js';

/** Where it is part of an alphabet, it stands for every symbol that is not. */
export const UNKNOWN = '\uFFFD';

const encoder = new TextEncoder();

/** Ids are kept in 16 bits. */
export const MOST_SYMBOLS = 65_535;

/** How a symbol is shown to people: itself where it can be seen, and its code point. */
export function symbolName(symbol: string): string {
  const code = codePointOf(symbol);
  return /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(symbol) ? `'${symbol}' (${code})` : code;
}

/** A text's symbols, one after the other. */
export const symbolsOf = (text: string): string[] => Array.from(text);

/** A text has symbols that an alphabet has not. */
export class UnknownSymbolsError extends DissipaError {}

/** What the symbols of an alphabet are, where they are not the characters of one text after the other. */
export interface SymbolKind {
  /** What ends with the symbol END. */
  readonly records?: Records | undefined;
  /** The id of the symbol that ends a record; of an alphabet of records that has END, the id of that. */
  readonly end?: number | undefined;
  /** Byte b is the symbol U+00b. */
  readonly bytes?: boolean | undefined;
}

/** The symbols of a model, in order: a symbol's id is its place. */
export class Alphabet {
  readonly records: Records | undefined;
  /** The id of the symbol that ends a record, and begins the next. */
  readonly end: number | undefined;
  readonly areBytes: boolean;
  readonly #ids: ReadonlyMap<string, number>;
  /** Of a list of symbols, by number, how many bytes each has. */
  readonly #lengths = new WeakMap<readonly string[], Uint8Array>();
  /** No symbol is a capital. */
  readonly #isLowercase: boolean;

  /** @param symbols one code point each, no two alike */
  constructor(
    readonly symbols: readonly string[],
    { records, end, bytes = false }: SymbolKind = {},
  ) {
    const ids = new Map(symbols.map((symbol, id) => [symbol, id]));
    this.end = end ?? (records === undefined ? undefined : ids.get(END));
    this.records = this.end === undefined ? undefined : (records ?? 'line');
    this.areBytes = bytes;
    // A foreign model may end its records with a symbol of its own.
    if (this.end !== undefined) ids.set(END, this.end);
    this.#ids = ids;
    // Bytes are what they are.
    this.#isLowercase = !bytes && symbols.every((symbol) => symbol.toLowerCase() === symbol);
  }

  /** What a checkpoint says of the symbols. */
  get kind(): SymbolKind {
    const { records, end, areBytes } = this;
    return { ...(end !== undefined && { records, end }), ...(areBytes && { bytes: true }) };
  }

  /** The distinct symbols of a text (or a list), by code point. @throws DissipaError for more than 65,535 */
  static of(text: Iterable<string>, where: string): Alphabet {
    const symbols = [...new Set(text)].sort((a, b) => (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0));
    if (symbols.length > MOST_SYMBOLS)
      throw failure('text.too-many-symbols', { where, symbols: symbols.length, most: MOST_SYMBOLS });
    return new Alphabet(symbols);
  }

  get size(): number {
    return this.symbols.length;
  }

  /** The id of the symbol that stands for unknown ones, if the alphabet has it. */
  get unknown(): number | undefined {
    return this.#ids.get(UNKNOWN);
  }

  /** The id of a symbol; undefined where the alphabet has it not. */
  idOf(symbol: string): number | undefined {
    return this.#ids.get(symbol);
  }

  /**
   * The ids of a text's symbols. An alphabet without any capital (as of a model trained with --lowercase) reads
   * capitals as the small letters it has; no other alphabet does. For other ways with unknown symbols: `SymbolReader`.
   * @throws DissipaError naming the symbols that are not in the alphabet, where nothing stands for them
   */
  encode(text: string, where: string): Uint16Array {
    const ids = new Uint16Array(text.length);
    const { unknown } = this;
    const strangers = new Set<string>();
    let count = 0;
    for (const symbol of text) {
      const id = this.read(symbol) ?? unknown;
      if (id === undefined) strangers.add(symbol);
      else ids[count++] = id;
    }
    if (strangers.size > 0) throw this.refusal(strangers, where);
    return ids.slice(0, count);
  }

  /** For a text with symbols that the alphabet has not. */
  refusal(strangers: ReadonlySet<string>, where: string): UnknownSymbolsError {
    const named = [...strangers].slice(0, 8).map(symbolName).join(', ');
    return new UnknownSymbolsError(
      ...worded('text.unknown-symbols', {
        where,
        named,
        more: Math.max(0, strangers.size - 8),
        size: this.size,
        preview: this.preview(),
      }),
    );
  }

  /** Whether `encode` reads the whole text. */
  knows(text: string): boolean {
    return (
      this.unknown !== undefined || [...new Set(text)].every((symbol) => this.read(symbol) !== undefined)
    );
  }

  /** The id that a symbol is read as; none for an unknown one. */
  read(symbol: string): number | undefined {
    return this.#ids.get(symbol) ?? (this.#isLowercase ? this.#ids.get(symbol.toLowerCase()) : undefined);
  }

  /** The symbols of ids; records with what stands between them. */
  decode(ids: Iterable<number>): string {
    const { symbols, end } = this;
    const between = this.records === undefined ? '' : BETWEEN[this.records];
    let text = '';
    for (const id of ids) text += id === end ? between : symbols[id];
    return text;
  }

  /** What somebody typed, as symbols: characters in NFC, or the bytes of UTF-8. */
  typed(text: string): string {
    return this.areBytes ? typedAsBytes(text) : text.normalize('NFC');
  }

  /** A whole text, as it is, in the symbols that a model of this alphabet reads: its bytes, or its records with their ends. */
  symbolsIn(text: string): string {
    const symbols = this.areBytes ? typedAsBytes(text) : text;
    return this.records === undefined ? symbols : markedText(symbols, this.records, this.areBytes);
  }

  /** Bytes of the file that symbols stand for: of characters in UTF-8, of a record's end what it was in the text. */
  bytesIn(piece: TextPiece): number {
    if (typeof piece === 'string') return this.#bytesInText(piece);
    const { symbols } = piece;
    const lengths =
      this.#lengths.get(symbols) ?? Uint8Array.from(symbols, (symbol) => this.#bytesInText(symbol));
    this.#lengths.set(symbols, lengths);
    let bytes = 0;
    for (const number of piece.numbers) bytes += lengths[number];
    return bytes;
  }

  #bytesInText(symbols: string): number {
    const between = this.records === undefined ? '' : END;
    const parts = between === '' ? [symbols] : symbols.split(between);
    const bytes = parts.reduce(
      (sum, part) => sum + (this.areBytes ? part.length : encoder.encode(part).length),
      0,
    );
    return bytes + (parts.length - 1) * (this.records === undefined ? 0 : END_BYTES[this.records]);
  }

  /** By id. */
  byteLengths(): number[] {
    return this.symbols.map((symbol, id) => this.#bytesInText(id === this.end ? END : symbol));
  }

  /** A text of symbols for people who read it, and not for a terminal: see base/visible.ts. Of bytes what is UTF-8 is read. */
  readable(text: string): string {
    return this.areBytes ? readableBytes(text) : text;
  }

  /** The symbols that can be seen, in one line. */
  preview(): string {
    return this.symbols.filter((symbol) => /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(symbol)).join('');
  }
}
