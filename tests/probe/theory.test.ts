/** theory: exponents that are known, exponents from explicit Jacobians, and a bound that no measurement may break. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalVector, orthonormalise } from '../../src/base/orthonormal.js';
import { Rng } from '../../src/base/rng.js';
import { forward } from '../../src/bptt/forward.js';
import { backwardWithProbes } from '../../src/bptt/probing.js';
import type { Theory } from '../../src/probe/theory.js';
import { Unrolled } from '../../src/bptt/unrolled.js';
import type { Kernels } from '../../src/kernels/kernels.js';
import { openReference } from '../../src/kernels/reference.js';
import { initialise, INITS } from '../../src/model/init.js';
import type { Parameters } from '../../src/model/parameters.js';
import { recurrentSymbol, type Cell } from '../../src/model/cells/cell.js';
import { addCell, cellOf } from '../../src/model/cells/index.js';
import { Network } from '../../src/model/network.js';
import { CELLS, type CellName } from '../../src/model/shape.js';
import { lag } from '../../src/probe/lag.js';
import { inFloat64 } from '../../src/model/float64.js';
import { lyapunovOf } from '../../src/probe/lyapunov.js';
import { theory } from '../../src/probe/theory.js';
import { engines } from '../engines.js';
import { longWindow, type WindowCase } from './windows.js';

const theoryOf = (unrolled: Unrolled): Theory[] =>
  (backwardWithProbes(unrolled, null, [theory]) ?? []).map(({ theory: found }) => found as Theory);

const draw =
  (init: (typeof INITS)[number], seed: number, scale = 1) =>
  (parameters: Parameters): void => {
    initialise(parameters, { init, forgetBias: 1 }, Rng.fromSeed(seed));
    for (const { weightHh } of parameters.layers) weightHh.data.forEach((w, j, all) => (all[j] = scale * w));
  };

/** ReLU with all units open, a linear recurrence: the state stays near 1e6 everywhere, where the carry has it. */
function linear(
  kernels: Kernels,
  size: WindowCase,
  setRecurrent: (parameters: Parameters) => void,
): Unrolled {
  const level = 1e6;
  const unrolled = longWindow(kernels, size, (parameters) => {
    setRecurrent(parameters);
    const { weightHh, biasIh } = parameters.layers[0];
    biasIh.data.forEach((_, j, bias) => {
      bias[j] = level - level * Array.from(weightHh.rowRange(j, 1).data).reduce((sum, w) => sum + w, 0);
    });
  });
  for (const [h] of unrolled.carries()) h.data.fill(level);
  longWindow.pass(unrolled);
  expect(Math.min(...unrolled.layers[0].h.data)).toBeGreaterThan(0);
  return unrolled;
}

/** A cell's with W_hh. */
const blocksOf = ({ blocks }: Theory) => blocks ?? [];

