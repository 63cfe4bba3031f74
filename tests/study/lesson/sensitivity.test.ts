/** Changes against the analytic gradient: the same directions, the outputs' whole Jacobian by backward passes. */
import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.js';
import { backward } from '../../../src/bptt/backward.js';
import { forward } from '../../../src/bptt/forward.js';
import type { Tap } from '../../../src/bptt/tap.js';
import { Unrolled } from '../../../src/bptt/unrolled.js';
import { openReference } from '../../../src/kernels/reference.js';
import { openWasm } from '../../../src/kernels/wasm.js';
import { Parameters } from '../../../src/model/parameters.js';
import { Changing } from '../../../src/study/lesson/changes.js';
import type { Moves } from '../../../src/words/lesson/changes.js';
import {
  hardlyFrom,
  relativeMoves,
  type Ends,
  type Sensitivity,
  type SensitivityFigures,
} from '../../../src/words/lesson/sensitivity.js';
import {
  lagsFor,
  sensitivityOf,
  sensitivityVerdict,
  shares,
} from '../../../src/study/lesson/sections/sensitivity.js';
import { loadModel, type ModelContents } from '../../../src/study/model/model.js';
import { fillStreams, type WindowSize } from '../../../src/text/windows.js';
import { TEXT, tinyContents } from './tiny.js';

const SIZE: WindowSize = { rows: 2, timesteps: 6 };
const SEED = 11;
const DIRECTIONS = 3;

const norm = (values: readonly number[]): number => Math.hypot(...values);

function changing(contents: ModelContents, kernels = openReference()): Changing {
  const { network, alphabet } = loadModel(kernels, contents);
  return new Changing(network, alphabet.encode(TEXT, ''), SIZE, SEED);
}

/** Each logit's gradient by the weights of a layer, and by the top layer's h at each timestep: one backward pass a logit. */
function jacobian(contents: ModelContents) {
  const kernels = openReference();
  const { network, alphabet } = loadModel(kernels, contents);
  const unrolled = new Unrolled(network, { ...SIZE, gradients: true, dropout: 0 });
  const { timesteps: T } = SIZE;
  fillStreams(alphabet.encode(TEXT, ''), T, 0, SIZE, unrolled.inputs, unrolled.targets);
  forward(unrolled, T);
  const logits = Array.from(unrolled.logits.data);
  const into = new Parameters(kernels, network.shape);
  const top = network.shape.layers - 1;
  const weightsOf = (of: Parameters): number[][] =>
    of.layers.map(({ weightIh, weightHh }) => [...weightIh.data, ...weightHh.data]);
  const rows = logits.map((_, j) => {
    unrolled.logits.data.fill(0);
    unrolled.logits.data[j] = 1;
    const byTimestep: number[][] = [];
    const tap: Tap = {
      view: ({ layer, timestep, gradients }) => {
        if (layer === top) byTimestep[timestep] = Array.from(gradients.dh.data);
      },
    };
    backward(unrolled, { from: 'window', into, rescale: false, tap });
    return { weights: weightsOf(into), byTimestep };
  });
  const states = Array.from({ length: T }, (_, t) => Array.from(unrolled.layers[top].steps[t].h.data));
  return { rows, logits, states, weights: weightsOf(network.parameters), symbols: network.shape.symbols };
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, j) => sum + x * b[j], 0);

/** ½ Σ|dp| of softmax, mean over the rows of logits. */
function variation(logits: readonly number[], dz: readonly number[], symbols: number): number {
  let sum = 0;
  for (let from = 0; from < logits.length; from += symbols) {
    const e = logits.slice(from, from + symbols).map(Math.exp);
    const all = e.reduce((a, b) => a + b);
    const p = e.map((x) => x / all);
    const d = dz.slice(from, from + symbols);
    const mean = dot(p, d);
    sum += p.reduce((a, x, j) => a + Math.abs(x * (d[j] - mean)), 0) / 2;
  }
  return (sum * symbols) / logits.length;
}

