/** Where records begin on the way back: the lag curve against a slow twin made of finite differences, row by row. */
import { describe, expect, test } from 'vitest';
import { backwardWithProbes } from '../../src/bptt/probing.js';
import type { LayerReport } from '../../src/bptt/report.js';
import { openReference } from '../../src/kernels/reference.js';
import { CELLS } from '../../src/model/shape.js';
import { lag } from '../../src/probe/lag.js';
import { pairMatrix } from '../../src/probe/matrix.js';
import { stateLog10 } from '../../src/probe/memory.js';
import { directionsOf } from '../../src/probe/direction.js';
import { spectraOf } from '../../src/probe/spectrum.js';
import { split } from '../../src/probe/split.js';
import { QUANTILES, units } from '../../src/probe/units.js';
import { differences, drawModel, naivePass, norm, passIn, type NaiveModel } from './naive.js';

const SEED = 5;
const [ROWS, TIMESTEPS] = [9, 7];
/** Row 0 goes through; rows 1 and 2 begin once, row 3 twice, the others late: at lag 4 three are left, at lag 6 one. */
const BEGINS: ReadonlyMap<number, readonly number[]> = new Map([
  [1, [1, 3]],
  [2, [2]],
  [3, [3, 4]],
  [4, [5, 6]],
  [5, [7]],
  [6, [8]],
]);

/** ‖∂ℓ/∂h‖² + ‖∂ℓ/∂c‖² and the first alone, [lag][row]. */
function squaresByRow(model: NaiveModel, layer: number): { state: number[][]; h: number[][] } {
  const { rows, timesteps, shape } = model;
  const of = (what: 'h' | 'c', timestep: number): number[] => {
    const flat = differences(model, 'last', { what, layer, timestep }, rows * shape.hidden);
    return Array.from(
      { length: rows },
      (_, n) => norm(flat.slice(n * shape.hidden, (n + 1) * shape.hidden)) ** 2,
    );
  };
  const lags = Array.from({ length: timesteps }, (_, k) => timesteps - 1 - k);
  const h = lags.map((t) => of('h', t));
  if (shape.cell !== 'lstm') return { state: h, h };
  return { state: lags.map((t, k) => of('c', t).map((c, n) => c + h[k][n])), h };
}

/** How far back a row has read without beginning. */
const reachOf = (row: number): number =>
  TIMESTEPS - 1 - Math.max(0, ...[...BEGINS].flatMap(([t, rows]) => (rows.includes(row) ? [t] : [])));

const over = (rows: readonly number[], squares: readonly number[]): number =>
  Math.sqrt(rows.reduce((sum, n) => sum + squares[n], 0));
const rowsAt = (k: number): number[] =>
  Array.from({ length: ROWS }, (_, n) => n).filter((n) => reachOf(n) >= k);

const close = (found: number | null | undefined, expected: number): void => {
  expect(Math.abs((found ?? NaN) - Math.log10(expected))).toBeLessThan(1e-5);
};