describe('a linear recurrence W = a·Q', () => {
  const shape = { cell: 'relu', layers: 1, hidden: 12, timesteps: 60, seed: 1 } as const;
  test.each([0.5, 1, 1.1])('a = %d: every exponent is ln a, as is the bound', (a) => {
    const [found] = theoryOf(linear(openReference(), shape, draw('orthogonal', 3, a)));
    expect(found.lyapunov).toHaveLength(8);
    // The weights are float32: orthogonal to 1e-7.
    for (const exponent of found.lyapunov) expect(exponent).toBeCloseTo(Math.log(a), 6);
    expect(found.boundLog10).toBeCloseTo(Math.log10(a), 6);
    expect(blocksOf(found)).toHaveLength(1);
    expect(blocksOf(found)[0].name).toBe('relu');
    expect(blocksOf(found)[0].spectralRadius).toBeCloseTo(a, 6);
    expect(found.isTheorem).toBe(true);
  });

  test('the identity: 0 exactly', () => {
    const [found] = theoryOf(linear(openReference(), shape, draw('identity', 3)));
    for (const exponent of found.lyapunov) expect(Math.abs(exponent)).toBeLessThan(1e-15);
    expect(blocksOf(found)[0].name).toBe('relu');
    expect(blocksOf(found)[0].sigma1).toBeCloseTo(1, 14);
    expect(blocksOf(found)[0].spectralRadius).toBeCloseTo(1, 14);
    expect(found.boundLog10).toBeCloseTo(0, 14);
  });

  test.each(engines)('$name: different growth in different directions', async ({ open }) => {
    const growth = [1.05, 0.9, 0.6, 0.3];
    const small = { ...shape, hidden: 4, timesteps: 200 };
    const unrolled = linear(await open(), small, (parameters) => {
      draw('identity', 3)(parameters);
      growth.forEach((a, j) => (parameters.layers[0].weightHh.data[5 * j] = a));
    });
    const [{ exponents }] = lyapunovOf(inFloat64(unrolled.network), unrolled);
    expect(exponents).toHaveLength(4);
    exponents.forEach((exponent, i) => {
      expect(exponent).toBeCloseTo(Math.log(growth[i]), 3);
    });
  });

  test.each(engines)('$name: units that are closed have no exponent', async ({ open }) => {
    const unrolled = longWindow(await open(), shape, (parameters) => {
      draw('orthogonal', 3)(parameters);
      parameters.layers[0].biasIh.data.fill(100, 0, 3).fill(-1e6, 3);
    });
    const [{ exponents }] = lyapunovOf(inFloat64(unrolled.network), unrolled);
    expect(exponents.length).toBeLessThanOrEqual(3);
    expect(exponents.every(Number.isFinite)).toBe(true);
    const allClosed = longWindow(await open(), shape, (parameters) => {
      parameters.layers[0].biasIh.data.fill(-1);
    });
    const [none] = theoryOf(allClosed);
    expect(none).toEqual({
      blocks: [{ name: 'relu', sigma1: 0, spectralRadius: 0 }],
      boundLog10: null,
      isTheorem: false,
      lyapunov: [],
      lyapunovDrift: null,
    });
  });
});

describe('rows that begin anew', () => {
  const [rows, timesteps, level] = [2, 40, 0.9];
  const of = (
    begins: [timestep: number, rows: number[]][],
    { row = null, from = 0 }: { row?: number | null; from?: number } = {},
  ) => {
    const { network } = longWindow(
      openReference(),
      { cell: 'lstm', layers: 2, hidden: 4, timesteps, seed: 3 },
      draw('normal', 3),
    );
    const whole = row === null;
    const window = new Unrolled(network, {
      ...{ rows: whole ? rows : 1, timesteps: timesteps - from, gradients: true, dropout: 0, starts: 2 },
    });
    const ids = Rng.fromSeed(4);
    const text = Array.from({ length: timesteps * rows }, () => ids.uint32() % network.shape.symbols);
    window.inputs.data.forEach((_, j, all) => {
      all[j] = whole ? text[j] : text[(from + j) * rows + row];
    });
    for (const state of window.carries().flat()) state.data.fill(whole ? level : 0);
    window.starts = new Map(begins);
    forward(window, timesteps - from);
    return lyapunovOf(network, window);
  };

  test('have no carry', () => {
    expect(of([[0, [0]]])).toEqual(of([], { row: 0 }));
    expect(of([])).not.toEqual(of([[0, [0]]]));
  });

  test('the one that has read on for longest is gone along, from where it began', () => {
    expect(
      of([
        [0, [1]],
        [7, [0]],
      ]),
    ).toEqual(of([], { row: 1 }));
    expect(
      of([
        [7, [0]],
        [9, [1]],
      ]),
    ).toEqual(of([], { row: 0, from: 7 }));
  });
});

