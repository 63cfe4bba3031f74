/** The tail in several windows and from several timesteps, against each window measured by itself. */
import { describe, expect, test } from 'vitest';
import { Rng } from '../../src/base/rng.js';
import { forward } from '../../src/bptt/forward.js';
import { loss } from '../../src/bptt/loss.js';
import { backwardWithProbes } from '../../src/bptt/probing.js';
import { Unrolled } from '../../src/bptt/unrolled.js';
import { openReference } from '../../src/kernels/reference.js';
import { initialise } from '../../src/model/init.js';
import { Network } from '../../src/model/network.js';
import { CELLS, type CellName } from '../../src/model/shape.js';
import { lag } from '../../src/probe/lag.js';
import { pairMatrix } from '../../src/probe/matrix.js';
import { sourcesIn, tailsOverWindows } from '../../src/probe/tail-windows.js';
import { parseTrainOptions } from '../../src/train/options.js';

const SYMBOLS = 7;
const SEED = 6;

function networkOf(cell: CellName, layers: number): Network {
  const network = new Network(openReference(), { cell, layers, hidden: 9, symbols: SYMBOLS });
  initialise(network.parameters, parseTrainOptions({ init: 'orthogonal' }), Rng.fromSeed(SEED));
  network.refresh();
  return network;
}

const textOf = (length: number): Uint16Array => {
  const rng = Rng.fromSeed(SEED);
  return Uint16Array.from({ length }, () => rng.uint32() % SYMBOLS);
};

/** Least squares as the textbook writes it. */
function slopeOf(points: readonly (readonly [number, number])[]): number {
  const n = points.length;
  const sum = (of: (x: number, y: number) => number) => points.reduce((s, [x, y]) => s + of(x, y), 0);
  const [x, y] = [sum((x) => x), sum((_, y) => y)];
  return (n * sum((x, y) => x * y) - x * y) / (n * sum((x) => x * x) - x * x);
}

describe.each([
  { cell: 'tanh', layers: 1, timesteps: 16, rows: 1 },
  { cell: 'gru', layers: 2, timesteps: 21, rows: 16 },
] as const)('$cell, $layers layers, windows of $timesteps (seed 6)', ({ cell, layers, timesteps, rows }) => {
  const network = networkOf(cell, layers);
  const symbols = textOf(997);
  const found = tailsOverWindows(network, symbols, { rows, timesteps });
  const inEach = rows < 8 ? 1 : rows / 8;

  test('are the mean over windows and timesteps, with the standard error of the windows', () => {
    const stream = Math.floor(996 / (4 * inEach));
    const byWindow = Array.from({ length: 4 }, (_, w) => {
      const unrolled = new Unrolled(network, { rows: inEach, timesteps, gradients: true, dropout: 0 });
      for (let n = 0; n < inEach; n++)
        for (let t = 0; t < timesteps; t++) {
          const at = (w * inEach + n) * stream + t;
          unrolled.inputs.data[t * inEach + n] = symbols[at];
          unrolled.targets.data[t * inEach + n] = symbols[at + 1];
        }
      forward(unrolled, timesteps);
      loss(unrolled);
      return pairMatrix(unrolled).layers.map(({ log10 }) =>
        sourcesIn(timesteps).map((source) => {
          const lags = Array.from({ length: source + 1 }, (_, k) => [k, log10[source][source - k]] as const);
          return slopeOf(lags.slice(Math.ceil(timesteps / 2)) as [number, number][]);
        }),
      );
    });
    expect(found).toHaveLength(layers);
    found.forEach((tail, layer) => {
      const means = byWindow.map((slopes) => slopes[layer].reduce((a, b) => a + b, 0) / slopes[layer].length);
      const mean = means.reduce((a, b) => a + b, 0) / 4;
      const variance = means.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 3;
      expect(tail).toMatchObject({ windows: 4, sources: 4 });
      expect(tail?.decadesPerStep).toBeCloseTo(mean, 10);
      expect(tail?.standardError).toBeCloseTo(Math.sqrt(variance / 4), 10);
      expect(tail?.standardError).toBeGreaterThan(0);
    });
  });
});

test('the timesteps that losses are sent back from: the last, down to three quarters, each with a tail of three lags', () => {
  expect(sourcesIn(64)).toEqual([63, 58, 52, 47]);
  expect(sourcesIn(256)).toEqual([255, 234, 212, 191]);
  expect(sourcesIn(12)).toEqual([11, 10, 9, 8]);
  expect(sourcesIn(8)).toEqual([7, 6]);
  expect(sourcesIn(6)).toEqual([5]);
  for (const timesteps of [1, 2, 3, 4, 5]) expect(sourcesIn(timesteps)).toEqual([]);
  for (let timesteps = 6; timesteps < 200; timesteps++)
    for (const source of sourcesIn(timesteps)) {
      expect(source).toBeLessThan(timesteps);
      expect(source - Math.ceil(timesteps / 2) + 1).toBeGreaterThanOrEqual(3);
    }
});

