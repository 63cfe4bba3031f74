/** The symbols a model knows: a symbol is one Unicode code point of the text in NFC, its id its place in the list. */
import { DissipaError } from '../base/errors.js';
import { codePointOf } from '../base/visible.js';
import { counted } from '../base/words.js';

export { codePointOf } from '../base/visible.js';

/** Where it is part of an alphabet, it stands for every symbol that is not. */
export const UNKNOWN = '\uFFFD';

/** Ids are kept in 16 bits. */
export const MOST_SYMBOLS = 65_535;

/** How a symbol is shown to people: itself where it can be seen, and its code point. */
export function nameOf(symbol: string): string {
  const code = codePointOf(symbol);
  return /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(symbol) ? `'${symbol}' (${code})` : code;
}

/** A text's symbols, one after the other. */
export const symbolsOf = (text: string): string[] => Array.from(text);

/** A text has symbols that an alphabet has not. */
export class UnknownSymbolsError extends DissipaError {}

/** The symbols of a model, in order: a symbol's id is its place. */
export class Alphabet {
  readonly #ids: ReadonlyMap<string, number>;
  /** No symbol is a capital. */
  readonly #isLowercase: boolean;

  /** @param symbols one code point each, no two alike */
  constructor(readonly symbols: readonly string[]) {
    this.#ids = new Map(symbols.map((symbol, id) => [symbol, id]));
    this.#isLowercase = symbols.every((symbol) => symbol.toLowerCase() === symbol);
  }

  /** The distinct symbols of a text (or a list), by code point. @throws DissipaError for more than 65,535 */
  static of(text: Iterable<string>, where: string): Alphabet {
    const symbols = [...new Set(text)].sort((a, b) => (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0));
    if (symbols.length > MOST_SYMBOLS)
      throw new DissipaError({
        where,
        found: `the text has ${symbols.length} distinct symbols`,
        expected: `${MOST_SYMBOLS} at most`,
      });
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
    const named = [...strangers].slice(0, 8).map(nameOf).join(', ');
    const more = strangers.size > 8 ? ` and ${strangers.size - 8} more` : '';
    return new UnknownSymbolsError({
      where,
      found: `the model's alphabet does not have ${named}${more}`,
      expected: `it has ${counted(this.size, 'symbol')}: ${this.preview()}`,
      advice: 'leave them out (--unknown skip does), or train on a text that has them',
    });
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

  /** The text that ids stand for. */
  decode(ids: Iterable<number>): string {
    let text = '';
    for (const id of ids) text += this.symbols[id];
    return text;
  }

  /** The symbols that can be seen, in one line. */
  preview(): string {
    return this.symbols.filter((symbol) => /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(symbol)).join('');
  }
}
