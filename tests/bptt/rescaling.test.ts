/**
 * Gradients far below what a float32 holds (1e-45), and even a float64 (1e-308), and far above: lag on every engine
 * against the float64 reference, which in its turn is held to a pass without rescaling as far as float64 reaches.
 */
import { describe, expect, test } from 'vitest';
import { Rng } from '../../src/base/rng.js';
import { backward } from '../../src/bptt/backward.js';
import { forward } from '../../src/bptt/forward.js';
import { loss } from '../../src/bptt/loss.js';
import { backwardWithProbes } from '../../src/bptt/probing.js';
import type { LayerReport } from '../../src/bptt/report.js';
import { Unrolled } from '../../src/bptt/unrolled.js';
import type { Floats } from '../../src/base/matrix.js';
import type { Kernels } from '../../src/kernels/kernels.js';
import { openReference } from '../../src/kernels/reference.js';
import { initialise } from '../../src/model/init.js';
import { Network } from '../../src/model/network.js';
import { Parameters } from '../../src/model/parameters.js';
import type { CellName } from '../../src/model/shape.js';
import { lag } from '../../src/probe/lag.js';
import { engines } from '../engines.js';

const [N, H, SYMBOLS] = [2, 6, 5];

interface Scenario {
  readonly name: string;
  readonly cell: CellName;
  readonly layers: number;
  readonly timesteps: number;
  /** By layer, where log10 of its last lag must be, so that the case is one. */
  readonly reaches: Readonly<Record<number, 'below -300' | 'above 100' | 'near 0' | 'zero'>>;
  /** Changes weights that were drawn orthogonal (W_hh) and glorot (the others). */
  readonly prepare: (parameters: Parameters, rng: Rng) => void;
  readonly carry?: number;
  readonly inputs?: (t: number) => number;
}

const scale = (numbers: Floats, factor: number): void => {
  numbers.forEach((x, j) => (numbers[j] = x * factor));
};
const scaleRecurrent = (parameters: Parameters, ...factors: readonly number[]): void => {
  parameters.layers.forEach(({ weightHh }, l) => {
    scale(weightHh.data, factors[l] ?? factors[0]);
  });
};

/** Units that stay at exactly 1 while their gradient grows by 1.5 a step: h = ReLU(A·h + …), rows of A sum to 1.5. */
function unstable({ layers }: Parameters, rng: Rng): void {
  layers.forEach(({ weightIh, weightHh, biasIh, biasHh }, l) => {
    // Multiples of 1/64: every sum is exact in float32, so that no rounding is there to grow.
    for (let j = 0; j < H; j++) {
      const row = weightHh.rowRange(j, 1).data;
      const cuts = Array.from({ length: H - 1 }, () => rng.uint32() % 97).sort((a, b) => a - b);
      row.forEach((_, k) => (row[k] = ((cuts[k] ?? 96) - (cuts[k - 1] ?? 0)) / 64));
    }
    weightIh.data.forEach((_, j, w) => (w[j] = l === 0 ? 0 : (rng.uint32() % 33) / 64));
    for (let j = 0; j < H; j++) {
      const fromBelow = Array.from(weightIh.rowRange(j, 1).data).reduce((sum, w) => sum + w, 0);
      biasIh.data[j] = 1 - 1.5 - fromBelow;
      biasHh.data[j] = 0;
    }
  });
}

const shutGate = (parameters: Parameters, block: number, bias: number): void => {
  for (const { biasIh } of parameters.layers) biasIh.data.fill(bias, block * H, (block + 1) * H);
};

