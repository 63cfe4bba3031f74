/**
 * Passages of a text that are read side by side, one a row, and the predictions in them that count. A row begins with
 * some of what stands before its passage: without it, its first predictions would be those of a text that begins there.
 * Places are counted in predictions: symbol p is the input, symbol p + 1 the target.
 */

export interface Passages {
  /** By row: the first prediction that counts, and the first behind them. */
  readonly begins: readonly number[];
  readonly ends: readonly number[];
  /** Predictions of the longest passage. */
  readonly longest: number;
  /** Predictions that each row makes before, which do not count. */
  readonly before: number;
}

/** Enough for the mean over a passage; and for a figure that stands by itself. */
const [SOME, MANY] = [128, 512];

/** `count` of a text's predictions in `rows` passages of the same length: the first at its beginning, the last at its end. */
export function evenlySpread(predictions: number, rows: number, count: number): Passages {
  const longest = Math.floor(count / rows);
  const apart = rows > 1 ? (predictions - longest) / (rows - 1) : 0;
  const begins = Array.from({ length: rows }, (_, n) => Math.floor(n * apart));
  return {
    begins,
    ends: begins.map((begin) => begin + longest),
    longest,
    before: rows > 1 ? Math.min(SOME, begins[1]) : 0,
  };
}

/** All of a text's predictions in `used` of `rows` passages; the other rows have none. */
export function throughout(predictions: number, used: number, rows: number): Passages {
  const longest = Math.ceil(predictions / used);
  const place = (n: number): number => Math.min(predictions, n * longest);
  return {
    begins: Array.from({ length: rows }, (_, n) => (n < used ? place(n) : predictions)),
    ends: Array.from({ length: rows }, (_, n) => (n < used ? place(n + 1) : predictions)),
    longest,
    before: used > 1 ? Math.min(MANY, longest) : 0,
  };
}
