/**
 * Rows that begin anew inside a window: what comes before in the row is as if it were not there, forward and backward.
 * Held against difference quotients in float64, and in every engine against a naive twin, for which each stretch of a
 * row is a window of its own.
 */
import { describe, expect, test } from 'vitest';
import { Rng } from '../../src/base/rng.js';
import { backward } from '../../src/bptt/backward.js';
import { forward } from '../../src/bptt/forward.js';
import { loss } from '../../src/bptt/loss.js';
import { backwardWithProbes, type Probe } from '../../src/bptt/probing.js';
import { readersOf, type Starts } from '../../src/bptt/starts.js';
import { Unrolled } from '../../src/bptt/unrolled.js';
import type { Kernels } from '../../src/kernels/kernels.js';
import { openReference } from '../../src/kernels/reference.js';
import { Network } from '../../src/model/network.js';
import { Parameters } from '../../src/model/parameters.js';
import { CELLS, type CellName } from '../../src/model/shape.js';
import { lag } from '../../src/probe/lag.js';
import { recurrent } from '../../src/probe/recurrent.js';
import { expectClose } from '../close.js';
import { engines } from '../engines.js';
import { checkGradients } from './check.js';

const [N, T, H, V] = [3, 6, 5, 7];
const SEED = 11;
/** Row 0 runs through; row 1 begins twice; row 2 at the first and the last timestep. */
const STARTS: Starts = new Map([
  [0, [2]],
  [2, [1]],
  [5, [1, 2]],
]);
/** The same as [row, first timestep, timesteps, does it have the carry]. */
const STRETCHES: readonly (readonly [row: number, from: number, timesteps: number, carried: boolean])[] = [
  [0, 0, 6, true],
  [1, 0, 2, true],
  [1, 2, 3, false],
  [1, 5, 1, false],
  [2, 0, 5, false],
  [2, 5, 1, false],
];

function drawn(kernels: Kernels, cell: CellName, layers: number, end?: number) {
  const rng = Rng.fromSeed(SEED);
  const network = new Network(kernels, { cell, layers, hidden: H, symbols: V, end });
  network.parameters.flat.data.forEach((_, j, numbers) => (numbers[j] = rng.normal() / 2));
  network.refresh();
  const draw = (): number[] => Array.from({ length: T * N }, () => rng.uint32() % V);
  const [inputs, targets] = [draw(), draw()];
  const carries = Array.from({ length: 2 * layers }, () =>
    Array.from({ length: N * H }, () => rng.normal() / 2),
  );
  /** A window of these rows, from a timestep on; the carry of theirs, or zero. */
  const windowOf = (
    rows: readonly number[],
    from: number,
    timesteps: number,
    carried: boolean,
    starts?: Starts,
  ) => {
    const options = { rows: rows.length, timesteps, gradients: true, dropout: 0, starts: starts?.size ?? 0 };
    const unrolled = new Unrolled(network, options);
    for (let t = 0; t < timesteps; t++)
      rows.forEach((n, i) => {
        unrolled.inputs.data[t * rows.length + i] = inputs[(from + t) * N + n];
        unrolled.targets.data[t * rows.length + i] = targets[(from + t) * N + n];
      });
    if (carried)
      unrolled
        .carries()
        .flat()
        .forEach(({ data, rows: has }, j) => {
          if (has > 0)
            rows.forEach((n, i) => {
              data.set(carries[j].slice(n * H, (n + 1) * H), i * H);
            });
        });
    if (starts) unrolled.starts = starts;
    return unrolled;
  };
  return { network, windowOf };
}

/** Losses by timestep and row, and the gradient of their sum. */
function passed(unrolled: Unrolled, network: Network) {
  const { timesteps, options } = unrolled;
  forward(unrolled, timesteps);
  loss(unrolled);
  const into = new Parameters(network.kernels, network.shape);
  into.flat.data.fill(NaN);
  backward(unrolled, { from: 'window', into, rescale: false, tap: null });
  const count = timesteps * options.rows;
  return { losses: unrolled.losses.data.slice(), gradient: Array.from(into.flat.data, (x) => x * count) };
}

describe.each(engines)('$name', ({ open, tolerance }) => {
  test.each(CELLS.flatMap((cell) => [1, 2].map((layers) => ({ cell, layers }))))(
    `$cell, $layers layers: each stretch is a window of its own (seed ${SEED})`,
    async ({ cell, layers }) => {
      const { network, windowOf } = drawn(await open(), cell, layers);
      const rows = [0, 1, 2];
      const whole = windowOf(rows, 0, T, true, STARTS);
      const found = passed(whole, network);
      const sum = new Array<number>(found.gradient.length).fill(0);
      for (const [row, from, timesteps, carried] of STRETCHES) {
        const { losses, gradient } = passed(windowOf([row], from, timesteps, carried), network);
        const here = Array.from(losses, (_, t) => found.losses[(from + t) * N + row]);
        expectClose(here, [...losses], tolerance, `losses of row ${row} from ${from}`);
        gradient.forEach((x, j) => (sum[j] += x));
      }
      expectClose(found.gradient, sum, tolerance, 'gradient');
      // All is as it was: the window again, and the same without a start.
      expect(passed(whole, network)).toEqual(found);
      whole.starts = new Map();
      expect(passed(whole, network)).toEqual(passed(windowOf(rows, 0, T, true), network));
    },
  );
});

