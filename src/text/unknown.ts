/**
 * A text in the ids of a model that was trained on another: piece by piece, and what becomes of the symbols that the
 * model has not.
 *
 *     refuse    an error names them
 *     skip      they are left out
 *     replace   the model's symbol for unknown ones stands for them, or where it has none what it has that is nearest
 */
import { type DissipaError, failure } from '../base/errors.js';
import { symbolName, type Alphabet } from './alphabet.js';
import type { Numbered, TextPiece } from './symbols.js';

export const UNKNOWNS = ['refuse', 'skip', 'replace'] as const;
/** What becomes of symbols that an alphabet has not. */
export type Unknown = (typeof UNKNOWNS)[number];

/** What is done where nothing is said. */
export const usualFor = ({ unknown }: Alphabet): Unknown => (unknown === undefined ? 'refuse' : 'replace');

/** Reads text onto an alphabet, and does as it was asked with symbols that this has not. */
export class SymbolReader {
  readonly unknown: Unknown;
  #characters = 0;
  #first = '';
  /** Of the list that numbers came with last, by number. */
  #numbered: { readonly symbols: readonly string[]; readonly ids: readonly (number | undefined)[] } = {
    symbols: [],
    ids: [],
  };
  readonly #strangers = new Map<string, { readonly id: number | undefined; times: number }>();

  /** @param where what the text is called in errors */
  constructor(
    private readonly alphabet: Alphabet,
    private readonly where: string,
    unknown?: Unknown,
  ) {
    this.unknown = unknown ?? usualFor(alphabet);
  }

  /** Symbols that were read, whatever became of them. */
  get characters(): number {
    return this.#characters;
  }

  /** The first symbol that was not left out, as it stood in the text. */
  get first(): string {
    return this.#first;
  }

  /** How often each symbol was met that the model has not. */
  get strangers(): ReadonlyMap<string, number> {
    return new Map([...this.#strangers].map(([symbol, { times }]) => [symbol, times]));
  }

  /**
   * The ids of a piece of text.
   * @throws DissipaError naming the symbols that are not in the alphabet, where they are refused, or nothing can stand
   *   for them
   */
  push(piece: TextPiece): Uint16Array {
    const refused = new Set<string>();
    const ids =
      typeof piece === 'string' ? this.#pushText(piece, refused) : this.#pushNumbers(piece, refused);
    if (refused.size > 0) throw this.#refusal(refused);
    return ids;
  }

  /** @param text whole code points */
  #pushText(text: string, refused: Set<string>): Uint16Array {
    const ids = new Uint16Array(text.length);
    let count = 0;
    for (const symbol of text) {
      this.#characters++;
      const id = this.alphabet.read(symbol) ?? this.#meet(symbol, refused);
      if (id === undefined) continue;
      if (this.#first === '') this.#first = symbol;
      ids[count++] = id;
    }
    return ids.slice(0, count);
  }

  /** Numbers to ids, without a look at the symbols but where they are strangers. */
  #pushNumbers({ numbers, symbols }: Numbered, refused: Set<string>): Uint16Array {
    if (this.#numbered.symbols !== symbols)
      this.#numbered = { symbols, ids: symbols.map((symbol) => this.alphabet.read(symbol)) };
    const { ids: known } = this.#numbered;
    const ids = new Uint16Array(numbers.length);
    let count = 0;
    for (const number of numbers) {
      const id = known[number] ?? this.#meet(symbols[number], refused);
      if (id === undefined) continue;
      if (this.#first === '') this.#first = symbols[number];
      ids[count++] = id;
    }
    this.#characters += numbers.length;
    return ids.slice(0, count);
  }

  #meet(symbol: string, refused: Set<string>): number | undefined {
    let stranger = this.#strangers.get(symbol);
    if (stranger === undefined) {
      const id = this.unknown === 'replace' ? standIn(this.alphabet, symbol) : undefined;
      stranger = { id, times: 0 };
      this.#strangers.set(symbol, stranger);
    }
    stranger.times++;
    if (stranger.id === undefined && this.unknown !== 'skip') refused.add(symbol);
    return stranger.id;
  }

  #refusal(strangers: ReadonlySet<string>): DissipaError {
    if (this.unknown === 'refuse') return this.alphabet.refusal(strangers, this.where);
    return failure('text.no-stand-in', { where: this.where, symbol: symbolName([...strangers][0]) });
  }
}

/**
 * What is read in the place of a symbol that the alphabet has not: its symbol for unknown ones; else the same letter in
 * the other case, or without its marks; a plain quotation mark or hyphen for others; a space; a line feed.
 */
function standIn(alphabet: Alphabet, symbol: string): number | undefined {
  if (alphabet.unknown !== undefined) return alphabet.unknown;
  const [bare] = symbol.normalize('NFKD');
  const candidates = [symbol, bare].flatMap((letter) => [letter, letter.toLowerCase(), letter.toUpperCase()]);
  if (/^[\p{Pd}\u2212]$/u.test(symbol)) candidates.push('-');
  if (/^[\p{Pi}\p{Pf}"„‚]$/u.test(symbol)) candidates.push(/[‘’‚‹›]/.test(symbol) ? "'" : '"', "'", '"');
  return [...candidates, ' ', '\n'].map((letter) => alphabet.idOf(letter)).find((id) => id !== undefined);
}
