/** spectrum, direction and units against autograd (tests/golden/generate-probes.py), and against naive twins for the rest. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { normalVector, orthonormalise } from '../../src/base/orthonormal.js';
import { Rng } from '../../src/base/rng.js';
import { forward } from '../../src/bptt/forward.js';
import { loss } from '../../src/bptt/loss.js';
import { backwardWithProbes } from '../../src/bptt/probing.js';
import { Unrolled } from '../../src/bptt/unrolled.js';
import { openReference } from '../../src/kernels/reference.js';
import { initialise } from '../../src/model/init.js';
import { CELLS } from '../../src/model/shape.js';
import { direction, directionsOf } from '../../src/probe/direction.js';
import { bidiagonal, largestValues } from '../../src/probe/singular-values.js';
import { lagsIn, spectraOf, spectrum, type Spectrum } from '../../src/probe/spectrum.js';
import { quantileOf, QUANTILES, units } from '../../src/probe/units.js';
import { asSymbols } from '../../src/text/symbols.js';
import { engines } from '../engines.js';
import { goldenNames, readGolden, setUp } from '../golden.js';
import { differences, drawModel, naivePass, norm, passIn } from './naive.js';
import { longWindow } from './windows.js';

interface Lagged {
  singular: number[];
  participation: number | null;
}
interface ByState {
  h: Lagged[];
  c: Lagged[] | null;
}
interface ByCut {
  cosine: (number | null)[];
  bias: (number | null)[];
}
interface GoldenProbes {
  spectrum: { own: ByState; top: ByState }[];
  direction: ByCut & { cuts: number[]; byLayer: ByCut[] };
  units: { lagLog10: (number | null)[][]; timeConstants: number[] | null }[];
}
const folder = fileURLToPath(new URL('../golden/probes/', import.meta.url));
const goldenProbes = (name: string): GoldenProbes =>
  JSON.parse(readFileSync(folder + name, 'utf8')) as GoldenProbes;

const SEED = 23;

/** Each within `tolerance`; null of an exact 0 on both sides. */
function expectAlike(
  found: readonly (number | null)[] | undefined,
  expected: readonly (number | null)[],
  tolerance: number,
  what: string,
): void {
  expect(found, what).toHaveLength(expected.length);
  expected.forEach((x, i) => {
    const y = found?.[i] ?? null;
    if (x === null || y === null) expect(y, `${what} ${i}`).toBe(x);
    else expect(Math.abs(y - x), `${what} ${i}: ${y} for ${x}`).toBeLessThanOrEqual(tolerance);
  });
}

function expectSpectrum(found: Spectrum, expected: GoldenProbes['spectrum'][number], what: string): void {
  for (const from of ['own', 'top'] as const)
    for (const state of ['h', 'c'] as const) {
      const golden = expected[from][state];
      const jacobians = found[from]?.[state] ?? null;
      if (found[from] === null) continue;
      expect(jacobians === null, `${what} ${from} ${state}`).toBe(golden === null);
      found.lags.forEach((lag, i) => {
        const { singular, participation } = golden?.[lag] ?? { singular: [], participation: null };
        if (!jacobians) return;
        // Values near the rounding of the largest are another's noise.
        const told = singular.map((s) => (s > 1e-11 * singular[0] ? Math.log10(s) : null));
        const own = jacobians.log10[i].map((s, j) => (told[j] === null ? null : s));
        expectAlike(own, told, 1e-5, `${what} ${from} ${state}, lag ${lag}, σ`);
        expectAlike([jacobians.participation[i]], [participation], 1e-9, `${what} ${from} ${state}, ratio`);
      });
    }
}