const SCENARIOS: readonly Scenario[] = [
  ...[1, 2, 3].map((layers): Scenario => ({
    name: `sigmoid with small W_hh, ${layers} layers`,
    cell: 'sigmoid',
    layers,
    timesteps: 380,
    reaches: Object.fromEntries(Array.from({ length: layers }, (_, l) => [l, 'below -300'])),
    prepare: (parameters) => {
      scaleRecurrent(parameters, 0.5);
    },
  })),
  {
    name: 'sigmoid, two layers that die at different rates',
    cell: 'sigmoid',
    layers: 2,
    timesteps: 400,
    reaches: { 0: 'below -300', 1: 'below -300' },
    prepare: (parameters) => {
      scaleRecurrent(parameters, 0.6, 0.02);
    },
  },
  {
    name: 'relu, the top layer dies and the one below keeps everything',
    cell: 'relu',
    layers: 2,
    timesteps: 400,
    reaches: { 0: 'near 0', 1: 'below -300' },
    prepare: (parameters) => {
      const [bottom, top] = parameters.layers;
      // Identity and inputs of 0: units of layer 0 stay as the carry has them, above 0.
      bottom.weightHh.data.forEach((_, j, w) => (w[j] = j % (H + 1) === 0 ? 1 : 0));
      bottom.weightIh.data.fill(0);
      top.biasIh.data.fill(1);
      scale(top.weightIh.data, 0.25);
      scale(top.weightHh.data, 0.125);
    },
    carry: 0.75,
  },
  {
    name: 'tanh, the layer below dies alone and lives on what arrives',
    cell: 'tanh',
    layers: 2,
    timesteps: 300,
    reaches: { 0: 'below -300', 1: 'below -300' },
    prepare: (parameters) => {
      scaleRecurrent(parameters, 0.001, 0.09);
    },
  },
  {
    name: 'lstm, forget gate shut',
    cell: 'lstm',
    layers: 2,
    timesteps: 420,
    reaches: { 0: 'below -300', 1: 'below -300' },
    prepare: (parameters) => {
      scaleRecurrent(parameters, 0.1);
      shutGate(parameters, 1, -2);
    },
  },
  {
    name: 'lstm, forget gate open above, shut below',
    cell: 'lstm',
    layers: 2,
    timesteps: 200,
    reaches: {},
    prepare: (parameters) => {
      shutGate(parameters, 1, 4);
      parameters.layers[0].biasIh.data.fill(-4, H, 2 * H);
      scaleRecurrent(parameters, 0.1);
    },
  },
  {
    name: 'gru, update gate shut',
    cell: 'gru',
    layers: 2,
    timesteps: 420,
    reaches: { 0: 'below -300', 1: 'below -300' },
    prepare: (parameters) => {
      scaleRecurrent(parameters, 0.05);
      shutGate(parameters, 1, -2.2);
    },
  },
  ...[1, 2].map((layers): Scenario => ({
    name: `mingru, update gate open, ${layers} layers`,
    cell: 'mingru',
    layers,
    timesteps: 420,
    reaches: Object.fromEntries(Array.from({ length: layers }, (_, l) => [l, 'below -300'])),
    prepare: (parameters) => {
      // 1 − z ≈ 0.1: nothing else takes the state on.
      shutGate(parameters, 0, 2.2);
      for (const { weightIh } of parameters.layers) scale(weightIh.data, 0.1);
    },
  })),
  {
    name: 'mingru, update gate shut below, open above',
    cell: 'mingru',
    layers: 2,
    timesteps: 420,
    reaches: { 1: 'below -300' },
    prepare: (parameters) => {
      shutGate(parameters, 0, 2.2);
      parameters.layers[0].biasIh.data.fill(-6, 0, H);
      for (const { weightIh } of parameters.layers) scale(weightIh.data, 0.1);
    },
  },
  ...(
    [
      ['small u', 0.1, 'below -300'],
      ['u of 1.5', 1.5, 'above 100'],
    ] as const
  ).flatMap(([name, u, reach]) =>
    [1, 2].map((layers): Scenario => ({
      name: `indrnn, ${name}, ${layers} layers`,
      cell: 'indrnn',
      layers,
      timesteps: reach === 'above 100' ? 600 : 420,
      reaches: Object.fromEntries(Array.from({ length: layers }, (_, l) => [l, reach])),
      // Units that stay at exactly 1: h = ReLU(u·h + 1 − u + …) with nothing from below but what the bias takes off again.
      prepare: (parameters) => {
        parameters.layers.forEach(({ weightIh, weightHh, biasIh }, l) => {
          weightHh.data.fill(u);
          const w = l === 0 ? 0 : 0.25;
          weightIh.data.fill(w);
          if (l > 0) weightIh.data.forEach((_, j, all) => (all[j] = w * (1 + (j % 3))));
          for (let j = 0; j < H; j++) {
            const fromBelow = Array.from(weightIh.rowRange(j, 1).data).reduce((sum, x) => sum + x, 0);
            biasIh.data[j] = 1 - u - fromBelow;
          }
        });
      },
      carry: 1,
    })),
  ),
  ...[1, 2].map((layers): Scenario => ({
    name: `relu, spectral radius 1.5, ${layers} layers`,
    cell: 'relu',
    layers,
    timesteps: 600,
    reaches: Object.fromEntries(Array.from({ length: layers }, (_, l) => [l, 'above 100'])),
    prepare: unstable,
    carry: 1,
  })),
  {
    name: 'relu, dead at one timestep: exact zeros before it',
    cell: 'relu',
    layers: 2,
    timesteps: 40,
    reaches: { 0: 'zero', 1: 'zero' },
    prepare: (parameters) => {
      const [bottom, top] = parameters.layers;
      // Symbol 4 switches all of layer 0 off, and layer 1 hears of nothing else.
      bottom.weightIh.data.forEach((_, j, w) => (w[j] = j % SYMBOLS === 4 ? -100 : 1));
      top.weightIh.data.fill(0.5);
      top.biasIh.data.fill(-0.25);
      scaleRecurrent(parameters, 0.3, 0.01);
    },
    inputs: (t) => (t === 24 ? 4 : t % 4),
  },
];

/** Those that are not the reference themselves. */
const compiled = engines.filter(({ name }) => name !== 'reference');

const SEED = 7;

