/**
 * The largest singular value and the spectral radius of a square matrix, by squaring: ‖Aⁿ‖ grows like ρⁿ (Gelfand 1941),
 * and n doubles with every product. ln ρ ≈ (ln ‖A²ⁿ‖ − ln ‖Aⁿ‖)/n, in which whatever is common to both cancels.
 */
import { exp, log } from '../base/elementary.js';
import type { Matrix } from '../base/matrix.js';
import type { Kernels, Packed } from '../kernels/kernels.js';
import { normOf } from '../kernels/norm.js';
import { scoped } from '../kernels/scoped.js';

/** n reaches 2⁴⁰: what does not cancel (complex pairs turn) is down to 1e-12 by then. */
const DOUBLINGS = 40;
/** Two doublings that change ln ρ by less end the search, from n = 64 on. */
const SETTLED = 1e-13;
const FEWEST = 6;

interface Room {
  readonly power: Matrix;
  readonly square: Matrix;
  readonly packed: Packed;
}

/** What is done with room for squaring, which is given back. */
const withRoom = <T>(kernels: Kernels, size: number, work: (room: Room) => T): T =>
  scoped(kernels, () =>
    work({
      power: kernels.matrix(size, size),
      square: kernels.matrix(size, size),
      packed: kernels.packed(size, size),
    }),
  );

/** max |λ| of the matrix in the room's `power`, which is used up. */
function dominantModulus(kernels: Kernels, { power, square, packed }: Room): number {
  let [from, to] = [power, square];
  /** The power is what `from` holds times 2^exponent. */
  let exponent = 0;
  /** @returns ln of its norm; −∞ for 0, NaN where it is not finite */
  const bringNearOne = (matrix: Matrix): number => {
    const norm = normOf(kernels, matrix);
    if (norm === 0) return -Infinity;
    if (!Number.isFinite(norm)) return NaN;
    const by = Math.max(-1000, Math.min(1000, Math.round(Math.log2(norm))));
    kernels.scale(matrix, 2 ** -by);
    exponent += by;
    return log(normOf(kernels, matrix)) + exponent * Math.LN2;
  };
  let before = bringNearOne(from);
  let value = NaN;
  let settled = 0;
  for (let j = 0; j < DOUBLINGS && Number.isFinite(before) && settled < 2; j++) {
    kernels.pack(packed, from, false);
    kernels.product(to, from, packed, null);
    exponent *= 2;
    const next = bringNearOne(to);
    if (next === -Infinity) return 0;
    const estimate = (next - before) / 2 ** j;
    settled =
      j >= FEWEST && Math.abs(estimate - value) <= SETTLED * Math.max(1, Math.abs(estimate))
        ? settled + 1
        : 0;
    value = estimate;
    before = next;
    [from, to] = [to, from];
  }
  return before === -Infinity ? 0 : exp(value);
}

/**
 * ρ = max |λ| of a square matrix.
 * @param kernels in float64
 * @param a (size, size), row-major; NaN where a number of it is not finite
 */
export const spectralRadius = (kernels: Kernels, a: ArrayLike<number>, size: number): number =>
  withRoom(kernels, size, (room) => {
    room.power.data.set(a);
    return dominantModulus(kernels, room);
  });

/** σ₁ = √ρ(AᵀA), likewise. */
export const largestSingularValue = (kernels: Kernels, a: ArrayLike<number>, size: number): number =>
  withRoom(kernels, size, (room) => {
    room.square.data.set(a);
    const norm = normOf(kernels, room.square);
    if (norm === 0 || !Number.isFinite(norm)) return norm === 0 ? 0 : NaN;
    // Brought near 1, so that AᵀA keeps within the numbers there are.
    kernels.scale(room.square, 1 / norm);
    kernels.transposedProduct(room.power, room.square, room.square, null);
    return norm * Math.sqrt(dominantModulus(kernels, room));
  });
