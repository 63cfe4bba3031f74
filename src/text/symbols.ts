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
