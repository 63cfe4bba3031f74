/** What is made of several numbers. */

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Of several of a kind: their mean, and how far they are spread. */
export interface Spread {
  readonly mean: number;
  /** Standard deviation of the sample, n − 1; null for one. */
  readonly deviation: number | null;
}

/** null for none. */
export function spreadOf(values: readonly number[]): Spread | null {
  const count = values.length;
  if (count === 0) return null;
  const middle = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return { mean: middle, deviation: count > 1 ? Math.sqrt(squares / (count - 1)) : null };
}

/** The finite numbers among them. */
export const numbersOf = (values: readonly (number | null | undefined)[]): number[] =>
  values.filter((value): value is number => Number.isFinite(value));

export const leastOf = (values: readonly number[]): number =>
  values.reduce((a, b) => Math.min(a, b), Infinity);
export const mostOf = (values: readonly number[]): number =>
  values.reduce((a, b) => Math.max(a, b), -Infinity);