describe.each(engines)('$name', ({ open, tolerance }) => {
  test.each(goldenNames)('%s: autograd', async (name) => {
    const { unrolled } = setUp(readGolden(name), await open());
    forward(unrolled, unrolled.timesteps);
    loss(unrolled);
    const golden = goldenProbes(name);

    spectraOf(unrolled).forEach((found, l) => {
      expect(found.lags[0]).toBe(0);
      expectSpectrum(found, golden.spectrum[l], `layer ${l}`);
      expect(found.top === null).toBe(l === golden.spectrum.length - 1);
    });

    backwardWithProbes(unrolled, null, [units])?.forEach(({ units: found }, l) => {
      QUANTILES.forEach((_, i) => {
        expectAlike(
          found?.lagLog10[i],
          golden.units[l].lagLog10[i],
          10 * tolerance,
          `layer ${l}, quantile ${i}`,
        );
      });
      expect(found?.timeConstants === null).toBe(golden.units[l].timeConstants === null);
      expectAlike(found?.timeConstants ?? [], golden.units[l].timeConstants ?? [], 100 * tolerance, 'τ');
    });

    const { cuts, cosine, bias, byLayer } = golden.direction;
    const found = directionsOf(unrolled, cuts);
    expectAlike(found?.cosine, cosine, 10 * tolerance, 'cosine');
    expectAlike(found?.bias, bias, 10 * tolerance, 'bias');
    byLayer.forEach((layer, l) => {
      expectAlike(found?.byLayer[l].cosine, layer.cosine, 10 * tolerance, `cosine, layer ${l}`);
      expectAlike(found?.byLayer[l].bias, layer.bias, 10 * tolerance, `bias, layer ${l}`);
    });
  });
});

describe('units, unit by unit from formulas', () => {
  test.each(CELLS.flatMap((cell) => [1, 2].map((layers) => ({ cell, layers }))))(
    `$cell, $layers layers (seed ${SEED})`,
    ({ cell, layers }) => {
      const model = drawModel(cell, layers, SEED, 1);
      const { unrolled } = passIn(openReference(), model);
      const { hidden } = model.shape;
      const { activations } = naivePass(model);
      const gates = { lstm: 'f', gru: 'z', mingru: 'z' } as Readonly<Record<string, string>>;
      backwardWithProbes(unrolled, null, [units])?.forEach(({ units: found }, layer) => {
        for (let k = 0; k < model.timesteps; k++) {
          const at = { layer, timestep: model.timesteps - 1 - k };
          const of = (what: 'h' | 'c'): number[] =>
            what === 'c' && cell !== 'lstm'
              ? []
              : differences(model, 'last', { what, ...at }, model.rows * hidden);
          const [h, c] = [of('h'), of('c')];
          const norms = Array.from({ length: hidden }, (_, j) =>
            Math.log10(norm([...h, ...c].filter((_, i) => i % hidden === j))),
          ).sort((a, b) => a - b);
          QUANTILES.forEach((quantile, i) => {
            // Differences know no more of a small one than that it is small.
            if (norms[Math.floor(quantile * (hidden - 1))] < -7) return;
            expect(found?.lagLog10[i][k]).toBeCloseTo(quantileOf(norms, quantile), 4);
          });
        }
        const gate = gates[cell];
        expect(found?.timeConstants === null).toBe(!gate);
        if (!gate) return;
        const expected = Array.from({ length: hidden }, (_, j) => {
          const all = activations[layer].flatMap((byName) => byName[gate].filter((_, i) => i % hidden === j));
          const mean = all.reduce((sum, x) => sum + x, 0) / all.length;
          return -1 / Math.log(cell === 'mingru' ? 1 - mean : mean);
        });
        expectAlike(found?.timeConstants ?? [], expected, 1e-9, 'τ');
      });
    },
  );

  test('a quantile between an exact 0 and a number is an exact 0', () => {
    expect(quantileOf([-Infinity, -Infinity, -1, 0], 0.5)).toBe(-Infinity);
    expect(quantileOf([-Infinity, -Infinity, -1], 0.25)).toBe(-Infinity);
    expect(quantileOf([-3, -1], 0.25)).toBe(-2.5);
    expect(quantileOf([-3], 0.95)).toBe(-3);
  });
});

