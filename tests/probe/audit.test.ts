/**
 * audit against truncation itself: the gradient of a window of k timesteps, carried on from the rest, subtracted from
 * that of the whole.
 */
import { describe, expect, test } from 'vitest';
import { Rng } from '../../src/base/rng.js';
import { backward } from '../../src/bptt/backward.js';
import { forward } from '../../src/bptt/forward.js';
import { loss } from '../../src/bptt/loss.js';
import { Unrolled } from '../../src/bptt/unrolled.js';
import type { Kernels } from '../../src/kernels/kernels.js';
import { openReference } from '../../src/kernels/reference.js';
import { initialise } from '../../src/model/init.js';
import { Network } from '../../src/model/network.js';
import { Parameters } from '../../src/model/parameters.js';
import { CELLS } from '../../src/model/shape.js';
import { auditOf, truncation } from '../../src/probe/audit.js';
import { cutsFor } from '../../src/probe/long-window.js';
import { expectEachClose } from '../close.js';
import { engines } from '../engines.js';
import { longWindow } from './windows.js';

const SEED = 14;
const models = CELLS.flatMap((cell) => [1, 2].map((layers) => ({ cell, layers })));
const prepare = (parameters: Parameters): void => {
  initialise(parameters, { init: 'orthogonal', forgetBias: 1 }, Rng.fromSeed(SEED));
};

/** ∂ℓ/∂w by layer, readout left out. */
function gradientOf(unrolled: Unrolled): number[][] {
  const into = new Parameters(unrolled.network.kernels, unrolled.network.shape);
  backward(unrolled, { from: 'last', into, rescale: false, tap: null });
  return into.layers.map((layer) => Object.values({ ...layer }).flatMap(({ data }) => [...data]));
}

/** The same of a window that holds the last k timesteps alone and has the others' states as its carry. */
function truncatedGradient(long: Unrolled, k: number): number[][] {
  const { network, options, timesteps } = long;
  const T = timesteps;
  const N = options.rows;
  const short = new Unrolled(network, { ...options, timesteps: k });
  short.inputs.data.set(long.inputs.data.subarray((T - k) * N));
  short.targets.data.set(long.targets.data.subarray((T - k) * N));
  short.carries().forEach(([h, c], l) => {
    h.data.set(long.layers[l].h.rowRange((T - k) * N, N).data);
    if (c.rows > 0) c.data.set(long.layers[l].c.rowRange((T - k) * N, N).data);
  });
  forward(short, k);
  loss(short);
  return gradientOf(short);
}

/** The twin subtracts: what is far below the whole it knows to rounding only. */
const expectShares = (
  found: readonly (number | null)[] | undefined,
  expected: readonly number[],
  what: string,
): void => {
  expect(found).toHaveLength(expected.length);
  expected.forEach((x, i) => {
    expect(Math.abs((found?.[i] ?? NaN) - x), `${what}, cut ${i}`).toBeLessThanOrEqual(1e-9 * x + 1e-11);
  });
};

const norm = (numbers: readonly number[]): number => Math.sqrt(numbers.reduce((sum, x) => sum + x * x, 0));

describe.each(models)(`$cell, $layers layers (seed ${SEED})`, ({ cell, layers }) => {
  test('the share beyond a cut is what a window of that length discards', () => {
    const size = { cell, layers, hidden: 6, timesteps: 24, seed: SEED };
    const long = longWindow(openReference(), size, prepare);
    const cuts = [1, 2, 6, 9, 18];
    const found = truncation(long, cuts);
    const whole = gradientOf(long);
    const differences = cuts.map((cut) => {
      const kept = truncatedGradient(long, cut);
      return whole.map((layer, l) => layer.map((x, j) => x - kept[l][j]));
    });
    expect(found?.timesteps).toBe(24);
    expect(found?.cuts).toEqual(cuts);
    expectShares(
      found?.share,
      differences.map((byLayer) => norm(byLayer.flat()) / norm(whole.flat())),
      'share',
    );
    whole.forEach((layer, l) => {
      expectShares(
        found?.byLayer[l],
        differences.map((byLayer) => norm(byLayer[l]) / norm(layer)),
        `layer ${l}`,
      );
    });
    // A model in which there is something to discard, and not everything.
    expect(found?.share[0]).toBeGreaterThan(1e-3);
    expect(found?.share[4]).toBeLessThan(found?.share[0] ?? 0);
  });
});

test('cuts: a factor of √2 apart, with the window’s length and below four of it', () => {
  expect(cutsFor(8)).toEqual([1, 2, 3, 4, 6, 8, 11, 16, 23]);
  for (const window of [1, 2, 3, 7, 25, 50, 64, 100, 1000]) {
    const cuts = cutsFor(window);
    expect(cuts).toContain(window);
    expect(cuts[0]).toBe(1);
    expect(Math.max(...cuts)).toBeLessThan(4 * window);
    expect(cuts).toEqual([...new Set(cuts)].sort((a, b) => a - b));
  }
});

describe.each(engines)('$name: on a text', ({ open, tolerance }) => {
  const text = (length: number): Uint16Array => {
    const rng = Rng.fromSeed(SEED);
    return Uint16Array.from({ length }, () => rng.uint32() % 5);
  };
  const windowIn = (kernels: Kernels, rows: number, spread = 1): Unrolled => {
    const network = new Network(kernels, { cell: 'tanh', layers: 1, hidden: 6, symbols: 5 });
    const drawn = new Parameters(openReference(), network.shape);
    prepare(drawn);
    drawn.flat.data.forEach((w, j, all) => (all[j] = spread * w));
    network.parameters.load(drawn.toFloat32());
    network.refresh();
    return new Unrolled(network, { rows, timesteps: 8, gradients: true, dropout: 0 });
  };

  test('rows stand at even distances from each other, and begin again behind the end', async () => {
    const kernels = await open();
    const window = windowIn(kernels, 3);
    const found = auditOf(window, text(400), 10);
    expect(found?.timesteps).toBe(32);
    const stream = 133;
    expect(auditOf(window, text(400), 10 + (stream - 32 + 1))).toEqual(found);
    const long = new Unrolled(window.network, { rows: 3, timesteps: 32, gradients: true, dropout: 0 });
    const ids = text(400);
    for (let n = 0; n < 3; n++)
      for (let t = 0; t < 32; t++) {
        long.inputs.data[t * 3 + n] = ids[n * stream + 10 + t];
        long.targets.data[t * 3 + n] = ids[n * stream + 11 + t];
      }
    longWindow.pass(long);
    expect(found).toEqual(truncation(long, cutsFor(8)));
    const reference = auditOf(windowIn(openReference(), 3), text(400), 10);
    expectEachClose(found?.share.map(Number), reference?.share.map(Number) ?? [], 30 * tolerance, 'share');
  });

  test('a short text: fewer rows; one that holds no long window: nothing', async () => {
    const window = windowIn(await open(), 3);
    expect(auditOf(window, text(33), 0)?.timesteps).toBe(32);
    expect(auditOf(window, text(32), 0)).toBeNull();
    expect(auditOf(window, new Uint16Array(), 0)).toBeNull();
  });

  test('no gradient at all: nothing', async () => {
    const window = windowIn(await open(), 3, 0);
    expect(auditOf(window, text(400), 0)).toBeNull();
  });
});