describe.each(CELLS)('%s: against explicit Jacobians', (cell) => {
  test('forward along the text, QR of the product of ∂(h, c)/∂(h⁻, c⁻) by differences (seed 2)', () => {
    const [hidden, timesteps] = [4, 1500];
    const unrolled = longWindow(
      openReference(),
      { cell, layers: 2, hidden, timesteps, seed: 2 },
      (parameters) => {
        draw('normal', 2)(parameters);
        // A unit of IndRNN hears itself alone: one that is closed once has no exponent left. Here all stay open.
        if (cell === 'indrnn')
          for (const { weightIh, biasIh } of parameters.layers) {
            weightIh.data.forEach((w, j, all) => (all[j] = Math.abs(w)));
            biasIh.data.fill(1);
          }
      },
    );
    const found = lyapunovOf(unrolled.network, unrolled).map(({ exponents }) => exponents);
    expect(found).toHaveLength(2);
    for (const l of [0, 1]) {
      const jacobians = jacobiansOf(unrolled, l);
      const twin = exponentsForward(jacobians);
      expect(found[l].length).toBeGreaterThanOrEqual(cell === 'relu' ? 0 : hidden);
      found[l].forEach((exponent, i) => {
        // Two finite products from two ends: the limit is the same, the ends differ.
        if (exponent > -4)
          expect(Math.abs(exponent - twin[i]), `layer ${l}, exponent ${i}`).toBeLessThan(0.05);
      });
    }
  });

  test('the lag curve falls with the largest exponent (seed 4)', () => {
    const timesteps = 500;
    const size = { cell, layers: 1, hidden: 24, timesteps, seed: 4, rows: 1 };
    const unrolled = longWindow(openReference(), size, draw('orthogonal', 4, cell === 'relu' ? 1.2 : 0.9));
    const [{ theory: found, memory }] = backwardWithProbes(unrolled, null, [lag, theory]) ?? [];
    const largest = found?.lyapunov[0] ?? NaN;
    const slope = (memory?.tail?.decadesPerStep ?? NaN) * Math.LN10;
    expect(Math.abs(slope - largest)).toBeLessThan(0.02 + 0.03 * Math.abs(largest));
  });
});

/** J_t of layer l at row 0, by central differences of the cell's own forward: rows of the new state by columns of the old. */
function jacobiansOf(unrolled: Unrolled, l: number): number[][][] {
  const { network, layers, timesteps } = unrolled;
  const { kernels, cell } = network;
  const H = network.shape.hidden;
  const { biasHh } = network.parameters.layers[l];
  const make = (cols: number) => kernels.matrix(1, cols);
  const width = network.gates * H;
  const shared = make(width);
  const step = {
    hPrev: make(H),
    h: make(H),
    cPrev: make(cell.states.includes('c') ? H : 0),
    c: make(cell.states.includes('c') ? H : 0),
    gates: shared,
    cache: make(H),
    slopes: make(cell.slopes * H),
    scratch: make(width),
  };
  if (network.gates === 1) step.h = shared;
  return Array.from({ length: timesteps }, (_, t) => {
    const from = layers[l].steps[t];
    const x = inputShare(unrolled, l, t);
    const next = (h: readonly number[], c: readonly number[]): number[] => {
      step.hPrev.data.set(h);
      step.cPrev.data.set(c);
      step.gates.data.set(x);
      cell.forward(kernels, step, { ...network.layers[l].recurrent, bias: biasHh });
      return [...step.h.data, ...step.c.data];
    };
    const [h, c] = [from.hPrev, from.cPrev].map(({ data }) => Array.from(data.subarray(0, H)));
    const states = [...h, ...c];
    const columns = states.map((_value, j) => {
      const s = 1e-6;
      const at = (by: number): number[] => {
        const moved = states.map((value, i) => value + (i === j ? by : 0));
        return next(moved.slice(0, H), moved.slice(H));
      };
      const [up, down] = [at(s), at(-s)];
      return up.map((value, i) => (value - down[i]) / (2 * s));
    });
    return states.map((_value, i) => columns.map((column) => column[i]));
  });
}

/** x·W_ihᵀ with the biases of layer l at timestep t, row 0, as the forward pass makes it. */
function inputShare(unrolled: Unrolled, l: number, t: number): number[] {
  const { network, layers, inputs, options } = unrolled;
  const { symbols, hidden: H } = network.shape;
  const { weightIh, biasIh, biasHh } = network.parameters.layers[l];
  const x =
    l === 0
      ? Array.from({ length: symbols }, (_, v) => (v === inputs.data[t * options.rows] ? 1 : 0))
      : Array.from(layers[l - 1].steps[t].h.data.subarray(0, H));
  return Array.from({ length: network.gates * H }, (_, r) => {
    const bias = biasIh.data[r] + (network.cell.joinsBiases && biasHh.data.length > 0 ? biasHh.data[r] : 0);
    return x.reduce((sum, value, k) => sum + value * weightIh.data[r * x.length + k], bias);
  });
}

