/**
 * What grows is measured like what shrinks, in every engine; where the states themselves leave float64 there is one error,
 * which says where. And what cannot be trusted is flagged.
 */
import { describe, expect, test } from 'vitest';
import { DissipaError } from '../../src/base/errors.js';
import { Rng } from '../../src/base/rng.js';
import { forward } from '../../src/bptt/forward.js';
import { loss } from '../../src/bptt/loss.js';
import { backwardWithProbes } from '../../src/bptt/probing.js';
import { Unrolled } from '../../src/bptt/unrolled.js';
import type { Kernels } from '../../src/kernels/kernels.js';
import { openReference } from '../../src/kernels/reference.js';
import { openWasm } from '../../src/kernels/wasm.js';
import { inFloat64 } from '../../src/model/float64.js';
import { initialise } from '../../src/model/init.js';
import { Parameters } from '../../src/model/parameters.js';
import type { ModelShape } from '../../src/model/shape.js';
import { digits } from '../../src/probe/digits.js';
import { withFlags } from '../../src/probe/flags.js';
import { lag } from '../../src/probe/lag.js';
import { theory } from '../../src/probe/theory.js';
import { evaluate } from '../../src/study/evaluate/evaluate.js';
import { inspectDeep } from '../../src/study/inspect/measure.js';
import { loadModel, type Model } from '../../src/study/model/model.js';
import { Sampler, sampleOptions } from '../../src/study/sample/sample.js';
import { engines } from '../engines.js';

const ALPHABET = ['a', 'b', 'c', 'd'];
const text = (length: number): string => {
  const rng = Rng.fromSeed(5);
  return Array.from({ length }, () => ALPHABET[rng.uint32() % 4]).join('');
};

/** A net whose W_hh is `gain` times what the start draws. */
function model(kernels: Kernels, shape: ModelShape, init: 'identity' | 'orthogonal', gain: number): Model {
  const drawn = new Parameters(openReference(), shape);
  initialise(drawn, { init, forgetBias: 1 }, Rng.fromSeed(4));
  for (const { weightHh } of drawn.layers) weightHh.data.forEach((w, j, all) => (all[j] = gain * w));
  return loadModel(kernels, { shape, alphabet: ALPHABET, parameters: drawn.toFloat32() });
}
const irnn = (layers: number): ModelShape => ({ cell: 'relu', layers, hidden: 8, symbols: 4 });

const numbersIn = (value: unknown): number[] =>
  typeof value === 'number'
    ? [value]
    : value !== null && typeof value === 'object'
      ? Object.values(value).flatMap(numbersIn)
      : [];

describe.each(engines)('$name', ({ open }) => {
  test('a gradient of 10^60 is measured, and its verdict is that it explodes', async () => {
    const size = { rows: 2, timesteps: 200 };
    const deep = { audit: true, matrix: false, listen: 0 };
    const [found, expected] = [await open(), openReference()].map((kernels) =>
      inspectDeep(model(kernels, irnn(2), 'identity', 2), text(2000), size, 'text', deep),
    );
    found.layers.forEach((layer, l) => {
      const { h } = layer.lagLog10;
      expect((h[199] ?? NaN) - (h[0] ?? NaN)).toBeGreaterThan(55);
      expect(layer.memory.verdict).toBe('exploding');
      h.forEach((value, k) => {
        expect(value).toBeCloseTo(expected.layers[l].lagLog10.h[k] ?? NaN, 9);
      });
      layer.totalLog10.h.forEach((value, t) => {
        expect(value).toBeCloseTo(expected.layers[l].totalLog10.h[t] ?? NaN, 9);
        expect(Math.log10(layer.total.h[t])).toBeCloseTo(value ?? NaN, 9);
      });
      // The states grow as fast: nothing is lost to rounding.
      expect(layer.flags ?? []).toEqual([]);
    });
    expect(found.audit?.share[0]).toBeCloseTo(expected.audit?.share[0] ?? NaN, 9);
    expect(numbersIn(found).filter((x) => !Number.isFinite(x))).toEqual([]);
  });

  test('states that leave float64: one error, which names the layer and the timestep', async () => {
    const big = model(await open(), irnn(2), 'identity', 4);
    const at = (where: string) => (): unknown =>
      where === 'inspect'
        ? inspectDeep(big, text(4000), { rows: 1, timesteps: 900 }, 'text')
        : evaluate(big, text(4000), 'text');
    for (const where of ['inspect', 'evaluate']) {
      expect(at(where)).toThrow(DissipaError);
      expect(at(where)).toThrow(/layer 0.*timestep \d+/);
    }
    const found = (() => {
      try {
        at('inspect')();
      } catch (error) {
        return Number(/timestep (\d+)/.exec((error as DissipaError).found)?.[1]);
      }
      return NaN;
    })();
    // 4^t leaves float64 at t = 512, from states between 1e-3 and 1 on.
    expect(found).toBeGreaterThan(505);
    expect(found).toBeLessThan(522);
  });
});