describe.each(CELLS.flatMap((cell) => [1, 2].map((layers) => ({ cell, layers }))))(
  `$cell, $layers layers (seed ${SEED})`,
  ({ cell, layers }) => {
    const drawn = drawModel(cell, layers, SEED, cell === 'sigmoid' ? 2 : 0.9, [ROWS, TIMESTEPS]);
    const model: NaiveModel = { ...drawn, begins: BEGINS };
    const { unrolled } = passIn(openReference(), model);
    const reports: LayerReport[] = backwardWithProbes(unrolled, null, [lag, split]) ?? [];
    const matrix = pairMatrix(unrolled);

    test('each step back counts in the rows that make it within their record', () => {
      reports.forEach((report, layer) => {
        const { state, h } = squaresByRow(model, layer);
        const curve = report.lagLog10 ? stateLog10(report.lagLog10) : [];
        // An eighth of nine rows is more than one.
        expect(report.lagRows).toEqual([9, 8, 7, 5, 3, 2]);
        expect(curve).toHaveLength(6);
        let left = over(rowsAt(0), state[0]);
        if (left === 0) return;
        for (let k = 0; k < curve.length; k++) {
          if (k > 0) {
            const before = over(rowsAt(k), state[k - 1]);
            left *= before === 0 ? 0 : over(rowsAt(k), state[k]) / before;
          }
          if (left === 0) expect(curve[k]).toBeNull();
          else {
            close(curve[k], left);
            const share = over(rowsAt(k), h[k]) / over(rowsAt(k), state[k]);
            if (share > 1e-6) close(report.lagLog10?.h[k], left * share);
            expect(matrix.layers[layer].log10[TIMESTEPS - 1][TIMESTEPS - 1 - k] ?? null).toBe(
              report.lagLog10?.h[k],
            );
          }
        }
        expect(matrix.layers[layer].log10[TIMESTEPS - 1][0]).toBeNull();
      });
    });

    test('gates, weights and what arrives sum to its steps', () => {
      for (const report of reports) {
        const curve = report.lagLog10 ? stateLog10(report.lagLog10) : [];
        const parts = report.split;
        expect(parts?.gates).toHaveLength(curve.length - 1);
        for (let k = 0; k + 1 < curve.length; k++) {
          const [from, to] = [curve[k], curve[k + 1]];
          const [gates, arriving] = [parts?.gates[k] ?? null, parts?.arriving[k] ?? null];
          const weights = parts?.weights ? parts.weights[k] : 0;
          if (from === null || to === null || gates === null || arriving === null || weights === null)
            continue;
          expect(Math.abs(gates + weights + arriving - (to - from))).toBeLessThan(1e-9);
        }
      }
    });

    test('where nothing begins it is the norm as it is', () => {
      const plain = passIn(openReference(), drawn).unrolled;
      const [report] = backwardWithProbes(plain, null, [lag]) ?? [];
      expect(report.lagRows).toBeUndefined();
      expect(report.lagLog10?.h).toHaveLength(TIMESTEPS);
    });
  },
);

/** The last timesteps of some rows by themselves, from states of zero. */
function endOf(model: NaiveModel, from: number, rows: readonly number[]): NaiveModel {
  const { shape, timesteps, inputs, targets, ...rest } = model;
  const some = (ids: NaiveModel['inputs']) => ids.slice(from).map((row) => rows.map((n) => row[n]));
  const zero = () =>
    Array.from({ length: shape.layers }, () => rows.map(() => new Array<number>(shape.hidden).fill(0)));
  return {
    ...{ ...rest, shape, rows: rows.length, timesteps: timesteps - from, begins: new Map() },
    ...{ inputs: some(inputs), targets: some(targets), carry: { h: zero(), c: zero() } },
  };
}

