/** Orthonormal vectors, in float64. */
import type { Rng } from './rng.js';

export type Vector = Float64Array;

export function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j] * b[j];
  return sum;
}

/**
 * Takes the parts along the orthonormal `basis` out of v, twice ("twice is enough", Giraud et al. 2005), and brings
 * what is left to length 1.
 * @param rounding what is left of v is nothing at this share of its length
 * @returns the parts taken out, and the length of what was left: 0 where that was nothing, and v is then zero
 */
export function orthonormalise(
  v: Vector,
  basis: readonly Vector[],
  rounding = 1e-14,
): { along: number[]; left: number } {
  const before = Math.sqrt(dot(v, v));
  const along = new Array<number>(basis.length).fill(0);
  for (let pass = 0; pass < 2; pass++)
    basis.forEach((q, i) => {
      const part = dot(q, v);
      along[i] += part;
      for (let j = 0; j < v.length; j++) v[j] -= part * q[j];
    });
  const left = Math.sqrt(dot(v, v));
  if (left <= rounding * before) {
    v.fill(0);
    return { along, left: 0 };
  }
  for (let j = 0; j < v.length; j++) v[j] /= left;
  return { along, left };
}

export const normalVector = (size: number, rng: Rng): Vector =>
  Float64Array.from({ length: size }, () => rng.normal());
