/**
 * A text in the ids of a model that is to be trained on it. The model's symbols keep their ids, whether the text has them
 * or not; what becomes of the text's symbols that the model has not:
 *
 *     add       they are added behind the model's, in the order of code points
 *     replace, skip, refuse   as when such a text is measured on (unknown.ts)
 */
import { failure } from '../base/errors.js';
import { Alphabet, MOST_SYMBOLS, UNKNOWN } from './alphabet.js';
import { END, type Records } from './records.js';
import type { SymbolCount } from './symbol-count.js';
import { SymbolReader, UNKNOWNS } from './unknown.js';

export const NEW_SYMBOLS = ['add', ...UNKNOWNS] as const;
export type NewSymbols = (typeof NEW_SYMBOLS)[number];

export interface Onto {
  /** The model's. */
  readonly alphabet: Alphabet;
  readonly unknown: NewSymbols;
}

/**
 * The alphabet that a model's text is read in: with END, where the model is to be one of records and is not yet. What the
 * model's symbols are they stay.
 */
export function forRecords(model: Alphabet, records: Records | undefined): Alphabet {
  if (records === undefined || model.end !== undefined) return model;
  const { symbols, kind } = model;
  const all = model.idOf(END) === undefined ? [...symbols, END] : symbols;
  return new Alphabet(all, { ...kind, records });
}

/** Of a piece of text what is to be read at all. */
export function readable({ alphabet, unknown }: Onto): (piece: string) => string {
  if (unknown !== 'skip') return (piece) => piece;
  return (piece) =>
    [...new Set(piece)].every((symbol) => alphabet.read(symbol) !== undefined)
      ? piece
      : Array.from(piece)
          .filter((symbol) => alphabet.read(symbol) !== undefined)
          .join('');
}

/**
 * The alphabet that the model will have, and by number the ids in it.
 * @param count the text's symbols; those met fewer than `minCount` times are not added but read as unknown
 * @param where what the text is called in errors
 * @throws DissipaError naming the symbols that are refused, or that nothing can stand for
 */
export function idsOnto(
  count: SymbolCount,
  onto: Onto,
  minCount: number,
  where: string,
): { readonly alphabet: Alphabet; readonly ids: Uint16Array } {
  const { symbols, counts } = count;
  const alphabet =
    onto.unknown === 'add' ? extended(onto.alphabet, symbols, counts, minCount, where) : onto.alphabet;
  const reader = new SymbolReader(alphabet, where, onto.unknown === 'add' ? 'replace' : onto.unknown);
  // At once, so that all that are refused are named.
  return { alphabet, ids: reader.push(symbols.join('')) };
}

function extended(
  model: Alphabet,
  symbols: readonly string[],
  counts: readonly number[],
  minCount: number,
  where: string,
): Alphabet {
  const strangers = symbols
    .map((symbol, number) => ({ symbol, isRare: counts[number] < minCount }))
    .filter(({ symbol }) => model.read(symbol) === undefined);
  const added = strangers.filter(({ isRare }) => !isRare).map(({ symbol }) => symbol);
  const needsUnknown = model.unknown === undefined && strangers.some(({ isRare }) => isRare);
  const behind = Alphabet.of(needsUnknown ? [...added, UNKNOWN] : added, where).symbols;
  const all = new Alphabet([...model.symbols, ...behind], model.kind);
  if (all.size <= MOST_SYMBOLS) return all;
  throw failure('text.too-many-together', { where, symbols: all.size, most: MOST_SYMBOLS });
}