describe.each(CELLS)(`%s, unit by unit, in directions and spectra (seed ${SEED})`, (cell) => {
  const drawn = drawModel(cell, 2, SEED, cell === 'sigmoid' ? 2 : 0.9, [ROWS, TIMESTEPS]);

  test('each unit’s step back counts in the rows that make it', () => {
    const model: NaiveModel = { ...drawn, begins: BEGINS };
    const { hidden } = model.shape;
    const { unrolled } = passIn(openReference(), model);
    const reports: LayerReport[] = backwardWithProbes(unrolled, null, [units]) ?? [];
    reports.forEach(({ units: found }, layer) => {
      const states = cell === 'lstm' ? (['h', 'c'] as const) : (['h'] as const);
      const byLag = Array.from({ length: TIMESTEPS }, (_, k) =>
        states.map((what) =>
          differences(model, 'last', { what, layer, timestep: TIMESTEPS - 1 - k }, ROWS * hidden),
        ),
      );
      const at = (k: number, unit: number, rows: readonly number[]): number =>
        norm(byLag[k].flatMap((of) => rows.map((n) => of[n * hidden + unit])));
      const curves = Array.from({ length: hidden }, (_, unit) => {
        let left = at(0, unit, rowsAt(0));
        return [0, 1, 2, 3, 4, 5].map((k) => {
          if (k > 0) left *= at(k, unit, rowsAt(k)) / at(k - 1, unit, rowsAt(k));
          return left;
        });
      });
      QUANTILES.forEach((quantile, i) => {
        expect(found?.lagLog10[i]).toHaveLength(6);
        for (let k = 0; k < 6; k++) {
          const logs = curves.map((curve) => Math.log10(curve[k])).sort((a, b) => a - b);
          const place = quantile * (hidden - 1);
          const [low, high] = [logs[Math.floor(place)], logs[Math.ceil(place)]];
          const expected = low + (high - low) * (place % 1);
          // Finite differences of what has all but vanished, or of a closed ReLU, tell nothing.
          if (logs.every((value) => value > -6)) close(found?.lagLog10[i][k], 10 ** expected);
        }
      });
    });
  });

  test('a gate that carries nothing is no part of a time constant', () => {
    const begins = new Map([[3, [0]]]);
    const one = endOf(drawn, 0, [0]);
    const constants = (model: NaiveModel) =>
      backwardWithProbes(passIn(openReference(), model).unrolled, null, [units])?.[0].units?.timeConstants;
    const found = constants({ ...one, begins });
    if (!found) return;
    // The lowest layer's gates in the step that begins: by the mean over all timesteps, once with it and once without.
    const gate = { lstm: 'f', gru: 'z', mingru: 'z' }[cell as 'lstm'];
    const values = naivePass({ ...one, begins }).activations[0].map((by) => by[gate]);
    const open = (unit: number, t: number): number =>
      cell === 'mingru' ? 1 - values[t][unit] : values[t][unit];
    found.forEach((steps, unit) => {
      const others = [0, 1, 2, 4, 5, 6].map((t) => open(unit, t));
      const mean = others.reduce((sum, x) => sum + x, 0) / others.length;
      expect(Math.abs((steps ?? NaN) - -1 / Math.log(mean))).toBeLessThan(1e-9);
    });
  });

  test('a spectrum is along the row that has read on for longest, and of its record alone', () => {
    const begins = new Map([
      [2, [2]],
      [3, [0]],
      [4, [1]],
    ]);
    const three = endOf(drawn, 0, [0, 1, 2]);
    const found = spectraOf(passIn(openReference(), { ...three, begins }).unrolled);
    expect(found[0].lags).toEqual([0, 1, 2, 3, 4]);
    expect(found).toEqual(spectraOf(passIn(openReference(), endOf(drawn, 2, [2])).unrolled));
  });

  test('the gradient that a cut is held to is of the record alone', () => {
    const all = Array.from({ length: ROWS }, (_, n) => n);
    const begun = { ...endOf(drawn, 0, all), begins: new Map([[3, all]]) };
    const found = directionsOf(passIn(openReference(), begun).unrolled, [1, 2, 3, 4, 5]);
    const alone = directionsOf(passIn(openReference(), endOf(drawn, 3, all)).unrolled, [1, 2, 3]);
    for (const [i, cut] of [1, 2, 3].entries()) {
      expect(Math.abs((found?.cosine[i] ?? NaN) - (alone?.cosine[i] ?? NaN)), `${cut}`).toBeLessThan(1e-12);
      expect(Math.abs((found?.bias[i] ?? NaN) - (alone?.bias[i] ?? NaN)), `${cut}`).toBeLessThan(1e-12);
    }
    // From the record's length on nothing is cut off.
    expect(found?.bias.slice(3)).toEqual([0, 0]);
    expect(found?.cosine[4]).toBeCloseTo(1, 12);
  });
});

test('a net that keeps all of its gradient is not said to lose it where records begin', () => {
  // h = relu(h⁻ + x): of the last loss nothing is lost on the way, whatever the records.
  const drawn = drawModel('relu', 1, SEED, 1, [16, 24]);
  const { hidden } = drawn.shape;
  const eye = Array.from({ length: hidden ** 2 }, (_, j) => (j % (hidden + 1) === 0 ? 1 : 0));
  const weights = new Map([...drawn.weights]);
  weights.set('rnn.weight_hh_l0', eye);
  for (const name of ['rnn.weight_ih_l0', 'rnn.bias_ih_l0', 'rnn.bias_hh_l0'])
    weights.set(
      name,
      (weights.get(name) ?? []).map((x) => Math.abs(x) + 0.1),
    );
  const begins = new Map(Array.from({ length: 16 }, (_, n) => [23 - n, [n]] as const));
  const carry = { h: [drawn.carry.h[0].map((row) => row.map(Math.abs))], c: drawn.carry.c };
  const { unrolled } = passIn(openReference(), { ...drawn, weights, carry, begins });
  const [report] = backwardWithProbes(unrolled, null, [lag]) ?? [];
  expect(report.memory).toMatchObject({ verdict: 'preserved', halfLife: null });
  expect(report.lagRows?.at(-1)).toBe(2);
});
