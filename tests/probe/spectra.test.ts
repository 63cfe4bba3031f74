/** Spectral radii and largest singular values, of matrices whose are known and against dense decompositions; orthonormal vectors. */
import { EigenvalueDecomposition, Matrix, SingularValueDecomposition } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { normalVector, orthonormalise } from '../../src/base/orthonormal.js';
import { Rng } from '../../src/base/rng.js';
import { openReference } from '../../src/kernels/reference.js';
import * as spectra from '../../src/probe/spectra.js';
import { fewFloat64Engines } from '../engines.js';

const engine =
  fewFloat64Engines.length > 1
    ? await fewFloat64Engines[fewFloat64Engines.length - 1].open()
    : openReference();
const spectralRadius = (a: readonly number[], size: number): number =>
  spectra.spectralRadius(engine, a, size);
const largestSingularValue = (a: readonly number[], size: number): number =>
  spectra.largestSingularValue(engine, a, size);

/** Rows of a random orthogonal matrix. */
function orthogonal(size: number, rng: Rng): Float64Array[] {
  const rows: Float64Array[] = [];
  while (rows.length < size) {
    const v = normalVector(size, rng);
    orthonormalise(v, rows);
    rows.push(v);
  }
  return rows;
}
const flat = (rows: readonly ArrayLike<number>[]): number[] => rows.flatMap((row) => Array.from(row));
const normal = (size: number, seed: number): number[] =>
  Array.from(normalVector(size * size, Rng.fromSeed(seed)), (x) => x / Math.sqrt(size));
const denseRadius = (a: readonly number[], size: number): number => {
  const rows = Array.from({ length: size }, (_, i) => a.slice(i * size, (i + 1) * size));
  const { realEigenvalues: re, imaginaryEigenvalues: im } = new EigenvalueDecomposition(new Matrix(rows), {
    assumeSymmetric: false,
  });
  return Math.max(...re.map((x, i) => Math.hypot(x, im[i])));
};
const denseSigma = (a: readonly number[], rows: number): number => {
  const cols = a.length / rows;
  const dense = Array.from({ length: rows }, (_, i) => a.slice(i * cols, (i + 1) * cols));
  return new SingularValueDecomposition(new Matrix(dense)).diagonal[0];
};

describe('known matrices', () => {
  test.each([1, 2, 5, 64])('size %i: the identity, zero, a·Q', (size) => {
    const identity = Array.from({ length: size * size }, (_, j) => (j % (size + 1) === 0 ? 1 : 0));
    expect(spectralRadius(identity, size)).toBeCloseTo(1, 14);
    expect(largestSingularValue(identity, size)).toBeCloseTo(1, 14);
    const zero = identity.map(() => 0);
    expect([spectralRadius(zero, size), largestSingularValue(zero, size)]).toEqual([0, 0]);
    const scaled = flat(orthogonal(size, Rng.fromSeed(size))).map((x) => 0.7 * x);
    expect(spectralRadius(scaled, size)).toBeCloseTo(0.7, 12);
    expect(largestSingularValue(scaled, size)).toBeCloseTo(0.7, 12);
  });

  test('a rotation: the eigenvalues are complex', () => {
    expect(spectralRadius([0, -2, 2, 0], 2)).toBeCloseTo(2, 14);
  });

  test('far from normal: σ₁ says nothing of the spectral radius', () => {
    const a = [0.5, 100, 0, 0.25];
    expect(spectralRadius(a, 2)).toBeCloseTo(0.5, 12);
    expect(largestSingularValue(a, 2)).toBeCloseTo(denseSigma(a, 2), 10);
    const nilpotent = [0, 1, 0, 0, 0, 1, 0, 0, 0];
    expect(spectralRadius(nilpotent, 3)).toBe(0);
  });

  test('one eigenvalue far out', () => {
    const size = 200;
    const rows = orthogonal(size, Rng.fromSeed(5));
    const a = new Array<number>(size * size).fill(0);
    rows.forEach((q, k) => {
      const eigenvalue = k === 0 ? -3 : k / size;
      for (let i = 0; i < size; i++)
        for (let j = 0; j < size; j++) a[i * size + j] += eigenvalue * q[i] * q[j];
    });
    expect(spectralRadius(a, size)).toBeCloseTo(3, 10);
    expect(largestSingularValue(a, size)).toBeCloseTo(3, 10);
  });

  test('no numbers: NaN, and an end', () => {
    expect(spectralRadius([NaN, 1, 1, 1], 2)).toBeNaN();
    expect(largestSingularValue([Infinity, 1, 1, 1], 2)).toBeNaN();
  });
});

describe('random matrices against the dense decompositions', () => {
  test.each([3, 17, 48, 97])('normal, size %i (seeds 1 to 4)', (size) => {
    for (const seed of [1, 2, 3, 4]) {
      const a = normal(size, seed);
      expect(Math.abs(spectralRadius(a, size) / denseRadius(a, size) - 1)).toBeLessThan(1e-9);
      expect(Math.abs(largestSingularValue(a, size) / denseSigma(a, size) - 1)).toBeLessThan(1e-9);
    }
  });

  test.each([176, 300])('where no eigenvalue stands out, size %i (seed 1)', (size) => {
    const a = normal(size, 1);
    expect(Math.abs(spectralRadius(a, size) / denseRadius(a, size) - 1)).toBeLessThan(1e-9);
    expect(Math.abs(largestSingularValue(a, size) / denseSigma(a, size) - 1)).toBeLessThan(1e-9);
  });

  test('a large orthogonal matrix, all of whose eigenvalues are as large: size 256 (seed 2)', () => {
    const a = flat(orthogonal(256, Rng.fromSeed(2)));
    expect(spectralRadius(a, 256)).toBeCloseTo(1, 9);
    expect(largestSingularValue(a, 256)).toBeCloseTo(1, 9);
  });

  test('of any size of numbers', () => {
    for (const scale of [1e-200, 1e200]) {
      const a = normal(20, 3);
      const scaled = a.map((x) => x * scale);
      expect(spectralRadius(scaled, 20) / (scale * denseRadius(a, 20))).toBeCloseTo(1, 9);
      expect(largestSingularValue(scaled, 20) / (scale * denseSigma(a, 20))).toBeCloseTo(1, 9);
    }
  });
});

describe('orthonormalise', () => {
  test('parts and the rest make up the vector; nothing is left of one that lies in the space', () => {
    const rng = Rng.fromSeed(3);
    const basis = orthogonal(9, rng).slice(0, 4);
    const v = normalVector(9, rng);
    const before = Array.from(v);
    const { along, left } = orthonormalise(v, basis);
    const rebuilt = before.map((_, j) => basis.reduce((sum, q, i) => sum + along[i] * q[j], left * v[j]));
    rebuilt.forEach((x, j) => {
      expect(x).toBeCloseTo(before[j], 14);
    });
    const inside = Float64Array.from({ length: 9 }, (_, j) => 2 * basis[1][j] - basis[3][j]);
    expect(orthonormalise(inside, basis).left).toBe(0);
    expect(Array.from(inside)).toEqual(new Array(9).fill(0));
  });
});