/** The symbol that stands there most often. */
const mostRead = (ids: ArrayLike<number>): number => {
  const counts = Array.from({ length: V }, (_, v) => Array.from(ids).filter((id) => id === v).length);
  return counts.indexOf(Math.max(...counts));
};

test.each(CELLS)('%s: a model of records begins anew with each symbol that ends one', (cell) => {
  const all = [0, 1, 2];
  const plain = drawn(openReference(), cell, 2);
  const END = mostRead(plain.windowOf(all, 0, T - 2, true).inputs.data);
  const ofRecords = drawn(openReference(), cell, 2, END);
  for (const timesteps of [T, T - 2]) {
    const unrolled = plain.windowOf(all, 0, T, true);
    const starts = readersOf(END, unrolled.inputs, timesteps, N);
    const read = Array.from(unrolled.inputs.data).flatMap((id, at) => (id === END ? [at] : []));
    expect([...starts].flatMap(([t, rows]) => rows.map((row) => t * N + row)).sort((a, b) => a - b)).toEqual(
      read.filter((at) => at < timesteps * N),
    );
    expect(starts.size).toBeGreaterThan(1);
    const told = plain.windowOf(all, 0, timesteps, true, starts);
    const own = ofRecords.windowOf(all, 0, timesteps, true);
    expect(passed(own, ofRecords.network)).toEqual(passed(told, plain.network));
  }
  // Nothing of the window before is left.
  const [first, second] = [ofRecords.windowOf(all, 0, T, true), ofRecords.windowOf(all, 0, T, true)];
  first.inputs.data.fill(END);
  passed(first, ofRecords.network);
  first.inputs.data.set(second.inputs.data);
  expect(passed(first, ofRecords.network)).toEqual(passed(second, ofRecords.network));
});

/** With a row cut short fewer windows have a gradient to measure everywhere. */
const CHECKED: Readonly<Record<CellName, number>> = {
  tanh: 1,
  relu: 7,
  sigmoid: 1,
  lstm: 1,
  gru: 1,
  mingru: 1,
  indrnn: 13,
};
const cases = CELLS.flatMap((cell) =>
  [1, 2].flatMap((layers) => (['window', 'last'] as const).map((from) => ({ cell, layers, from }))),
);

test.each(cases)('the gradient check: $cell, $layers layers, $from', ({ cell, layers, from }) => {
  const starts: Starts = new Map([[2, [1]]]);
  const { violations } = checkGradients(openReference(), {
    cell,
    layers,
    from,
    dropout: 0,
    seed: CHECKED[cell],
    starts,
  });
  expect(violations).toEqual([]);
});

test.each(CELLS)('%s: no loss reaches further back than its row’s beginning', (cell) => {
  const { network, windowOf } = drawn(openReference(), cell, 2);
  // Units of IndRNN that are closed would send nothing back, as a beginning does.
  if (cell === 'indrnn') for (const { biasIh } of network.parameters.layers) biasIh.data.fill(8);
  network.refresh();
  const all = [0, 1, 2];
  const unrolled = windowOf(all, 0, T, true, new Map([[3, all]]));
  forward(unrolled, T);
  loss(unrolled);
  // By timestep: is there nothing of the last loss's gradient at the top layer's h?
  const nothing: boolean[] = [];
  const zeros: Probe<object> = {
    name: 'zeros',
    from: 'last',
    begin: () => ({
      view({ layer, timestep, gradients }) {
        if (layer === 1) nothing[timestep] = gradients.dh.data.every((x) => x === 0);
      },
      result: () => unrolled.layers.map(() => ({})),
    }),
  };
  const [top] = (backwardWithProbes(unrolled, null, [lag, zeros]) ?? []).slice(-1);
  expect(nothing).toEqual([true, true, true, false, false, false]);
  // The curve is of what stands within the rows, and ends with them.
  expect(top.lagLog10?.h.map((x) => x === null)).toEqual([false, false, false]);
  // The timesteps' shares of W_hh's gradient still sum to it: the states before a beginning count as the zeros they were.
  const into = new Parameters(network.kernels, network.shape);
  const shares = backwardWithProbes(unrolled, into, [recurrent])?.[0].recurrent ?? [];
  if (cell === 'mingru') {
    expect(shares).toEqual([]); // nothing stands for W_hh
    return;
  }
  expect(shares[3]).toBe(0);
  expect(shares[4]).toBeGreaterThan(0);
});

test('more timesteps than there is room for, or none of the window’s', () => {
  const { windowOf } = drawn(openReference(), 'tanh', 1);
  const unrolled = windowOf([0, 1, 2], 0, T, false, new Map([[1, [0]]]));
  expect(
    () =>
      (unrolled.starts = new Map([
        [1, [0]],
        [2, [0]],
      ])),
  ).toThrow(RangeError);
  expect(() => (unrolled.starts = new Map([[T, [0]]]))).toThrow(RangeError);
});
