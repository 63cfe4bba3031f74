/** Clipping in figures: how often, and how much of the gradient it took. */
import type { MetricsStep } from '../../store/history.js';
import { median } from '../../base/figures.js';

export interface Clipping {
  readonly steps: number;
  /** Steps whose gradient was scaled down. */
  readonly clipped: number;
  /** Of those steps: the median and the smallest factor; null where there is none. */
  readonly medianScale: number | null;
  readonly smallestScale: number | null;
}

export function clippingOf(updates: readonly Pick<MetricsStep, 'clipScale'>[]): Clipping {
  const scales = updates.map(({ clipScale }) => clipScale).filter((scale) => scale < 1);
  return {
    steps: updates.length,
    clipped: scales.length,
    medianScale: scales.length === 0 ? null : median(scales),
    smallestScale: scales.length === 0 ? null : scales.reduce((least, scale) => Math.min(least, scale), 1),
  };
}