describe('spectrum', () => {
  test.each(CELLS)(`%s: what a nudged state does to the last one (seed ${SEED})`, (cell) => {
    const size = { cell, layers: 1, hidden: 5, timesteps: 7, seed: SEED };
    const window = longWindow(openReference(), size, (parameters) => {
      initialise(parameters, { init: 'glorot', forgetBias: 1 }, Rng.fromSeed(SEED));
    });
    const { network, options } = window;
    const [{ h, c }] = window.layers;
    const [found] = spectraOf(window);
    found.lags.forEach((lag, i) => {
      if (lag === 0) return;
      const t = window.timesteps - 1 - lag;
      const rest = new Unrolled(network, { ...options, timesteps: lag, rows: 1 });
      for (let s = 0; s < lag; s++) rest.inputs.data[s] = window.inputs.data[(t + 1 + s) * options.rows];
      const lastAfter = (nudged: 'h' | 'c', unit: number, by: number): number[] => {
        const [[own, ownC]] = rest.carries();
        own.data.set(h.rowRange((t + 1) * options.rows, 1).data);
        if (ownC.rows > 0) ownC.data.set(c.rowRange((t + 1) * options.rows, 1).data);
        // h = o∘tanh(c) goes along with c.
        if (nudged === 'c') own.data[unit] *= Math.tanh(ownC.data[unit] + by) / Math.tanh(ownC.data[unit]);
        (nudged === 'h' ? own : ownC).data[unit] += by;
        forward(rest, lag);
        return Array.from(rest.layers[0].h.rowRange(lag, 1).data);
      };
      for (const state of ['h', 'c'] as const) {
        const told = found.own[state];
        expect(told === null).toBe(state === 'c' && cell !== 'lstm');
        if (!told) continue;
        const columns = Array.from({ length: 5 }, (_, j) => {
          const [up, down] = [lastAfter(state, j, 1e-5), lastAfter(state, j, -1e-5)];
          return up.map((x, u) => (x - down[u]) / 2e-5);
        });
        const squares = columns.flat().reduce((sum, x) => sum + x * x, 0);
        const gram = columns.flatMap((a) => columns.map((b) => a.reduce((sum, x, u) => sum + x * b[u], 0)));
        const fourths = gram.reduce((sum, x) => sum + x * x, 0);
        const frobenius = told.log10[i].reduce<number>((sum, s) => sum + (s === null ? 0 : 10 ** (2 * s)), 0);
        expect(frobenius / squares).toBeCloseTo(1, 5);
        expect(told.participation[i]).toBeCloseTo(squares ** 2 / fourths, 4);
      }
    });
  });

  test(`values over many decades, and repeated ones (seed ${SEED})`, () => {
    const n = 40;
    const rng = Rng.fromSeed(SEED);
    const orthogonal = (): Float64Array[] => {
      const rows: Float64Array[] = [];
      while (rows.length < n) {
        const v = normalVector(n, rng);
        orthonormalise(v, rows);
        rows.push(v);
      }
      return rows;
    };
    const values = Array.from({ length: n }, (_, i) => (i < 3 ? 7 : 10 ** -i));
    const [left, right] = [orthogonal(), orthogonal()];
    const a = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        for (let k = 0; k < n; k++) a[i * n + j] += left[k][i] * values[k] * right[k][j];
    largestValues(bidiagonal(a, n), 8).forEach((value, i) => {
      expect(Math.abs(value - values[i])).toBeLessThan(1e-13);
    });
  });

  test('a vanishing net far back: beyond 1e-300 nothing is 0 yet; a closed ReLU is', () => {
    const size = { cell: 'sigmoid', layers: 2, hidden: 4, timesteps: 700, seed: SEED } as const;
    const prepare = (parameters: Parameters<typeof initialise>[0]): void => {
      initialise(parameters, { init: 'glorot', forgetBias: 1 }, Rng.fromSeed(SEED));
    };
    const [lower, top] = spectraOf(longWindow(openReference(), size, prepare));
    expect(lower.lags.at(-1)).toBe(699);
    for (const jacobians of [lower.own.h, lower.top?.h, top.own.h]) {
      const end = jacobians?.log10.at(-1)?.[0] ?? 0;
      expect(end).toBeLessThan(-300);
      const before = jacobians?.log10.at(-2)?.[0] ?? 0;
      const lags = lower.lags.slice(-2);
      // So many decades a step as before.
      expect(end / before / (lags[1] / lags[0])).toBeCloseTo(1, 1);
    }
    const closed = longWindow(openReference(), { ...size, cell: 'relu', timesteps: 4 }, (parameters) => {
      prepare(parameters);
      for (const { biasIh } of parameters.layers) biasIh.data.fill(-100);
    });
    const [dead] = spectraOf(closed);
    expect(dead.own.h.participation).toEqual([4, null, null, null]);
    expect(dead.own.h.log10[0]).toEqual([0, 0, 0, 0]);
    expect(dead.own.h.log10[1]).toEqual([null, null, null, null]);
  });

  test('a row that begins anew hears nothing from before', () => {
    const size = { cell: 'lstm', layers: 1, hidden: 4, timesteps: 6, seed: SEED } as const;
    const plain = longWindow(openReference(), size, (parameters) => {
      initialise(parameters, { init: 'glorot', forgetBias: 1 }, Rng.fromSeed(SEED));
    });
    const window = new Unrolled(plain.network, { ...plain.options, starts: 1 });
    window.inputs.data.set(plain.inputs.data);
    window.targets.data.set(plain.targets.data);
    window.starts = new Map([[3, Array.from({ length: plain.options.rows }, (_, n) => n)]]);
    longWindow.pass(window);
    const [found] = spectraOf(window);
    // Of what was before nothing is said, rather than that it is 0.
    expect(found.lags).toEqual([0, 1, 2]);
    expect(found.own.h.log10).toHaveLength(3);
    expect(found.own.h.participation.includes(null)).toBe(false);
  });

  test('lags: the first, the longest, and about √2 apart', () => {
    expect(lagsIn(1)).toEqual([0]);
    expect(lagsIn(2)).toEqual([0, 1]);
    expect(lagsIn(64)).toEqual([0, 1, 2, 3, 4, 6, 8, 11, 16, 23, 32, 45, 63]);
  });

  test('its figures name lag, value and Jacobian', () => {
    const size = { cell: 'lstm', layers: 2, hidden: 3, timesteps: 4, seed: SEED } as const;
    const window = longWindow(openReference(), size, (parameters) => {
      initialise(parameters, { init: 'glorot', forgetBias: 1 }, Rng.fromSeed(SEED));
    });
    const [report] = backwardWithProbes(window, null, [spectrum]) ?? [];
    const figures = [...spectrum.figures(report)];
    // own and top, h and c, four lags, three values and a ratio
    expect(figures).toHaveLength(2 * 2 * 4 * 4);
    expect(figures[0]).toEqual({ quantity: 'spectrum.own.h', value: 0, lag: 0, state: '1' });
    const ratio = figures.find(
      ({ quantity, lag }) => quantity === 'spectrum.top.c.participation' && lag === 3,
    );
    expect(ratio?.value).toBe(report.spectrum?.top?.c?.participation[3]);
  });
});

