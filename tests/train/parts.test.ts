/** The trainer's parts by themselves: the rate by step, clipping, dropout, options. */
import { describe, expect, test } from 'vitest';
import { en } from '../../src/words/en/words.js';
import { CELLS } from '../../src/model/shape.js';
import { Rng } from '../../src/base/rng.js';
import { flagOf } from '../../src/base/options.js';
import { forward } from '../../src/bptt/forward.js';
import { Unrolled } from '../../src/bptt/unrolled.js';
import { openReference } from '../../src/kernels/reference.js';
import { initialise } from '../../src/model/init.js';
import { Network } from '../../src/model/network.js';
import { clip, type ClipMode } from '../../src/train/clip.js';
import { parseTrainOptions, trainOptions } from '../../src/train/options.js';
import { learningRate, SCHEDULES } from '../../src/train/schedule.js';
import { parseTrainingState } from '../../src/train/state.js';
import { expectEachClose } from '../close.js';
import { messageOf } from '../store/fixtures.js';

describe('the learning rate', () => {
  const rates = (schedule: (typeof SCHEDULES)[number], warmup: number, minLr: number): number[] =>
    Array.from({ length: 9 }, (_, i) => learningRate({ lr: 0.8, schedule, warmup, minLr }, i + 1, 9));

  test('constant', () => {
    expect(rates('constant', 0, 0)).toEqual(new Array(9).fill(0.8));
  });

  test('warm-up: linear from one share at step 1 to the whole at its last step', () => {
    expectEachClose(rates('constant', 4, 0), [0.2, 0.4, 0.6, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8], 1e-12, 'rate');
  });

  test('linear: from lr at the first step to minLr at the last', () => {
    expectEachClose(
      rates('linear', 0, 0.4),
      [0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5, 0.45, 0.4],
      1e-12,
      'rate',
    );
  });

  test('cosine: half of the way at half of the time, level at both ends', () => {
    const found = rates('cosine', 0, 0.2);
    const expected = Array.from({ length: 9 }, (_, i) => 0.5 + 0.3 * Math.cos((Math.PI * i) / 8));
    expectEachClose(found, expected, 1e-12, 'rate');
    expect([found[0], found[4], found[8]].map((x) => x.toFixed(12))).toEqual(
      [0.8, 0.5, 0.2].map((x) => x.toFixed(12)),
    );
  });

  test('after a warm-up the course begins at lr, and still ends at minLr', () => {
    for (const schedule of ['linear', 'cosine'] as const) {
      const found = rates(schedule, 3, 0.1);
      expectEachClose([found[2], found[3], found[8]], [0.8, 0.8, 0.1], 1e-12, schedule);
      const falling = found.slice(3);
      expect([...falling].sort((a, b) => b - a)).toEqual(falling);
    }
  });

  test('runs of one step, warm-ups as long as the run, steps beyond the end', () => {
    for (const schedule of SCHEDULES) {
      const options = { lr: 0.8, schedule, warmup: 0, minLr: 0.2 };
      expect(learningRate(options, 1, 1)).toBe(0.8);
      expect(learningRate({ ...options, warmup: 5 }, 5, 5)).toBe(0.8);
      expect(learningRate(options, 50, 10)).toBeCloseTo(schedule === 'constant' ? 0.8 : 0.2, 12);
    }
  });
});

describe('clipping', () => {
  const values = [3, -4, 0, 12, -0.5];
  const norm = Math.hypot(...values);
  const clipped = (mode: ClipMode, limit: number) => {
    const kernels = openReference();
    const gradient = kernels.matrix(1, values.length);
    gradient.data.set(values);
    return { ...clip(kernels, gradient, mode, limit), left: [...gradient.data] };
  };

  test('norm: the optimiser scales to the limit, the gradient itself stays', () => {
    const found = clipped('norm', 1);
    expectEachClose([found.norm, found.scale], [norm, 1 / (norm + 1e-6)], 1e-12, 'norm and scale');
    expect(found.left).toEqual(values);
  });

  test('norm: a gradient within the limit is left alone', () => {
    expect(clipped('norm', 20).scale).toBe(1);
  });

  test('value: each number by itself; the norm told is that before', () => {
    expect(clipped('value', 3.5)).toEqual({
      norm: expect.closeTo(norm, 10) as number,
      scale: 1,
      left: [3, -3.5, 0, 3.5, -0.5],
    });
  });

  test('none', () => {
    expect(clipped('none', 0.001)).toEqual({
      norm: expect.closeTo(norm, 10) as number,
      scale: 1,
      left: values,
    });
  });
});

