/** Many columns made few: means over neighbours, for pictures of a given size. */
import { mean, numbersOf } from '../base/figures.js';

/** Neighbours that share a bin: [from, to) of `length` things in at most `most` bins of nearly the same size. */
export function bins(length: number, most: number): { readonly from: number; readonly to: number }[] {
  const many = Math.min(length, most);
  return Array.from({ length: many }, (_, i) => ({
    from: Math.floor((i * length) / many),
    to: Math.floor(((i + 1) * length) / many),
  }));
}

/** The mean of the numbers among some values; null where there is none. */
export function meanOf(values: readonly (number | null | undefined)[]): number | null {
  const numbers = numbersOf(values);
  return numbers.length === 0 ? null : mean(numbers);
}

export type Points = readonly { readonly x: number; readonly y: number | null }[];

/** At most `most` points, each the mean of its neighbours, where the last of them stands. */
export const thinnedPoints = (points: Points, most = Infinity): Points =>
  bins(points.length, most).map(({ from, to }) => ({
    x: points[to - 1].x,
    y: meanOf(points.slice(from, to).map(({ y }) => y)),
  }));

/** At most `most` means of neighbouring values. */
export const thinned = (values: readonly (number | null)[], most: number): (number | null)[] =>
  bins(values.length, most).map(({ from, to }) => meanOf(values.slice(from, to)));