/** The classic way round: vectors carried forward, QR after each timestep, over the timesteps that the other counts. */
function exponentsForward(jacobians: readonly number[][][]): number[] {
  const size = jacobians[0].length;
  const rng = Rng.fromSeed(8);
  let vectors: Float64Array[] = [];
  const settle = (candidates: Float64Array[]): number[] => {
    vectors = [];
    return candidates.map((v) => {
      const { left } = orthonormalise(v, vectors);
      vectors.push(v);
      return left;
    });
  };
  settle(Array.from({ length: size }, () => normalVector(size, rng)));
  const sums = new Array<number>(size).fill(0);
  const settling = Math.floor(jacobians.length / 4);
  jacobians.forEach((jacobian, t) => {
    const moved = vectors.map((v) =>
      Float64Array.from(jacobian, (row) => row.reduce((sum, entry, k) => sum + entry * v[k], 0)),
    );
    settle(moved).forEach((left, i) => {
      if (t < jacobians.length - settling) sums[i] += Math.log(left);
    });
  });
  return sums.map((sum) => sum / (jacobians.length - settling));
}

describe('the bound (σ₁γ)^k', () => {
  const models = fc.record({
    cell: fc.constantFrom<CellName>('tanh', 'relu', 'sigmoid'),
    layers: fc.integer({ min: 1, max: 3 }),
    hidden: fc.integer({ min: 1, max: 12 }),
    init: fc.constantFrom(...INITS),
    // As trained ones are: grown, and one direction far stronger than the rest.
    scale: fc.double({ min: 0.05, max: 4, noNaN: true }),
    spike: fc.double({ min: 0, max: 3, noNaN: true }),
    seed: fc.integer({ min: 1, max: 1e6 }),
  });
  test('holds for the top layer of every vanilla net at every lag', () => {
    fc.assert(
      fc.property(models, ({ cell, layers, hidden, init, scale, spike, seed }) => {
        const size = { cell, layers, hidden, timesteps: 25, seed };
        const unrolled = longWindow(openReference(), size, (parameters) => {
          draw(init, seed, scale)(parameters);
          const rng = Rng.fromSeed(seed + 1);
          for (const { weightHh } of parameters.layers) {
            const [u, v] = [normalVector(hidden, rng), normalVector(hidden, rng)];
            weightHh.data.forEach(
              (w, j, all) => (all[j] = w + (spike / hidden) * u[Math.floor(j / hidden)] * v[j % hidden]),
            );
          }
        });
        const report = backwardWithProbes(unrolled, null, [lag, theory]) ?? [];
        expect(report.map((layer) => layer.theory?.isTheorem)).toEqual(
          report.map((_, l) => l === layers - 1 && report[l].theory?.boundLog10 !== null),
        );
        const { theory: found, lagLog10 } = report[layers - 1];
        const bound = found?.boundLog10 ?? -Infinity;
        const start = lagLog10?.h[0] ?? null;
        lagLog10?.h.forEach((value, k) => {
          if (value === null || start === null) return;
          expect(value - start).toBeLessThanOrEqual(k * bound + 1e-9);
        });
        // Neither can the growth of any direction.
        for (const exponent of found?.lyapunov ?? [])
          expect(exponent).toBeLessThanOrEqual(bound * Math.LN10 + 1e-9);
      }),
      { numRuns: 150, seed: 20 },
    );
  });

  test('for IndRNN is max|u|·γ, and no direction grows faster; minGRU has no blocks and no bound', () => {
    const at = (cell: CellName): Theory[] =>
      theoryOf(
        longWindow(openReference(), { cell, layers: 2, hidden: 5, timesteps: 40, seed: 1 }, (parameters) => {
          draw('uniform', 1)(parameters);
          for (const { weightHh, biasIh } of parameters.layers) {
            weightHh.data.forEach((_, j, u) => (u[j] = [0.5, -1.25, 0.75, 0.25, 1][j]));
            biasIh.data.fill(1);
          }
        }),
      );
    const own = at('indrnn');
    expect(own.map(({ isTheorem }) => isTheorem)).toEqual([false, true]);
    for (const { blocks, boundLog10, lyapunov } of own) {
      expect(blocks).toEqual([{ name: 'relu', sigma1: 1.25, spectralRadius: 1.25 }]);
      expect(boundLog10).toBeCloseTo(Math.log10(1.25), 14);
      for (const exponent of lyapunov) expect(exponent).toBeLessThanOrEqual(Math.log(1.25) + 1e-12);
    }
    expect(own.some(({ lyapunov }) => lyapunov.length > 0)).toBe(true);
    for (const { blocks, boundLog10, isTheorem, lyapunov } of at('mingru')) {
      expect({ blocks, boundLog10, isTheorem }).toEqual({ blocks: null, boundLog10: null, isTheorem: false });
      // h⁻ passes through 1 − z alone: never longer.
      expect(lyapunov).toHaveLength(5);
      for (const exponent of lyapunov) expect(exponent).toBeLessThan(0);
    }
  });

  test('is none for gated cells', () => {
    for (const cell of ['lstm', 'gru'] as const) {
      const found = theoryOf(
        longWindow(
          openReference(),
          { cell, layers: 2, hidden: 5, timesteps: 8, seed: 1 },
          draw('uniform', 1),
        ),
      );
      expect(found.map(({ boundLog10, isTheorem }) => ({ boundLog10, isTheorem }))).toEqual([
        { boundLog10: null, isTheorem: false },
        { boundLog10: null, isTheorem: false },
      ]);
      expect(blocksOf(found[0]).map(({ name }) => name)).toEqual(
        cell === 'lstm' ? ['i', 'f', 'g', 'o'] : ['r', 'z', 'n'],
      );
    }
  });
});