describe.each(engines)('direction, $name', ({ open }) => {
  test(`on a text: windows at even distances, null of a text without room (seed ${SEED})`, async () => {
    const kernels = await open();
    const window = longWindow(
      kernels,
      { cell: 'gru', layers: 2, hidden: 4, timesteps: 4, seed: SEED },
      (p) => {
        initialise(p, { init: 'glorot', forgetBias: 1 }, Rng.fromSeed(SEED));
      },
    );
    const rng = Rng.fromSeed(SEED);
    const ids = Uint16Array.from({ length: 200 }, () => rng.uint32() % 5);
    const site = { unrolled: window, validation: asSymbols(new Uint16Array()), symbols: [], step: 0 };
    const found = direction.measure({ ...site, training: asSymbols(ids) });
    expect([found?.timesteps, found?.windows]).toEqual([16, 8]);
    expect(found?.cuts).toEqual([1, 2, 3, 4, 6, 8, 11]);
    const [bias, cosine] = [found?.bias.map(Number) ?? [], found?.cosine.map(Number) ?? []];
    expect(Math.max(...cosine)).toBeLessThanOrEqual(1 + 1e-12);
    expect(bias[0]).toBeGreaterThan(bias[6]);
    // |g_k − g|² = |g_k|² + |g|² − 2⟨g_k, g⟩ ≥ (1 − cos²)·|g|²
    bias.forEach((x, i) => {
      expect(x ** 2).toBeGreaterThanOrEqual(1 - cosine[i] ** 2 - 1e-12);
    });
    expect(direction.measure({ ...site, training: asSymbols(ids.subarray(0, 16)) })).toBeNull();
    expect(direction.measure({ ...site, training: asSymbols(ids.subarray(0, 17)) })?.windows).toBe(1);
    expect([...direction.figures(found ?? neverFound())]).toHaveLength(7 * 3 * 2);
  });
});
const neverFound = (): never => {
  throw new Error('nothing measured');
};
