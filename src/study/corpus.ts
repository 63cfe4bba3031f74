/** What there is to know of a text before a network is trained on it. */
import { piecesOf, rangeOf, type Symbols } from '../text/symbols.js';
import { Ngrams } from './ngrams.js';

export interface OrderReport {
  /** k: how many characters before are looked at. */
  readonly order: number;
  /** H_k of the text itself, bits. */
  readonly entropy: number;
  /** What a Witten–Bell model of this order, counted on the training part, needs on the validation part, bits. */
  readonly heldOut: number | null;
}

export interface Predictability {
  /** Characters looked at: of a very long text, the beginnings of both parts. */
  readonly measured: number;
  readonly orders: readonly OrderReport[];
}

const ORDERS = 5;
/** More would need more memory than a training run does. */
const MOST_MEASURED = 2 ** 22;

/** @param size V */
export function predictability(training: Symbols, validation: Symbols, size: number): Predictability {
  const whole = training.length + validation.length;
  const share = Math.min(1, MOST_MEASURED / whole);
  const counted = rangeOf(training, 0, Math.floor(training.length * share));
  const held = rangeOf(validation, 0, Math.floor(validation.length * share));
  const ngrams = new Ngrams(size, ORDERS);
  for (const piece of piecesOf(counted)) ngrams.add(piece);
  // What is held out goes on where the training part ends, unless that was not counted to its end.
  const goOn = (): void => {
    ngrams.forget();
    if (share === 1) ngrams.follow(lastOf(counted));
  };
  goOn();
  const bits = new Array<number>(ORDERS + 1).fill(0);
  for (const piece of piecesOf(held)) ngrams.bitsOf(piece).forEach((more, k) => (bits[k] += more));
  goOn();
  for (const piece of piecesOf(held)) ngrams.add(piece);
  return {
    measured: counted.length + held.length,
    orders: ngrams.entropies().map((entropy, order) => ({
      order,
      entropy,
      heldOut: held.length > 0 ? bits[order] / held.length : null,
    })),
  };
}

function lastOf(symbols: Symbols): Uint16Array {
  const last = new Uint16Array(Math.min(symbols.length, ORDERS));
  symbols.read(symbols.length - last.length, last);
  return last;
}
