/** A text in symbol ids, read by position: in memory or on a disk, it is the same to whoever trains on it. */

export interface Symbols {
  readonly length: number;
  /**
   * Symbols `from` … into all of `into`, at once: the training loop does not wait.
   * @throws RangeError where they are not all there
   */
  read(from: number, into: Uint16Array): void;
}

/** Symbols `from` … `to` of others, as symbols of their own. */
export function rangeOf(symbols: Symbols, from: number, to: number): Symbols {
  const length = to - from;
  if (from < 0 || length < 0 || to > symbols.length)
    throw new RangeError(`symbols ${from}…${to} of ${symbols.length}`);
  return {
    length,
    read: (at, into) => {
      check(at, into, length);
      symbols.read(from + at, into);
    },
  };
}

/** Ids in memory, as symbols. */
export function asSymbols(ids: Uint16Array | Symbols): Symbols {
  if (!(ids instanceof Uint16Array)) return ids;
  const { length } = ids;
  return {
    length,
    read: (from, into) => {
      check(from, into, length);
      into.set(ids.subarray(from, from + into.length));
    },
  };
}

/** A piece of text by numbers: each the place of its symbol in a list, the same one for all pieces of a text. */
export interface Numbered {
  readonly numbers: Uint16Array;
  readonly symbols: readonly string[];
}

/** A piece of text as it comes: whole code points where it is read from a source, numbers where they were kept. */
export type TextPiece = string | Numbered;

export const textIn = (piece: TextPiece): string =>
  typeof piece === 'string' ? piece : Array.from(piece.numbers, (number) => piece.symbols[number]).join('');

const PIECE = 65_536;

/** All symbols in order, so many at a time. */
export function* piecesOf(symbols: Symbols): Generator<Uint16Array, void> {
  for (let from = 0; from < symbols.length; from += PIECE) {
    const piece = new Uint16Array(Math.min(PIECE, symbols.length - from));
    symbols.read(from, piece);
    yield piece;
  }
}

function check(from: number, into: Uint16Array, length: number): void {
  if (from < 0 || from + into.length > length)
    throw new RangeError(`symbols ${from}…${from + into.length} of ${length}`);
}

/** How many symbols a string has: code points, halves of pairs that stand alone each as one. */
export function lengthInSymbols(text: string): number {
  let pairs = 0;
  for (let i = 0; i < text.length - 1; i++) if (isPairAt(text, i)) pairs++;
  return text.length - pairs;
}

/** Symbols `from` … `to` of a string, or those of them that are there. */
export function partOfSymbols(text: string, from: number, to: number): string {
  const begin = indexOf(text, 0, from);
  return text.slice(begin, indexOf(text, begin, Math.max(0, to - from)));
}

/** The first `symbols` symbols of a piece, and the rest; null where nothing is left. */
export function splitPiece(piece: TextPiece, symbols: number): [first: TextPiece, rest: TextPiece | null] {
  if (typeof piece === 'string') {
    const at = indexOf(piece, 0, symbols);
    return [piece.slice(0, at), at < piece.length ? piece.slice(at) : null];
  }
  const { numbers, symbols: list } = piece;
  const isMore = symbols < numbers.length;
  return [
    { numbers: numbers.subarray(0, symbols), symbols: list },
    isMore ? { numbers: numbers.subarray(symbols), symbols: list } : null,
  ];
}

/** The index that lies `symbols` symbols beyond another, or the string's end. */
function indexOf(text: string, index: number, symbols: number): number {
  let at = index;
  for (let left = symbols; left > 0 && at < text.length; left--) at += isPairAt(text, at) ? 2 : 1;
  return at;
}

const isPairAt = (text: string, at: number): boolean =>
  (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
