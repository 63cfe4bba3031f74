/** A text in memory that all threads read without a copy. */
import { piecesOf, type Symbols } from '../text/symbols.js';

export function sharedIds(symbols: Symbols): Uint16Array {
  const ids = new Uint16Array(new SharedArrayBuffer(2 * symbols.length));
  let at = 0;
  for (const piece of piecesOf(symbols)) {
    ids.set(piece, at);
    at += piece.length;
  }
  return ids;
}
