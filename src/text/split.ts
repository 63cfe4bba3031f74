/**
 * A text's parts: the beginning is trained on; what follows is held out, to validate on along the way; and where it is
 * wished for, the end is held out from that too, to test on once.
 *
 * How much is held out is a share of the text, below 1, or a count of characters.
 */
import { failure } from '../base/errors.js';
import { recordEnds } from './shuffle.js';
import { rangeOf, type Symbols } from './symbols.js';
import { shortestText, type WindowSize } from './windows.js';

export interface TextParts {
  readonly training: Symbols;
  readonly validation: Symbols;
  readonly test: Symbols;
}

/** One to read, one to predict. */
const FEWEST_HELD_OUT = 2;

const isShare = (amount: number): boolean => amount < 1;

/** How many of `length` symbols an amount (share or count) holds out. */
export const heldOut = (length: number, amount: number): number =>
  isShare(amount) ? Math.floor(length * amount) : amount;

/** Of `length` symbols, those of each part; fewer than none are trained on where they are too few. */
export function lengthsOf(length: number, validation: number, test = 0): Record<keyof TextParts, number> {
  // Two shares are rounded together: else a longer text could leave less to be trained on.
  const both = isShare(validation) && isShare(test);
  const held = both
    ? heldOut(length, validation + test)
    : heldOut(length, validation) + heldOut(length, test);
  const tested = heldOut(length, test);
  return { training: length - held, validation: held - tested, test: tested };
}

/** The shortest text whose beginning fills one window, and whose end can be validated, and tested, on where any is held out. */
export function shortestSplit(size: WindowSize, validation: number, test = 0): number {
  const window = shortestText(size);
  const suffices = (length: number): boolean => {
    const parts = lengthsOf(length, validation, test);
    return (
      parts.training >= window &&
      (validation === 0 || parts.validation >= FEWEST_HELD_OUT) &&
      (test === 0 || parts.test >= FEWEST_HELD_OUT)
    );
  };
  // The parts' least lengths, exact but for rounding; shares that no text is long enough for end the search too.
  const amounts = [validation, test].filter((amount) => amount > 0);
  const shares = amounts.filter(isShare);
  const counts = amounts.filter((amount) => !isShare(amount)).reduce((sum, n) => sum + n, 0);
  const rest = 1 - shares.reduce((sum, share) => sum + share, 0);
  const forWindow = rest > 0 ? Math.floor((window - 1 + counts) / rest) : Infinity;
  let length = Math.max(window, forWindow, ...shares.map((share) => Math.floor(FEWEST_HELD_OUT / share)));
  while (!suffices(length) && length < Number.MAX_SAFE_INTEGER) length++;
  return length;
}

/**
 * @param mayHoldNone all of it may be trained on
 * @throws DissipaError where a text is too short to be trained on, saying how long it must be
 */
export function checkLength(
  length: number,
  size: WindowSize,
  validation: number,
  where: string,
  test = 0,
  mayHoldNone = true,
): void {
  const needed = shortestSplit(size, validation, test);
  if (length >= needed) return;
  throw failure('text.short', { where, length, needed, ...size, validation, test, mayHoldNone });
}

/** @throws DissipaError where too little of a text is held out for a prediction */
export function checkHeldOut(length: number, share: number, where: string, mayHoldNone = true): void {
  const held = heldOut(length, share);
  if (share === 0 || (held >= FEWEST_HELD_OUT && held <= length)) return;
  throw failure('text.short-held-out', { where, length, share, held, fewest: FEWEST_HELD_OUT, mayHoldNone });
}

/** The parts of a text; what is to be held out must be there. */
export function splitText(symbols: Symbols, validation: number, test = 0): TextParts {
  const { length } = symbols;
  const { training: cut, test: tested } = lengthsOf(length, validation, test);
  return {
    training: rangeOf(symbols, 0, cut),
    validation: rangeOf(symbols, cut, length - tested),
    test: rangeOf(symbols, length - tested, length),
  };
}

/**
 * The parts of a text of records: each record is whole in one of them, and each part begins and ends with END, so that
 * the one between two records counts for both. A part that holds anything out has one record at least.
 * @param end the id of END, which stands before the first record and behind each
 * @throws DissipaError where there are fewer records than parts
 */
export function splitRecords(
  symbols: Symbols,
  end: number,
  validation: number,
  test: number,
  where: string,
): TextParts {
  const last = symbols.length - 1;
  const none = rangeOf(symbols, last, last);
  if (validation === 0 && test === 0) return { training: symbols, validation: none, test: none };
  const ends = recordEnds(symbols, end);
  const parts = 1 + (validation > 0 ? 1 : 0) + (test > 0 ? 1 : 0);
  if (ends.length < parts) throw failure('records.too-few', { where, count: ends.length, parts });
  const lengths = lengthsOf(symbols.length, validation, test);
  // In records: those behind a cut are as many as its parts need, one each at least.
  const tested = test > 0 ? 1 : 0;
  const first = cutAt(ends, lengths.training - 1, 1, ends.length - parts + 1);
  const second =
    validation === 0
      ? first
      : test === 0
        ? ends.length
        : cutAt(ends, lengths.training + lengths.validation - 1, first + 1, ends.length - tested);
  const place = (records: number): number => ends[records - 1];
  const part = (from: number, to: number): Symbols =>
    from === to ? none : rangeOf(symbols, place(from), place(to) + 1);
  return {
    training: rangeOf(symbols, 0, place(first) + 1),
    validation: part(first, second),
    test: part(second, ends.length),
  };
}

/** The parts of a text, or of one of records. @param end the id of END; undefined for none */
export const partsOf = (
  symbols: Symbols,
  end: number | undefined,
  validation: number,
  test: number,
  where: string,
): TextParts =>
  end === undefined
    ? splitText(symbols, validation, test)
    : splitRecords(symbols, end, validation, test, where);

/** How many records, from `least` to `most`, end nearest to a place. */
function cutAt(ends: Float64Array, place: number, least: number, most: number): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ends[middle] < place) low = middle + 1;
    else high = middle;
  }
  // Record `low` is the first that ends at the place or behind it.
  const isNearer = low > 0 && (low === ends.length || place - ends[low - 1] <= ends[low] - place);
  return Math.min(most, Math.max(least, isNearer ? low : low + 1));
}
