/** The lag curve of a layer, and what it is made of. */
import { exp10 } from '../../base/elementary.js';
import type { LayerReport } from '../../bptt/report.js';
import { relativeCurve } from '../../probe/curve.js';
import { type Log10, type Factors, farEnd, VANISHES_AT } from '../../words/lesson/curve.js';

const minus = (a: Log10, b: Log10): Log10 => (a === null || b === null ? null : a - b);

/** −∞ and the like, which JSON cannot hold, are null as everywhere. */
export const orNull = (log10: number): Log10 => (Number.isFinite(log10) ? log10 : null);

export const vanishes = (curve: readonly Log10[]): boolean => farEnd(curve) <= VANISHES_AT;

/** From step to step, in log10. */
export const stepsOf = (curve: readonly Log10[]): Log10[] =>
  curve.slice(1).map((value, k) => minus(value, curve[k]));

/** Of those that are not exactly 0; where all are, 0. */
export function geometricMean(log10s: readonly Log10[]): number {
  const numbers = log10s.filter((value) => value !== null);
  if (numbers.length === 0) return 0;
  return exp10(numbers.reduce((sum, value) => sum + value, 0) / numbers.length);
}

/** @param layer a vanilla network's only one */
export function factorsOf({ lagLog10, split }: Required<Pick<LayerReport, 'lagLog10' | 'split'>>): Factors {
  return {
    factor: geometricMean(stepsOf(relativeCurve({ lagLog10 }))),
    activation: geometricMean(split.gates),
    weights: geometricMean(split.weights ?? []),
  };
}