describe.each([
  { cell: 'tanh', layers: 2 },
  { cell: 'sigmoid', layers: 3 },
  { cell: 'gru', layers: 1 },
  { cell: 'lstm', layers: 2 },
] as const)('$cell, $layers layers (seed 11)', ({ cell, layers }) => {
  const contents = tinyContents(cell, { layers });
  const { rows, logits, states, weights, symbols } = jacobian(contents);
  const rng = Rng.fromSeed(SEED);
  /** The movement along the next directions that the changing draws. */
  const expected = (
    of: readonly number[],
    at: readonly number[],
    gradients: readonly (readonly number[])[],
  ) => {
    const moves = Array.from({ length: DIRECTIONS }, () => {
      const direction = Array.from(of, () => rng.normal());
      const step = (1e-3 * norm(of)) / norm(direction);
      return variation(
        at,
        gradients.map((row) => step * dot(row, direction)),
        symbols,
      );
    });
    return moves.reduce((a, b) => a + b) / DIRECTIONS;
  };
  const close = (a: number | null, b: number, what: string): void => {
    expect(Math.abs((a ?? NaN) - b), `${what}: ${a} for ${b}`).toBeLessThan(2e-3 * b);
  };

  test('small changes of every layer and at every lag move the predictions as the gradients say', () => {
    const found = changing(contents);
    weights.forEach((of, l) => {
      const jacobianOf = rows.map((row) => row.weights[l]);
      close(found.weights(l, ['small']).small, expected(of, logits, jacobianOf), `layer ${l}`);
    });
    const last = SIZE.rows * symbols;
    const [at, lastRows] = [logits.slice(-last), rows.slice(-last)];
    for (const lag of lagsFor(SIZE.timesteps)) {
      const t = SIZE.timesteps - 1 - lag;
      const jacobianOf = lastRows.map(({ byTimestep }) => byTimestep[t]);
      close(found.state(lag, ['small']).small, expected(states[t], at, jacobianOf), `lag ${lag}`);
    }
  });

  test('the same in compiled float64', async () => {
    const compiled = changing(contents, (await openWasm()).float64);
    const plain = changing(contents);
    for (const [a, b] of [
      [compiled.weights(0, ['tenth', 'redrawn']), plain.weights(0, ['tenth', 'redrawn'])],
      [compiled.state(3, ['whole', 'redrawn']), plain.state(3, ['whole', 'redrawn'])],
    ])
      for (const [name, moved] of Object.entries(b)) close((a as Moves)[name as 'whole'], moved ?? NaN, name);
  });

  test('everything is put back: the same change moves the same', () => {
    const found = changing(contents);
    const before = found.state(0, ['whole']).whole;
    found.weights(0, ['whole', 'redrawn']);
    found.state(SIZE.timesteps - 1, ['redrawn']);
    const other = changing(contents);
    other.state(0, ['whole']);
    expect(before).toBe(changing(contents).state(0, ['whole']).whole);
    const weights = (of: Changing) => of.weights(layers - 1, ['small']).small ?? NaN;
    // Other directions are drawn by now: near, and not the same.
    expect(weights(found) / weights(other)).toBeGreaterThan(0.1);
    expect(weights(found) / weights(other)).toBeLessThan(10);
  });
});

test('larger changes move more, never beyond all of the probability', () => {
  const { small, tenth, whole, redrawn } = changing(tinyContents('tanh', { layers: 2 })).weights(0, [
    'small',
    'tenth',
    'whole',
    'redrawn',
  ]);
  const sizes = [small, tenth, whole].map(Number);
  expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
  expect(sizes[1] / sizes[0]).toBeGreaterThan(30);
  expect(sizes[1] / sizes[0]).toBeLessThan(300);
  for (const moved of [whole, redrawn]) {
    expect(moved).toBeGreaterThan(0.001);
    expect(moved).toBeLessThan(1);
  }
});