test('a text without room for four windows has none, nor has a window without a tail', () => {
  const network = networkOf('tanh', 2);
  const size = { rows: 1, timesteps: 16 };
  expect(tailsOverWindows(network, textOf(4 * 16), size)).toEqual([null, null]);
  expect(tailsOverWindows(network, textOf(4 * 16 + 1), size)).toEqual([
    expect.objectContaining({ windows: 4 }),
    expect.objectContaining({ windows: 4 }),
  ]);
  expect(tailsOverWindows(network, textOf(900), { rows: 1, timesteps: 5 })).toEqual([null, null]);
});

test('a layer of which some curve is exactly 0 has none', () => {
  const network = networkOf('relu', 1);
  network.parameters.layers[0].biasIh.data.fill(-1e3);
  network.refresh();
  expect(tailsOverWindows(network, textOf(200), { rows: 1, timesteps: 16 })).toEqual([null]);
});

describe('what the lag probe knows beside its curve', () => {
  const reportOf = (cell: CellName, prepare: (network: Network) => void = () => undefined, rows = 3) => {
    const network = networkOf(cell, 1);
    prepare(network);
    network.refresh();
    const timesteps = 16;
    const unrolled = new Unrolled(network, { rows, timesteps, gradients: true, dropout: 0 });
    unrolled.inputs.data.set(textOf(rows * timesteps));
    unrolled.targets.data.set(textOf(rows * timesteps + 1).subarray(1));
    forward(unrolled, timesteps);
    loss(unrolled);
    const [report] = backwardWithProbes(unrolled, null, [lag]) ?? [];
    return { report, unrolled };
  };

  test.each(CELLS)('%s: the standard error is that of the rows measured one by one', (cell) => {
    const { report, unrolled } = reportOf(cell);
    const slopes = [0, 1, 2].map((n) => {
      const alone = new Unrolled(unrolled.network, { rows: 1, timesteps: 16, gradients: true, dropout: 0 });
      for (let t = 0; t < 16; t++) {
        alone.inputs.data[t] = unrolled.inputs.data[t * 3 + n];
        alone.targets.data[t] = unrolled.targets.data[t * 3 + n];
      }
      forward(alone, 16);
      loss(alone);
      const [own] = backwardWithProbes(alone, null, [lag]) ?? [];
      expect(own.memory?.tail?.standardError ?? null).toBeNull();
      return own.memory?.tail?.decadesPerStep ?? NaN;
    });
    const mean = slopes.reduce((a, b) => a + b) / 3;
    const expected = Math.sqrt(slopes.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 2 / 3);
    expect(report.memory?.tail?.standardError).toBeCloseTo(expected, 10);
  });

  test('of ReLU that its units are dead, also where the gradient lives on', () => {
    const kill =
      (units: number) =>
      ({ parameters }: Network): void => {
        parameters.layers[0].biasIh.data.fill(1e3).fill(-1e6, 0, units);
        parameters.layers[0].weightHh.data.fill(0);
        for (let j = 0; j < 9; j++) parameters.layers[0].weightHh.data[10 * j] = 1;
      };
    expect(reportOf('relu', kill(9)).report.memory?.verdict).toBe('dead');
    // 8 of 9 units are less than 95%.
    expect(reportOf('relu', kill(8)).report.memory?.verdict).toBe('preserved');
    const manyDead = new Network(openReference(), { cell: 'relu', layers: 1, hidden: 40, symbols: SYMBOLS });
    initialise(manyDead.parameters, parseTrainOptions({ init: 'identity' }), Rng.fromSeed(SEED));
    manyDead.parameters.layers[0].biasIh.data.fill(-1e6).fill(1, 0, 1);
    manyDead.refresh();
    const unrolled = new Unrolled(manyDead, { rows: 1, timesteps: 16, gradients: true, dropout: 0 });
    forward(unrolled, 16);
    loss(unrolled);
    const [{ memory, lagLog10 }] = backwardWithProbes(unrolled, null, [lag]) ?? [];
    expect(memory).toMatchObject({ verdict: 'dead', lag1pct: null });
    expect(lagLog10?.h.every((value) => value !== null)).toBe(true);
  });

  test('numbers that are none: the verdict says so, and the curve is fit for JSON', () => {
    const { report } = reportOf('tanh', ({ parameters }) => {
      parameters.readoutWeight.data[0] = NaN;
    });
    expect(report.memory?.verdict).toBe('not-finite');
    expect(report.lagLog10?.h).toEqual(new Array<null>(16).fill(null));
  });
});
