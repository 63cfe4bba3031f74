/**
 * Dominant eigenvalues and singular values of a matrix that is known by what it does to a vector, in float64.
 * Arnoldi (1951): the matrix, seen from the space that v, Av, A²v, … span, is a small Hessenberg matrix, and the outermost
 * eigenvalues are right there long before the space is full.
 */
import { EigenvalueDecomposition, Matrix as Dense } from 'ml-matrix';
import { Rng } from './rng.js';

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

/** Dimensions at which the eigenvalues are looked at, and the change between two that ends the search. */
const DIMENSIONS = [12, 24, 48, 96, 160];
const SETTLED = 1e-10;

/**
 * max |λ| of the matrix that `apply` multiplies by, (size, size); one that is symmetric is done faster.
 * Up to size 160 the space is filled and the value exact up to rounding. Beyond, it is where it has settled; where none of
 * many eigenvalues stands out (a large orthogonal matrix) it stays a little below: 0.3% at size 512.
 */
export function dominantModulus(size: number, apply: (v: Vector) => Vector, isSymmetric = false): number {
  const start = normalVector(size, Rng.fromSeed(1));
  orthonormalise(start, []);
  const basis = [start];
  /** By column of the Hessenberg matrix: its entries down to the one below the diagonal. */
  const columns: number[][] = [];
  let value = 0;
  for (const most of DIMENSIONS) {
    let isWhole = false;
    while (columns.length < most && !isWhole) {
      const next = apply(basis[columns.length]);
      const { along, left } = orthonormalise(next, basis);
      columns.push([...along, left]);
      basis.push(next);
      isWhole = left === 0 || columns.length === size;
    }
    const before = value;
    value = largestModulus(columns, isSymmetric);
    if (isWhole || Math.abs(value - before) <= SETTLED * value || Number.isNaN(value)) break;
  }
  return value;
}

/** max |λ| of the square Hessenberg matrix with these columns. */
function largestModulus(columns: readonly (readonly number[])[], isSymmetric: boolean): number {
  // The decomposition would never end.
  if (!columns.flat().every(Number.isFinite)) return NaN;
  const rows = columns.map((_, i) => columns.map((column) => column[i] ?? 0));
  const { realEigenvalues, imaginaryEigenvalues } = new EigenvalueDecomposition(new Dense(rows), {
    assumeSymmetric: isSymmetric,
  });
  return realEigenvalues.reduce(
    (most, real, i) => Math.max(most, Math.hypot(real, imaginaryEigenvalues[i])),
    0,
  );
}

/** ρ = max |λ| of a square matrix, row-major. */
export function spectralRadius(a: ArrayLike<number>, size: number): number {
  const matrix = Float64Array.from(a);
  return dominantModulus(size, (v) => times(matrix, v));
}

/** σ₁ of a matrix with `cols` columns, row-major: √max λ(AᵀA). */
export function largestSingularValue(a: ArrayLike<number>, cols: number): number {
  const matrix = Float64Array.from(a);
  return Math.sqrt(dominantModulus(cols, (v) => transposedTimes(matrix, times(matrix, v), cols), true));
}

/** A·v */
function times(a: Vector, v: Vector): Vector {
  return Float64Array.from({ length: a.length / v.length }, (_, i) =>
    dot(a.subarray(i * v.length, (i + 1) * v.length), v),
  );
}

/** Aᵀ·v */
function transposedTimes(a: Vector, v: Vector, cols: number): Vector {
  const product = new Float64Array(cols);
  v.forEach((factor, i) => {
    for (let j = 0; j < cols; j++) product[j] += factor * a[i * cols + j];
  });
  return product;
}
