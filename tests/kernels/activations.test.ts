/**
 * How accurate the activations are: σ and tanh of a float32 within 2 of its units in the last place (the distance
 * of neighbouring numbers) of the double's value, wherever that value is an ordinary float32 number.
 */
import { describe, expect, test } from 'vitest';
import { Rng } from '../../src/base/rng.js';
import { engines } from '../engines.js';

const SMALLEST_NORMAL = 2 ** -126;
const exact = {
  tanh: Math.tanh,
  // 1/(1 + e^−x) loses nothing in float64 that a float32 could see
  sigmoid: (x: number): number => 1 / (1 + Math.exp(-x)),
} as const;

/** The distance from one float32 number of y's size to the next. */
const ulp = (y: number): number => 2 ** (Math.floor(Math.log2(Math.max(Math.abs(y), SMALLEST_NORMAL))) - 23);

/** A grid over ±20, one over ±110, the neighbourhood of tanh's seam, all sizes down to 1e-37, and random points. */
function points(rng: Rng): Float32Array {
  const xs: number[] = [];
  for (let j = -40_000; j <= 40_000; j++) xs.push(j / 2000);
  for (let j = -11_000; j <= 11_000; j++) xs.push(j / 100);
  for (let j = -4000; j <= 4000; j++) xs.push(0.625 + j * 2 ** -24, -0.625 + j * 2 ** -24);
  for (let e = -37; e < 2; e += 0.01) xs.push(10 ** e, -(10 ** e));
  for (let j = 0; j < 60_000; j++) xs.push(3 * rng.normal(), 200 * (rng.uniform() - 0.5));
  return Float32Array.from(xs);
}

const seed = 58;

describe.each(engines)('$name', ({ open }) => {
  test.each(['tanh', 'sigmoid'] as const)(`%s: within 2 ulp of the double (seed ${seed})`, async (kind) => {
    const kernels = await open();
    const xs = points(Rng.fromSeed(seed));
    const h = kernels.matrix(1, xs.length);
    h.data.set(xs);
    kernels.vanillaForward(kind, h, kernels.matrix(kernels.scalar === 'f64' ? 1 : 0, xs.length));
    let worst = { ulps: 0, x: NaN, found: NaN, expected: NaN };
    h.data.forEach((found, j) => {
      const expected = exact[kind](xs[j]);
      // Where the value itself is below the ordinary numbers, 0 may stand for it.
      const isTiny = Math.abs(expected) < SMALLEST_NORMAL && Math.abs(found) < SMALLEST_NORMAL;
      const ulps = isTiny ? 0 : Math.abs(found - expected) / ulp(expected);
      if (!(ulps <= worst.ulps)) worst = { ulps, x: xs[j], found, expected };
    });
    expect(worst.ulps, JSON.stringify(worst)).toBeLessThanOrEqual(2);
  });

  test.each(['tanh', 'sigmoid'] as const)('%s stays within its bounds and never falls', async (kind) => {
    const kernels = await open();
    const xs = Float32Array.from({ length: 40_001 }, (_, j) => (j - 20_000) / 200);
    const h = kernels.matrix(1, xs.length);
    h.data.set(xs);
    kernels.vanillaForward(kind, h, kernels.matrix(kernels.scalar === 'f64' ? 1 : 0, xs.length));
    const [low, high] = kind === 'tanh' ? [-1, 1] : [0, 1];
    const outside = xs.filter((_, j) => !(h.data[j] >= low && h.data[j] <= high));
    expect(Array.from(outside)).toEqual([]);
    const falls = xs.filter((_, j) => j > 0 && h.data[j] < h.data[j - 1] - 2 * ulp(h.data[j]));
    expect(Array.from(falls)).toEqual([]);
  });
});
