/**
 * Rows that begin anew inside a window, as where a text or one of its records begins: before that timestep the row's
 * states are 0, and no gradient passes from it to what came before.
 */
import type { Floats, Ids, Matrix } from '../base/matrix.js';
import type { CellGradients, CellStep } from '../model/cells/cell.js';

/** By timestep: the rows that begin anew there. */
export type Starts = ReadonlyMap<number, readonly number[]>;

export const NO_STARTS: Starts = new Map();

/** The rows that read `symbol`, by timestep. @param inputs (T·N) in order of time */
export function readersOf(symbol: number, inputs: Ids, timesteps: number, N: number): Starts {
  const { data } = inputs;
  let starts: Map<number, number[]> | null = null;
  for (let at = data.indexOf(symbol); at >= 0 && at < timesteps * N; at = data.indexOf(symbol, at + 1)) {
    starts ??= new Map();
    const t = Math.floor(at / N);
    const rows = starts.get(t);
    if (rows) rows.push(at % N);
    else starts.set(t, [at % N]);
  }
  return starts ?? NO_STARTS;
}

/** h⁻ and c⁻ of a timestep in which rows begin anew, (N, H) each; the states before are still needed as they are. */
export type Before = Pick<CellStep, 'hPrev' | 'cPrev'>;

const rowOf = ({ data, cols }: Matrix, row: number): Floats => data.subarray(row * cols, (row + 1) * cols);

/** Copies a timestep's h⁻ and c⁻, with zeros for the rows that begin. */
export function beginRows(to: Before, from: Before, rows: readonly number[]): void {
  for (const [copy, state] of [
    [to.hPrev, from.hPrev],
    [to.cPrev, from.cPrev],
  ] as const) {
    copy.data.set(state.data);
    if (copy.rows > 0) for (const row of rows) rowOf(copy, row).fill(0);
  }
}

/**
 * To be called before a timestep's backward pass; what it returns, after it: then nothing has reached the states before the
 * rows that begin but what the loss and the layer above send to those.
 */
export function cutBefore({ dhPrev, dcPrev }: CellGradients, rows: readonly number[]): () => void {
  const arrived = rows.map((row) => rowOf(dhPrev, row).slice());
  return () => {
    rows.forEach((row, i) => {
      rowOf(dhPrev, row).set(arrived[i]);
      if (dcPrev.rows > 0) rowOf(dcPrev, row).fill(0);
    });
  };
}

/**
 * Calls `use` while the states h⁻ before the rows that begin are 0, and puts them back.
 * @param h a layer's h of the window with its carry, ((T + 1)·N, H)
 */
export function whileZero(h: Matrix, N: number, starts: Starts, use: () => void): void {
  const kept = [...starts].flatMap(([t, rows]) =>
    rows.map((row) => {
      const state = rowOf(h, t * N + row);
      const before = state.slice();
      state.fill(0);
      return { state, before };
    }),
  );
  use();
  for (const { state, before } of kept) state.set(before);
}
