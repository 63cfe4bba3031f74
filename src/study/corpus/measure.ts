/** What there is to know of a text before a network is trained on it. */
import { piecesOf, rangeOf, type Symbols } from '../../text/symbols.js';
import { Ngrams } from '../ngrams/ngrams.js';

export interface OrderReport {
  /** k: how many characters before are looked at. */
  readonly order: number;
  /** H_k of the text itself, bits. */
  readonly entropy: number;
  /** What a Witten–Bell model of this order, counted on the training part, needs on the validation part, bits. */
  readonly heldOut: number | null;
}

/** How well a text's characters can be told from those before them. */
export interface Predictability {
  /** Characters looked at: of a very long text, the beginnings of both parts. */
  readonly measured: number;
  readonly orders: readonly OrderReport[];
}

const ORDERS = 5;
/** More would need more memory than a training run does: characters, and n-grams (of about 40 bytes each). */
const MOST_MEASURED = 2 ** 22;
const MOST_NGRAMS = 2 ** 22 - 2 ** 17;

/**
 * How well n-grams predict a text's end, which they have not seen.
 * @param size V
 * @param end of records
 * @param mostNgrams how many are counted at most: text is looked at as far as they reach
 */
export function predictability(
  training: Symbols,
  validation: Symbols,
  size: number,
  mostNgrams = MOST_NGRAMS,
  end?: number,
): Predictability {
  const whole = training.length + validation.length;
  const ngrams = new Ngrams(size, ORDERS, end);
  const most = Math.floor(training.length * Math.min(1, MOST_MEASURED / whole));
  // A part of them is for what is held out, which is counted last.
  const length = addUpTo(ngrams, rangeOf(training, 0, most), (mostNgrams * training.length) / whole);
  const counted = rangeOf(training, 0, length);
  const share = length / training.length;
  // Of records the first END is the one that was counted last.
  const before = end !== undefined && validation.length > 0 ? 1 : 0;
  const held = rangeOf(validation, before, Math.max(before, Math.floor(validation.length * share)));
  // What is held out goes on where the training part ends, unless that was not counted to its end.
  const goOn = (): void => {
    ngrams.forget();
    if (end !== undefined) ngrams.follow(Uint16Array.of(end));
    else if (share === 1) ngrams.follow(lastOf(counted));
  };
  goOn();
  const bits = new Array<number>(ORDERS + 1).fill(0);
  for (const piece of piecesOf(held)) ngrams.bitsOf(piece).forEach((more, k) => (bits[k] += more));
  goOn();
  const added = addUpTo(ngrams, held, mostNgrams);
  return {
    measured: counted.length + added,
    orders: ngrams.entropies().map((entropy, order) => ({
      order,
      entropy,
      heldOut: held.length > 0 ? bits[order] / held.length : null,
    })),
  };
}

/** Counts symbols until there are so many n-grams. @returns how many symbols */
function addUpTo(ngrams: Ngrams, symbols: Symbols, most: number): number {
  for (let from = 0; from < symbols.length; from += STEP) {
    if (ngrams.held >= most) return from;
    const piece = new Uint16Array(Math.min(STEP, symbols.length - from));
    symbols.read(from, piece);
    ngrams.add(piece);
  }
  return symbols.length;
}
/** Adds so many n-grams at most, for each order, before it is looked how many there are. */
const STEP = 4096;

function lastOf(symbols: Symbols): Uint16Array {
  const last = new Uint16Array(Math.min(symbols.length, ORDERS));
  symbols.read(symbols.length - last.length, last);
  return last;
}