describe('what a cell declares', () => {
  const withActivations = (
    name: string,
    activations: Cell['activations'],
    from: CellName = 'tanh',
  ): Theory[] => {
    addCell(name, { ...cellOf(from), activations });
    const network = new Network(openReference(), {
      cell: name,
      layers: 2,
      hidden: 5,
      symbols: 4,
    });
    initialise(network.parameters, { init: 'orthogonal', forgetBias: 1 }, Rng.fromSeed(3));
    network.refresh();
    const unrolled = new Unrolled(network, { rows: 2, timesteps: 6, gradients: true, dropout: 0 });
    longWindow.pass(unrolled);
    return theoryOf(unrolled);
  };

  test('without activations W_hh has its figures, and bounds nothing', () => {
    for (const found of withActivations('silent', [])) {
      const [{ name, sigma1, spectralRadius }, ...others] = blocksOf(found);
      expect([name, others]).toEqual(['0', []]);
      expect(sigma1).toBeCloseTo(1, 6);
      expect(spectralRadius).toBeCloseTo(1, 6);
      expect([found.boundLog10, found.isTheorem]).toEqual([null, false]);
    }
    const [gates] = withActivations('silent-gates', [{ name: 'f', kind: 'sigmoid', place: 1 }], 'lstm');
    expect(blocksOf(gates).map(({ name }) => name)).toEqual(['0', 'f', '2', '3']);
  });

  test('one whose activation stands in the cache is bound by no γ', () => {
    const [found] = withActivations('cached', [{ name: 'other', kind: 'tanh', place: 'cache' }]);
    expect(found.boundLog10).toBeNull();
  });

  test('W_hh is called what the cell calls it', () => {
    expect(CELLS.map((cell) => recurrentSymbol(cellOf(cell)))).toEqual(
      CELLS.map((cell) => (cell === 'mingru' ? null : cell === 'indrnn' ? 'u' : 'W_hh')),
    );
  });
});
