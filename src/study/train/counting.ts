/** The floor that a training is measured by: what counting alone needs on the same held-out text (corpus.ts), by order. */
import type { Symbols } from '../../text/symbols.js';
import { predictability } from '../corpus/measure.js';

export interface Counting {
  /** Nats a character of the held-out text, by order k: how many characters before are looked at. */
  readonly lossNats: readonly number[];
  /** Characters of both parts together that were looked at. */
  readonly measured: number;
  /** That is all there are. */
  readonly isWhole: boolean;
}

/** Two seconds and 80 MB: a training has less of both to spare than `corpus` has. */
const MOST_NGRAMS = 2 ** 21;

/** @param size V; null where nothing is held out */
export function countingFloor(
  training: Symbols,
  validation: Symbols,
  size: number,
  mostNgrams = MOST_NGRAMS,
  end?: number,
): Counting | null {
  const { orders, measured } = predictability(training, validation, size, mostNgrams, end);
  const bits = orders.flatMap(({ heldOut }) => heldOut ?? []);
  if (bits.length === 0) return null;
  return {
    lossNats: bits.map((one) => one * Math.LN2),
    measured,
    isWhole: measured === training.length + validation.length,
  };
}

/** The order that predicts best. */
export const bestOrder = ({ lossNats }: Counting): number => lossNats.indexOf(Math.min(...lossNats));
