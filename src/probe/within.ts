/**
 * What is left of a loss's gradient where rows begin anew on the way: as where a record begins, before which there is
 * nothing. That nothing passes there is no loss of the gradient's, so each step back counts only in the rows that make it
 * within what they read. With S_k(A) the state norm √(‖∂h‖² + ‖∂c‖²) at lag k over the rows A, and A_k those still on
 * their way:
 *
 *     S(k) = S_0 · Π_{j<k} S_{j+1}(A_{j+1}) / S_j(A_{j+1})
 *
 * the product over the steps that Kaplan and Meier (1958) take where subjects drop out. It ends where fewer than an eighth
 * of the rows are left.
 */
import { rowNorms } from './row-norms.js';
import { stateLog10 } from './memory.js';
import type { TapView } from '../bptt/tap.js';
import type { Unrolled } from '../bptt/unrolled.js';

const LEAST_ROWS = 1 / 8;

export class Within {
  /** By lag: the rows that are still on their way. */
  readonly rows: readonly number[];
  /** By timestep: the rows that go no further back. */
  readonly #ending = new Map<number, readonly number[]>();
  /** By layer: decades that the rows left out had at the steps before which they were. */
  readonly #gone: number[];

  /** @param source the timestep whose loss is sent back */
  private constructor(
    unrolled: Unrolled,
    private readonly source: number,
  ) {
    const N = unrolled.options.rows;
    const ended = new Set<number>();
    const rows: number[] = [];
    for (let t = source; t >= 0 && N - ended.size >= Math.max(1, LEAST_ROWS * N); t--) {
      rows.push(N - ended.size);
      const ending = (unrolled.starts.get(t) ?? []).filter((row) => !ended.has(row));
      if (ending.length > 0) this.#ending.set(t, ending);
      for (const row of ending) ended.add(row);
    }
    this.rows = rows;
    this.#gone = unrolled.layers.map(() => 0);
  }

  /** null where no row begins on the way: all is as it is. */
  static of(unrolled: Unrolled, source: number = unrolled.timesteps - 1): Within | null {
    const begins = [...unrolled.starts.keys()].some((t) => t > 0 && t <= source);
    return begins ? new Within(unrolled, source) : null;
  }

  /** How many lags there are something to be said of. */
  get lags(): number {
    return this.rows.length;
  }

  /** The rows whose way ends at a timestep: what they have there goes no further. */
  endingAt(timestep: number): readonly number[] {
    return this.#ending.get(timestep) ?? [];
  }

  /** Whether anything is to be said of a timestep. */
  reaches(timestep: number): boolean {
    return this.source - timestep < this.lags;
  }

  /**
   * What is to be added to log10 of the norms at this timestep, over all rows. To be called once for every layer and
   * timestep, in the order of the pass.
   */
  gone(view: TapView): number {
    const before = this.#gone[view.layer];
    const ending = this.endingAt(view.timestep);
    if (ending.length > 0) {
      const norms = rowNorms(view);
      const staying = norms.filter((_, row) => !ending.includes(row));
      const [all, rest] = [joinedNorms(norms), joinedNorms(staying)];
      // Of nothing nothing is left, whichever rows it is taken over.
      if (all !== null) this.#gone[view.layer] += rest === null ? -Infinity : all - rest;
    }
    return before;
  }
}

/** The norm over several rows from theirs, as log10; null where all are exactly 0. */
export const joinedNorms = (norms: readonly (number | null)[]): number | null =>
  norms.reduce((sum, norm) => stateLog10({ h: [sum], c: [norm] })[0], null);
