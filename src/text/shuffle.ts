/**
 * Records in another order: the same for the same seed and the same number of records. END stays before the first.
 */
import { Rng } from '../base/rng.js';
import type { Symbols } from './symbols.js';

/** Where each record ends: its END's place, in order; the first END is no record's. */
export function recordEnds(symbols: Symbols, end: number): Float64Array {
  let ends = new Float64Array(1024);
  let count = 0;
  const piece = new Uint16Array(Math.min(symbols.length, PIECE));
  for (let from = 0; from < symbols.length; from += piece.length) {
    const read = piece.subarray(0, Math.min(piece.length, symbols.length - from));
    symbols.read(from, read);
    for (let at = read.indexOf(end); at >= 0; at = read.indexOf(end, at + 1)) {
      if (from + at === 0) continue;
      if (count === ends.length) {
        const longer = new Float64Array(2 * count);
        longer.set(ends);
        ends = longer;
      }
      ends[count++] = from + at;
    }
  }
  return ends.slice(0, count);
}
const PIECE = 2 ** 16;

/** 0 … count − 1 in the order of the seed (Fisher and Yates; Durstenfeld 1964). */
export function shuffledOrder(count: number, seed: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  const rng = Rng.fromSeed(seed);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(rng.uniform() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/**
 * The text with its records shuffled, piece by piece; @param symbols END, and records that end with END each
 * @param end the id of END
 */
export function* shuffledPieces(symbols: Symbols, end: number, seed: number): Generator<Uint16Array, void> {
  const ends = recordEnds(symbols, end);
  yield Uint16Array.of(end);
  let waiting = new Uint16Array(PIECE);
  let filled = 0;
  for (const record of shuffledOrder(ends.length, seed)) {
    const from = record === 0 ? 1 : ends[record - 1] + 1;
    const length = ends[record] + 1 - from;
    if (filled + length > waiting.length) {
      if (filled > 0) yield waiting.subarray(0, filled);
      filled = 0;
      if (length > waiting.length) waiting = new Uint16Array(length);
    }
    symbols.read(from, waiting.subarray(filled, filled + length));
    filled += length;
  }
  if (filled > 0) yield waiting.subarray(0, filled);
}