test('a change that the output does not feel is null: weights of 0 above', () => {
  const contents = tinyContents('tanh', { layers: 2 });
  const cut = new Map([...contents.parameters].map(([name, values]) => [name, Float32Array.from(values)]));
  cut.get('rnn.weight_ih_l1')?.fill(0);
  const found = changing({ ...contents, parameters: cut });
  expect(found.weights(0, ['small', 'redrawn'])).toEqual({ small: null, redrawn: null });
  expect(found.weights(1, ['small']).small).toBeGreaterThan(0);
  expect(found.state(0, ['small']).small).toBeGreaterThan(0);
});

test('every layer and lag, told up to the end', () => {
  const running = sensitivityOf(changing(tinyContents('tanh', { layers: 2 })), 2, SIZE);
  const told: number[] = [];
  let step = running.next();
  for (; step.done !== true; step = running.next()) told.push(step.value.done / step.value.of);
  expect(told).toEqual([...told].sort((a, b) => a - b));
  expect(told.at(-1)).toBe(1);
  expect(step.value.byLayer).toHaveLength(2);
  expect(step.value.byLag.map(({ lag }) => lag)).toEqual(lagsFor(SIZE.timesteps));
});

test('the lags: dense at first, ending with the window', () => {
  expect(lagsFor(64)).toEqual([0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 63]);
  expect(lagsFor(2)).toEqual([0, 1]);
  expect(lagsFor(3)).toEqual([0, 1, 2]);
  expect(lagsFor(5)).toEqual([0, 1, 2, 3, 4]);
});

const moves = (moved: number | null): Moves => ({ small: moved, tenth: moved, whole: moved, redrawn: moved });
const of = (byLayer: (number | null)[], byLag: (number | null)[]): Sensitivity => ({
  byLayer: byLayer.map(moves),
  byLag: byLag.map((moved, lag) => ({ lag, moved: moves(moved) })),
});

test('shares, and the lag from which on a change hardly counts', () => {
  expect(shares(of([0.125, 0.5], [0.5, 0.0625]), 'small')).toEqual({ layer: 0.25, lag: 0.125 });
  expect(shares(of([null, 0.2], [0.5, null]), 'redrawn')).toEqual({ layer: 0, lag: 0 });
  expect(shares(of([0.1, null], [null, 0.1]), 'small')).toEqual({ layer: null, lag: null });
  expect(hardlyFrom(of([1, 1], [1, 0.5, 0.009, null]), 'small')).toBe(2);
  expect(hardlyFrom(of([1, 1], [1, 0.001, 0.5, 0.001]), 'small')).toBe(3);
  expect(hardlyFrom(of([1, 1], [1, 0.5, 0.02]), 'small')).toBe(null);
  expect(relativeMoves(of([1], [null, 0.5]), 'small').map(({ moved }) => moved)).toEqual([null, null]);
});

describe('the verdict', () => {
  const weak = of([0.001, 0.5], [1, 0.001]);
  const strong = of([0.4, 0.5], [1, 0.5]);
  const drawn = ({ byLayer, byLag }: Sensitivity): Ends => ({
    ...{ init: 'uniform', seed: 1 },
    layer: { first: byLayer[0], last: byLayer[1] },
    lag: { far: byLag[1].moved, near: byLag[0].moved },
  });
  const nets = (fresh: Sensitivity, end: Sensitivity | null, hasLearnt = true): SensitivityFigures['nets'] =>
    (['sigmoid', 'tanh', 'relu'] as const).map((cell) => {
      // ReLU is shown beside them, and is not what the claim is about.
      const [one, other] = cell === 'relu' ? [strong, weak] : [fresh, end];
      return { cell, drawn: [drawn(one)], start: one, end: other, validationLossNats: 1, hasLearnt };
    });
  test.each([
    ['holds', nets(weak, weak)],
    ['holds', nets(weak, strong, false)],
    ['partly', nets(weak, strong)],
    ['partly', nets(of([0.001, 0.5], [1, 0.5]), null)],
    ['fails', nets(strong, strong)],
    ['open', nets(of([null, null], [null, null]), null)],
  ] as const)('%s', (outcome, found) => {
    expect(sensitivityVerdict(found).outcome).toBe(outcome);
  });
});
