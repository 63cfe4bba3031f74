/**
 * The floor that a training is measured by: what counting alone needs on the same held-out text, by order (ngrams.ts).
 * It costs a second or so and is bounded: of a long text the beginnings of both parts are taken, as `corpus` does.
 */
import { piecesOf, rangeOf, type Symbols } from '../text/symbols.js';
import { Ngrams } from './ngrams.js';

export interface Counting {
  /** Nats a character of the held-out text, by order k: how many characters before are looked at. */
  readonly lossNats: readonly number[];
  /** Characters counted, and predicted. */
  readonly counted: number;
  readonly predictions: number;
  /** All there is of both parts was taken. */
  readonly isWhole: boolean;
}

/** About a second of counting. */
const MOST_COUNTED = 3 * 2 ** 19;
/** An n-gram takes some forty bytes; of a large alphabet nearly every one is new. */
const [ORDERS, ORDERS_OF_MANY, MANY] = [5, 3, 500];

/** @param size V; null where nothing is held out */
export function countingFloor(training: Symbols, validation: Symbols, size: number): Counting | null {
  const share = Math.min(1, MOST_COUNTED / (training.length + validation.length));
  const counted = rangeOf(training, 0, Math.floor(training.length * share));
  const held = rangeOf(validation, 0, Math.floor(validation.length * share));
  if (held.length === 0 || counted.length === 0) return null;
  const ngrams = new Ngrams(size, size > MANY ? ORDERS_OF_MANY : ORDERS);
  for (const piece of piecesOf(counted)) ngrams.add(piece);
  // What is held out goes on where the training part ends, unless that was not counted to its end.
  if (share < 1) ngrams.forget();
  const bits = new Array<number>(ngrams.orders + 1).fill(0);
  for (const piece of piecesOf(held)) ngrams.bitsOf(piece).forEach((more, k) => (bits[k] += more));
  return {
    lossNats: bits.map((sum) => (sum * Math.LN2) / held.length),
    counted: counted.length,
    predictions: held.length,
    isWhole: share === 1,
  };
}

/** The order that predicts best. */
export const bestOrder = ({ lossNats }: Counting): number => lossNats.indexOf(Math.min(...lossNats));