describe("dropout, as PyTorch's", () => {
  const [N, T, H, P] = [16, 25, 20, 0.3];
  const setUp = (layers: number, p: number) => {
    const kernels = openReference();
    const network = new Network(kernels, { cell: 'tanh', layers, hidden: H, symbols: 5 });
    initialise(network.parameters, { init: 'uniform', forgetBias: 1 }, Rng.fromSeed(2));
    network.refresh();
    const unrolled = new Unrolled(network, { rows: N, timesteps: T, gradients: false, dropout: p });
    unrolled.inputs.data.forEach((_, i, ids) => (ids[i] = i % 5));
    return unrolled;
  };

  test(`a share of ${P} is 0, the others 1/(1 − p), timesteps and rows each for themselves (seed 8)`, () => {
    const unrolled = setUp(2, P);
    forward(unrolled, T, Rng.fromSeed(8));
    const mask = [...(unrolled.layers[0].dropout?.mask.data ?? [])];
    expect(mask).toHaveLength(N * T * H);
    expect([...new Set(mask)].sort()).toEqual([0, 1 / (1 - P)]);
    const dropped = mask.filter((x) => x === 0).length;
    // Four deviations of a binomial count.
    const deviation = Math.sqrt(mask.length * P * (1 - P));
    expect(Math.abs(dropped - mask.length * P)).toBeLessThan(4 * deviation);
    // Neighbours agree as often as two of their own do: in units, rows and timesteps.
    for (const distance of [1, H, N * H]) {
      const pairs = mask.length - distance;
      const agree = mask.slice(distance).filter((x, i) => x === mask[i]).length;
      const expected = P * P + (1 - P) * (1 - P);
      expect(Math.abs(agree - pairs * expected)).toBeLessThan(
        5 * Math.sqrt(pairs * expected * (1 - expected)),
      );
    }
  });

  test('only between layers: not after the last, and a lone layer has none', () => {
    const { layers } = setUp(3, P);
    expect(layers.map(({ dropout }) => dropout !== null)).toEqual([true, true, false]);
    const alone = setUp(1, P);
    const rng = Rng.fromSeed(8);
    forward(alone, T, rng);
    // Nothing is drawn, nothing is changed.
    expect(rng.state).toEqual(Rng.fromSeed(8).state);
    const without = setUp(1, 0);
    forward(without, T);
    expect([...alone.logits.data]).toEqual([...without.logits.data]);
  });

  test('what the layer above sees is masked; the recurrence of the layer itself is not', () => {
    const [dropping, whole] = [setUp(2, P), setUp(2, P)];
    forward(dropping, T, Rng.fromSeed(8));
    forward(whole, T);
    const [below] = dropping.layers;
    expect([...below.h.data]).toEqual([...whole.layers[0].h.data]);
    const { mask, masked } = below.dropout ?? {};
    expect([...(masked?.data ?? [])]).toEqual(
      [...below.output.data].map((h, i) => h * (mask?.data[i] ?? NaN)),
    );
    expect([...dropping.layers[1].h.data]).not.toEqual([...whole.layers[1].h.data]);
  });

  test('off in evaluation: as a model without any', () => {
    const [evaluated, without] = [setUp(2, P), setUp(2, 0)];
    forward(evaluated, T, Rng.fromSeed(8));
    forward(evaluated, T);
    forward(without, T);
    expect([...evaluated.logits.data]).toEqual([...without.logits.data]);
  });
});

describe('the options of a run', () => {
  test('each has a description and a group; each flag is its name in kebab-case', () => {
    for (const [name, schema] of Object.entries(trainOptions.shape)) {
      expect(en.options.train, name).toHaveProperty(name);
      expect(Object.keys(en.options.groups), name).toContain(schema.meta()?.['group']);
      expect(flagOf(name)).toMatch(/^--[a-z]+(-[a-z]+)*[12]?$/);
    }
  });

  test('left out they have their defaults, and steps and epochs none', () => {
    const options = parseTrainOptions({});
    expect(options).toMatchObject({
      cell: 'tanh',
      layers: 1,
      hidden: 128,
      lr: 0.002,
      optimizer: 'adam',
      seed: 1,
    });
    expect([options.steps, options.epochs]).toEqual([undefined, undefined]);
    // Complete: parsed again it is the same.
    expect(parseTrainOptions(options)).toEqual(options);
  });

  test.each([
    [{ hidden: 1.5 }, '--hidden: is 1.5, expected a whole number'],
    [{ layers: 0 }, '--layers: is 0, expected at least 1'],
    [{ layers: 65 }, '--layers: is 65, expected at most 64'],
    [{ dropout: 1 }, '--dropout: is 1, expected less than 1'],
    [{ dropout: -0.1 }, '--dropout: is -0.1, expected at least 0'],
    [{ lr: 0 }, '--lr: is 0, expected more than 0'],
    [{ lr: 'fast' }, '--lr: is fast, expected a number'],
    [{ cell: '' }, `--cell: '' is not a cell, expected one of ${CELLS.join(', ')}`],
    [{ clipMode: 'all' }, "--clip-mode: 'all' is not a way to clip, expected one of norm, value, none"],
    [{ seed: 2 ** 31 }, '--seed: is 2147483648, expected at most 2147483647'],
    [{ weightDecai: 1 }, '--weight-decai: there is no such option; did you mean --weight-decay?'],
    [{ steps: 5, epochs: 1 }, '--epochs: --steps is given too, expected one of the two'],
    [{ threads: 0 }, '--threads: is 0, expected at least 1'],
    [{ threads: 'some' }, '--threads: is some, expected auto or a number'],
  ])('%j', async (given, message) => {
    expect(await messageOf(() => parseTrainOptions(given))).toBe(message);
  });

  test('a saved state that is none names the entry', async () => {
    const state = {
      version: 3,
      options: parseTrainOptions({}),
      step: 5,
      position: 0,
      rng: [1, 2],
      best: { step: 3, lossNats: 1.5 },
      evaluationsSinceBest: 0,
    };
    expect(parseTrainingState(state, 'file')).toEqual(state);
    // Those that say no version are of the first.
    const { version, ...old } = state;
    expect(parseTrainingState(old, 'file')).toEqual({ ...state, version: 1 });
    expect(version).toBe(3);
    for (const [wrong, entry] of [
      [{ ...state, version: 4 }, 'training.version'],
      [{ ...state, step: -1 }, 'training.step'],
      [{ ...state, rng: ['1'] }, 'training.rng.0'],
      [{ ...state, best: { step: -1, lossNats: 1 } }, 'training.best.step'],
      [{ ...state, options: { ...state.options, cell: 'x' } }, 'training.options.cell'],
      [null, 'training'],
    ] as const) {
      const message = await messageOf(() => parseTrainingState(wrong, 'file'));
      expect(message.startsWith(`file: ${entry}`), message).toBe(true);
      expect(message).toMatch(/expected .*; resume from another checkpoint of the run$/);
    }
  });
});
