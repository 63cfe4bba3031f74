/**
 * A bench on which one kernel of the engine under test and of its oracle meet the same numbers. The engine's matrices
 * lie between guard values at addresses that are multiples of one number only; what no result may touch is looked
 * at afterwards: the guards and every operand that is not a result.
 */
import { expect } from 'vitest';
import type { Ids, Matrix } from '../../src/base/matrix.js';
import type { Rng } from '../../src/base/rng.js';
import type { Kernels } from '../../src/kernels/kernels.js';

/** An even number that no input here is, exact in float32. */
const GUARD = -7340032;
const GAP = 16;
const SMALLEST_NORMAL = 2 ** -126;

/**
 * How far a result may be from the oracle's:
 * - `exact`: the oracle's number, rounded once; −0 is not 0.
 * - `units`: so many units of rounding (2⁻²⁴ for float32, 2⁻⁵³ for float64) of `of`, the size of what was summed by
 *   entry; without it of the largest finite number of the result.
 * NaN agrees with NaN alone, an infinity with the same one; where the engine flushes denormals, 0 of the same sign
 * with one.
 */
export type Bound = 'exact' | { readonly units: number; readonly of?: readonly number[] };

export interface Operand {
  readonly rows: number;
  readonly cols: number;
  readonly values: readonly number[];
  /** Present: the kernel writes it. Absent: it must stay as it is, bit for bit. */
  readonly result?: Bound;
}

/** Where a bench counts the worst error it has seen, in units, by kernel. */
export const worst = new Map<string, number>();

export class Bench {
  readonly #pool: Matrix;
  readonly #idPool: Ids;

  constructor(
    readonly kernels: Kernels,
    readonly oracle: Kernels,
    size = 200_000,
  ) {
    this.#pool = kernels.matrix(1, size);
    this.#idPool = kernels.ids(4096);
  }

  /**
   * Runs the kernel on both sides and compares every operand.
   * @param rng draws how far each operand is off a vector's boundary
   * @param ids as `ids` of the third argument of `run`, likewise off the boundary
   */
  agree<Name extends string>(
    what: string,
    rng: Rng,
    operands: Readonly<Record<Name, Operand>>,
    run: (kernels: Kernels, m: Record<Name, Matrix>, ids: Ids) => void,
    ids: readonly number[] = [],
  ): void {
    const entries = Object.entries<Operand>(operands);
    const pool = this.#pool.data;
    const starts: number[] = [];
    let end = 0;
    for (const [, { values }] of entries) {
      const start = Math.ceil((end + GAP) / 4) * 4 + (rng.uint32() % 4);
      starts.push(start);
      end = start + values.length;
    }
    pool.fill(GUARD, 0, end + GAP);
    entries.forEach(([, { values }], i) => {
      pool.set(values, starts[i]);
    });
    const placed = entries.map(([name, { rows, cols }], i) => [
      name,
      this.#pool.reshaped(starts[i], rows, cols),
    ]);
    run(this.kernels, Object.fromEntries(placed) as Record<Name, Matrix>, this.#ids(ids, rng));

    const expected = entries.map(([name, { rows, cols, values }]): [string, Matrix] => {
      const matrix = this.oracle.matrix(rows, cols);
      matrix.data.set(values);
      return [name, matrix];
    });
    const plainIds = this.oracle.ids(ids.length);
    plainIds.data.set(ids);
    run(this.oracle, Object.fromEntries(expected) as Record<Name, Matrix>, plainIds);

    const after = this.#pool.data;
    const faults: string[] = [];
    let from = 0;
    entries.forEach(([name, { values, result }], i) => {
      faults.push(...this.#guardFaults(after, from, starts[i]));
      from = starts[i] + values.length;
      const found = after.subarray(starts[i], from);
      const wanted = result === undefined ? values : expected[i][1].data;
      faults.push(...this.#faults(`${what} · ${name}`, found, wanted, result ?? 'exact'));
    });
    faults.push(...this.#guardFaults(after, from, end + GAP));
    expect(faults.slice(0, 5), `${this.kernels.name}: ${what}`).toEqual([]);
  }

  /** Copies the pool's part into ids off the boundary, between ids that lead nowhere. */
  #ids(ids: readonly number[], rng: Rng): Ids {
    const start = 1 + (rng.uint32() % 3);
    const data = this.#idPool.data;
    data.fill(1 << 30, 0, start + ids.length + 4);
    data.set(ids, start);
    return this.#idPool.range(start, ids.length);
  }

  #guardFaults(data: ArrayLike<number>, from: number, to: number): string[] {
    for (let j = from; j < to; j++)
      if (data[j] !== GUARD) return [`number ${j} outside of the result written`];
    return [];
  }

  #faults(what: string, found: ArrayLike<number>, wanted: ArrayLike<number>, bound: Bound): string[] {
    const isF32 = this.kernels.scalar === 'f32';
    const round = isF32 ? Math.fround : (x: number): number => x;
    const unit = isF32 ? 2 ** -24 : 2 ** -53;
    let largest = 0;
    for (const x of Array.from(wanted)) if (Number.isFinite(x)) largest = Math.max(largest, Math.abs(x));
    const faults: string[] = [];
    for (let j = 0; j < wanted.length; j++) {
      const [x, y] = [found[j], round(wanted[j])];
      const flushed = this.kernels.flushesDenormals && Math.abs(y) < SMALLEST_NORMAL ? y * 0 : y;
      let agrees = Object.is(x, y) || Object.is(x, flushed);
      if (bound !== 'exact' && !agrees) {
        const scale = bound.of?.[j] ?? largest;
        const units = x === wanted[j] ? 0 : Math.abs(x - wanted[j]) / (unit * scale);
        if (Number.isFinite(units)) worst.set(what, Math.max(worst.get(what) ?? 0, units));
        agrees = units <= bound.units;
      }
      if (!agrees) faults.push(`${what}[${j}] is ${x}, expected ${wanted[j]}`);
    }
    return faults;
  }
}

/** `rows` × `cols` numbers, each from `draw`, exact in float32. */
export const operand = (rows: number, cols: number, draw: () => number, result?: Bound): Operand => ({
  rows,
  cols,
  values: Array.from({ length: rows * cols }, () => Math.fround(draw())),
  ...(result === undefined ? {} : { result }),
});

/** A result to be written whole: whatever was there before must not matter, so it is NaN. */
export const blank = (rows: number, cols: number, result: Bound): Operand =>
  operand(rows, cols, () => NaN, result);
