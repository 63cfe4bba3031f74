/** How far back a layer's gradient reaches: the lag curve in five figures. */
import type { ByState, Memory, Verdict } from '../bptt/report.js';

/** The curve rises a hundredfold above lag 0: exploding, whatever comes after. */
export const EXPLODES_AT = 2;
/** It falls to a hundredth within the window: vanishing. In between, preserved. */
export const VANISHES_AT = -2;

/** log10 √(10^2h + 10^2c) without leaving the logarithms. */
function join(h: number | null, c: number | null): number | null {
  if (h === null || c === null) return h ?? c;
  const larger = Math.max(h, c);
  return larger + Math.log10(1 + 10 ** (2 * (Math.min(h, c) - larger))) / 2;
}

/** The state norm √(‖∂h‖² + ‖∂c‖²) by lag, as log10; null where it is exactly 0. */
export const stateLog10 = ({ h, c }: ByState<number | null>): (number | null)[] =>
  h.map((value, k) => join(value, c?.[k] ?? null));

export function memoryOf(lagLog10: ByState<number | null>): Memory {
  const curve = stateLog10(lagLog10);
  const start = curve[0];
  // An exact 0 lies below every level.
  const relative = curve.map((value) => (value === null || start === null ? -Infinity : value - start));
  const firstAtOrBelow = (level: number): number | null => {
    const k = relative.findIndex((value) => value <= level);
    return k < 0 ? null : k;
  };
  let verdict: Verdict = 'preserved';
  if (relative.some((value) => value >= EXPLODES_AT)) verdict = 'exploding';
  else if (relative.some((value) => value <= VANISHES_AT)) verdict = 'vanishing';
  return {
    halfLife: firstAtOrBelow(Math.log10(0.5)),
    lag1pct: firstAtOrBelow(-2),
    lag1e6: firstAtOrBelow(-6),
    slope: slopeOf(curve),
    verdict,
  };
}

/** Least squares of the curve's numbers on the lag. */
function slopeOf(curve: readonly (number | null)[]): number | null {
  const points = curve.flatMap((y, k) => (y === null ? [] : [{ k, y }]));
  if (points.length < 2) return null;
  const meanK = points.reduce((sum, { k }) => sum + k, 0) / points.length;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / points.length;
  const rise = points.reduce((sum, { k, y }) => sum + (k - meanK) * (y - meanY), 0);
  const run = points.reduce((sum, { k }) => sum + (k - meanK) ** 2, 0);
  return rise / run;
}
