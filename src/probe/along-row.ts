/** One of a window's rows by itself, once or several times side by side. */
import { leastOf } from '../base/figures.js';
import { forward } from '../bptt/forward.js';
import { Unrolled } from '../bptt/unrolled.js';
import type { Network } from '../model/network.js';

/** The row that has read on for longest, and the timestep in which it began. */
export function longestRow({ starts, options }: Unrolled): { row: number; begins: number } {
  const begun = new Array<number>(options.rows).fill(0);
  for (const [t, rows] of starts) for (const row of rows) begun[row] = Math.max(begun[row], t);
  const begins = leastOf(begun);
  return { row: begun.indexOf(begins), begins };
}

/**
 * The row's text and carry, beginning anew where it does; forward done.
 * @param network of the window's weights, in the engine to measure in
 */
export function alongRow(
  network: Network,
  window: Unrolled,
  row: number,
  { copies, gradients }: { readonly copies: number; readonly gradients: boolean },
): Unrolled {
  const { options, timesteps, inputs } = window;
  const starts = [...window.starts].filter(([, rows]) => rows.includes(row)).map(([t]) => t);
  const along = new Unrolled(network, {
    rows: copies,
    timesteps,
    gradients,
    dropout: 0,
    starts: starts.length,
  });
  along.inputs.data.forEach((_, j, ids) => {
    ids[j] = inputs.data[Math.floor(j / copies) * options.rows + row];
  });
  const states = window.carries();
  along.carries().forEach((own, l) => {
    own.forEach((state, i) => {
      const { cols } = state;
      const carry = states[l][i].data.subarray(row * cols, (row + 1) * cols);
      for (let n = 0; n < state.rows; n++) state.data.set(carry, n * cols);
    });
  });
  const all = Array.from({ length: copies }, (_, n) => n);
  along.starts = new Map(starts.map((t) => [t, all]));
  forward(along, timesteps);
  return along;
}