test('a sample ends with an error where the predictions do', async () => {
  const big = model(await openWasm(), irnn(1), 'identity', 4);
  for (const temperature of [0, 0.8])
    expect(() => [...new Sampler(big).run(sampleOptions.parse({ length: 400, temperature }))]).toThrow(
      /no longer finite/,
    );
});

describe('flags', () => {
  const reportsOf = (of: Model['network'], timesteps: number) => {
    const unrolled = new Unrolled(of, { rows: 1, timesteps, gradients: true, dropout: 0 });
    const ids = Array.from(text(timesteps + 1), (symbol) => ALPHABET.indexOf(symbol));
    unrolled.inputs.data.set(ids.slice(0, -1));
    unrolled.targets.data.set(ids.slice(1));
    forward(unrolled, timesteps);
    loss(unrolled);
    return withFlags(unrolled, backwardWithProbes(unrolled, null, [lag, theory, digits]) ?? []);
  };
  const shape = { cell: 'tanh', layers: 1, hidden: 64, symbols: 4 } as const;

  test('a chaotic trajectory: float32 first, then float64 too', async () => {
    const { network } = model(await openWasm(), shape, 'orthogonal', 3);
    const flagsAt = (of: Model['network'], timesteps: number) => reportsOf(of, timesteps)[0].flags ?? [];
    expect(flagsAt(network, 10)).toEqual([]);
    expect(flagsAt(network, 60)).toContain('chaotic-float32');
    expect(flagsAt(network, 60)).not.toContain('chaotic');
    expect(flagsAt(inFloat64(network), 60)).toEqual([]);
    expect(flagsAt(inFloat64(network), 400)).toEqual(['chaotic']);
    expect(flagsAt(model(openReference(), shape, 'orthogonal', 0.8).network, 400)).toEqual([]);
  });

  test('an LSTM whose cell state saturates has lost digits in float32 where the rest has died away, and only there', async () => {
    const saturated = model(await openWasm(), { ...shape, cell: 'lstm', hidden: 12 }, 'orthogonal', 1);
    const { biasIh } = saturated.network.parameters.layers[0];
    // Units 0–5 remember without end (f = 1) and fill up; units 6–11 forget.
    biasIh.data.forEach((_, j) => {
      const [gate, unit] = [Math.floor(j / 12), j % 12];
      biasIh.data[j] = unit < 6 ? [5, 12, 0.12, 1][gate] : [0, -3, 0, 0][gate];
    });
    saturated.network.refresh();
    const [float32] = reportsOf(saturated.network, 120);
    const [float64] = reportsOf(inFloat64(saturated.network), 120);
    expect(float64.digitsFromLag).toBeUndefined();
    expect(float32.flags).toEqual(['float32-digits']);
    const from = float32.digitsFromLag ?? NaN;
    const off = (float32.lagLog10?.h ?? []).map((value, k) =>
      Math.abs((value ?? -Infinity) - (float64.lagLog10?.h[k] ?? -Infinity)),
    );
    expect(Math.max(...off.slice(0, from))).toBeLessThan(0.01);
    expect(Math.max(...off.slice(from))).toBeGreaterThan(0.01);
    expect(
      reportsOf(model(await openWasm(), shape, 'orthogonal', 0.8).network, 60)[0].digitsFromLag,
    ).toBeNull();
  });
});
