/** The lag curve of a layer, and what it is made of. */
import type { LayerReport } from '../../bptt/report.js';
import { stateLog10 } from '../../probe/memory.js';

/** log10; null is an exact 0. */
export type Log10 = number | null;

const minus = (a: Log10, b: Log10): Log10 => (a === null || b === null ? null : a - b);

/** The state norm by lag relative to lag 0, in log10. */
export function relative({ lagLog10 }: Required<Pick<LayerReport, 'lagLog10'>>): Log10[] {
  const curve = stateLog10(lagLog10);
  return curve.map((value) => minus(value, curve[0]));
}

/** log10 of what is left at the window's far end; −∞ for nothing. */
export const farEnd = (curve: readonly Log10[]): number => curve.at(-1) ?? -Infinity;

/** It falls to a hundredth within the window: it vanishes. */
export const VANISHES_AT = -2;
export const vanishes = (curve: readonly Log10[]): boolean => farEnd(curve) <= VANISHES_AT;

/** The first lag at which a hundredth is left, or less; null where the window ends before. */
export function lag1pct(curve: readonly Log10[]): number | null {
  const k = curve.findIndex((value) => (value ?? -Infinity) <= VANISHES_AT);
  return k < 0 ? null : k;
}

/** From step to step, in log10. */
export const stepsOf = (curve: readonly Log10[]): Log10[] =>
  curve.slice(1).map((value, k) => minus(value, curve[k]));

/** Of those that are not exactly 0; where all are, 0. */
export function geometricMean(log10s: readonly Log10[]): number {
  const numbers = log10s.filter((value) => value !== null);
  if (numbers.length === 0) return 0;
  return 10 ** (numbers.reduce((sum, value) => sum + value, 0) / numbers.length);
}

/** On average a step back keeps `factor`: the activation's derivative leaves so much, W_hh so much. */
export interface Factors {
  readonly factor: number;
  readonly activation: number;
  readonly weights: number;
}

/** @param layer a vanilla network's only one */
export function factorsOf({
  lagLog10,
  split,
}: Required<Pick<LayerReport, 'lagLog10' | 'split'>>): Factors {
  return {
    factor: geometricMean(stepsOf(relative({ lagLog10 }))),
    activation: geometricMean(split.gates),
    weights: geometricMean(split.weights),
  };
}

/** How a curve falls: a drop, and a tail. */
export interface TwoParts {
  /** What is lost, in decades, before the tail begins, and at which lag it does; null where there is no tail. */
  readonly drop: { readonly decades: number; readonly lag: number } | null;
  /** The least squares line of log10 over the lags from T/2 on; null with fewer than two numbers there. */
  readonly tail: { readonly decadesPerStep: number } | null;
}

/** The tail begins at the first lag from which the curve stays within so many decades of its line. */
const TAIL_WITHIN = 0.3;

/** @param curve log10 by lag, relative to lag 0 */
export function twoParts(curve: readonly Log10[]): TwoParts {
  const half = Math.ceil(curve.length / 2);
  const points = curve.flatMap((y, k) => (y === null || k < half ? [] : [{ k, y }]));
  if (points.length < 2) return { drop: null, tail: null };
  const meanOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const [k0, y0] = [meanOf(points.map(({ k }) => k)), meanOf(points.map(({ y }) => y))];
  const run = points.reduce((sum, { k }) => sum + (k - k0) ** 2, 0);
  const decadesPerStep = points.reduce((sum, { k, y }) => sum + (k - k0) * (y - y0), 0) / run;
  const isOff = (y: Log10, k: number): boolean =>
    y === null || Math.abs(y - (y0 + decadesPerStep * (k - k0))) > TAIL_WITHIN;
  const lag = curve.findLastIndex(isOff) + 1;
  const level = curve.at(lag) ?? null;
  return { drop: level === null ? null : { decades: -level, lag }, tail: { decadesPerStep } };
}
