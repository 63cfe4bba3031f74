/** The gradient by lag, as a share of what it is at lag 0. */

/** log10; null is an exact 0. */
export type Log10 = number | null;

/** log10 of what is left at the window's far end; −∞ for nothing. */
export const farEnd = (curve: readonly Log10[]): number => curve.at(-1) ?? -Infinity;

/** It falls to a hundredth within the window: it vanishes. */
export const VANISHES_AT = -2;

/** On average a step back keeps `factor`: the activation's derivative leaves so much, W_hh so much. */
export interface Factors {
  readonly factor: number;
  readonly activation: number;
  readonly weights: number;
}
