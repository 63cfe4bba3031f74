/**
 * A drawn chart read back: where a curve is, in the units of its axes. What `lineChart` has written on the svg is enough
 * for it, so that a page needs no second copy of its numbers.
 */

/** An axis by two places: value → pixel. */
export interface ScaledAxis {
  readonly isLog: boolean;
  readonly values: readonly [number, number];
  readonly pixels: readonly [number, number];
}

export function axisOf(text: string | null): ScaledAxis | null {
  const [kind, ...numbers] = (text ?? '').split(' ');
  const [a, b, p, q] = numbers.map(Number);
  return numbers.length === 4 && p !== q ? { isLog: kind === 'log', values: [a, b], pixels: [p, q] } : null;
}

export function valueAt({ isLog, values: [a, b], pixels: [p, q] }: ScaledAxis, pixel: number): number {
  const share = (pixel - p) / (q - p);
  return isLog ? a * (b / a) ** share : a + (b - a) * share;
}

/** The corners of a path of straight lines, in pixels. */
export function cornersOf(d: string): { readonly x: number; readonly y: number }[] {
  return [...d.matchAll(/[ML]\s*(-?[\d.e-]+)[ ,]+(-?[\d.e-]+)/gi)].map(([, x, y]) => ({
    x: Number(x),
    y: Number(y),
  }));
}

/** The corner nearest to a place on the x-axis. */
export const nearestTo = <T extends { readonly x: number }>(corners: readonly T[], x: number): T | null =>
  corners.reduce<T | null>(
    (best, one) => (best === null || Math.abs(one.x - x) < Math.abs(best.x - x) ? one : best),
    null,
  );