/** The scenario's window in an engine, forward and loss done; float32 weights, the same in every engine. */
function windowOf(kernels: Kernels, scenario: Scenario): Unrolled {
  const { cell, layers, timesteps, prepare, carry = 0, inputs } = scenario;
  const rng = Rng.fromSeed(SEED);
  const shape = { cell, layers, hidden: H, symbols: SYMBOLS };
  const drawn = new Parameters(openReference(), shape);
  initialise(drawn, { init: 'orthogonal', forgetBias: 0 }, rng);
  prepare(drawn, rng);
  const network = new Network(kernels, shape);
  network.parameters.load(drawn.toFloat32());
  network.refresh();
  const unrolled = new Unrolled(network, { rows: N, timesteps, gradients: true, dropout: 0 });
  unrolled.inputs.data.forEach((_, j, ids) => {
    ids[j] = inputs?.(Math.floor(j / N)) ?? rng.uint32() % SYMBOLS;
  });
  unrolled.targets.data.forEach((_, j, ids) => (ids[j] = rng.uint32() % SYMBOLS));
  for (const [h] of unrolled.carries()) h.data.fill(carry);
  forward(unrolled, timesteps);
  loss(unrolled);
  return unrolled;
}

const lagOf = (kernels: Kernels, scenario: Scenario): LayerReport[] =>
  backwardWithProbes(windowOf(kernels, scenario), null, [lag]) ?? [];

/** log10 of ‖numbers‖ as far down as they go themselves: their squares would end at half of that. */
function log10Norm(data: Floats): number | null {
  const numbers = Array.from(data);
  const largest = numbers.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  if (largest === 0) return null;
  const relative = numbers.reduce((sum, x) => sum + (x / largest) ** 2, 0);
  return Math.log10(largest) + Math.log10(relative) / 2;
}

describe.each(SCENARIOS)(`$name (seed ${SEED})`, (scenario) => {
  const { layers, timesteps, reaches } = scenario;
  const reference = lagOf(openReference(), scenario);

  test('is a case of what it is about', () => {
    expect(reference).toHaveLength(layers);
    for (const [l, reach] of Object.entries(reaches)) {
      const value = reference[Number(l)].lagLog10?.h.at(-1);
      if (reach === 'zero') expect(value).toBeNull();
      else if (reach === 'below -300') expect(value).toBeLessThan(-300);
      else if (reach === 'above 100') expect(value).toBeGreaterThan(100);
      else expect(Math.abs(value ?? NaN)).toBeLessThan(3);
    }
  });

  test('reference: rescaled and not agree to 1e-9 as far as float64 reaches', () => {
    const unrolled = windowOf(openReference(), scenario);
    let compared = 0;
    backward(unrolled, {
      from: 'last',
      into: null,
      rescale: false,
      tap: {
        view({ layer, timestep, gradients: { dh, dc }, states }) {
          const k = timesteps - 1 - timestep;
          const { h, c } = reference[layer].lagLog10 ?? { h: [], c: null };
          const agree = (found: number | null | undefined, plain: number | null): void => {
            // Near 1e-308 numbers lose digits; a zero there may be one that underflowed.
            if (plain === null ? found !== null && found !== undefined && found < -280 : plain < -280) return;
            compared++;
            if (plain === null) expect(found, `layer ${layer}, lag ${k}`).toBeNull();
            else {
              const error = Math.abs((found ?? NaN) - plain);
              expect(error, `layer ${layer}, lag ${k}: ${found} for ${plain}`).toBeLessThanOrEqual(1e-9);
            }
          };
          agree(h[k], log10Norm(dh.data));
          if (states.includes('c')) agree(c?.[k], log10Norm(dc.data));
        },
      },
    });
    expect(compared).toBeGreaterThan(0.5 * layers * timesteps);
  });

  test.each(compiled)('$name: log10 right to 1e-3 at every lag', async ({ open }) => {
    const found = lagOf(await open(), scenario);
    let worst = 0;
    const faults: string[] = [];
    reference.forEach(({ lagLog10: expected }, l) => {
      const curves = [
        ['h', found[l].lagLog10?.h, expected?.h],
        ['c', found[l].lagLog10?.c, expected?.c],
      ] as const;
      for (const [state, curve, wanted] of curves) {
        expect(curve?.length).toBe(wanted?.length);
        wanted?.forEach((x, k) => {
          const y = curve?.[k] ?? null;
          const error = x === null || y === null ? (x === y ? 0 : Infinity) : Math.abs(x - y);
          if (error > worst) worst = error;
          if (!(error <= 1e-3)) faults.push(`layer ${l}, ${state}, lag ${k}: ${y} for ${x}`);
        });
      }
    });
    expect(faults.slice(0, 5)).toEqual([]);
  });

  test('verdicts and figures', () => {
    reference.forEach(({ memory }, l) => {
      const verdict = {
        'below -300': 'vanishing',
        'above 100': 'exploding',
        'near 0': 'preserved',
        zero: 'vanishing',
      };
      if (l in reaches) expect(memory?.verdict).toBe(verdict[reaches[l]]);
      if (reaches[l] === 'zero') expect(memory?.lag1e6).toBeLessThanOrEqual(timesteps - 24);
    });
  });
});
