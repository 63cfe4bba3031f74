/** Sections 2 to 6: their figures against independent computations, their verdicts for each outcome. */
import { describe, expect, test } from 'vitest';
import { forward } from '../../../src/bptt/forward.js';
import { loss } from '../../../src/bptt/loss.js';
import { Unrolled } from '../../../src/bptt/unrolled.js';
import { openReference } from '../../../src/kernels/reference.js';
import { memoryOf } from '../../../src/probe/memory.js';
import { strictJson } from '../../../src/store/json.js';
import { inspect } from '../../../src/study/inspect.js';
import { crossingOf, depthOutcome, endLayers, type EndLayers } from '../../../src/study/lesson/depth.js';
import {
  deadUnits,
  exploded,
  furthest,
  methodsOutcome,
  normsOf,
  type Contender,
} from '../../../src/study/lesson/methods.js';
import { compare, misleadingOutcome, totalRange } from '../../../src/study/lesson/misleading.js';
import { outcomeOf } from '../../../src/study/lesson/outcome.js';
import { productOf, productOutcome } from '../../../src/study/lesson/product.js';
import {
  BINS,
  CURVES,
  preActivations,
  RANGE,
  squashingOutcome,
} from '../../../src/study/lesson/squashing.js';
import { loadModel, type ModelContents } from '../../../src/study/model.js';
import { fillStreams } from '../../../src/text/windows.js';
import { expectEachClose } from '../../close.js';
import { TEXT, tinyContents } from './tiny.js';

const SIZE = { rows: 3, timesteps: 7 };

function windowOf(contents: ModelContents): Unrolled {
  const { network, alphabet } = loadModel(openReference(), contents);
  const unrolled = new Unrolled(network, { ...SIZE, gradients: false, dropout: 0 });
  fillStreams(alphabet.encode(TEXT, ''), SIZE.timesteps, 0, SIZE, unrolled.inputs, unrolled.targets);
  forward(unrolled, SIZE.timesteps);
  return unrolled;
}
const inspected = (contents: ModelContents) =>
  inspect(loadModel(openReference(), contents), TEXT, SIZE, 'tiny').layers;
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

test('an outcome: all, some, none', () => {
  expect([outcomeOf([true, true]), outcomeOf([true, false]), outcomeOf([false, false])]).toEqual([
    'holds',
    'partly',
    'fails',
  ]);
});

describe('2, squashing', () => {
  // Wide enough that some units are on the flat parts, and some beyond the histogram.
  const inverse = { tanh: Math.atanh, sigmoid: (y: number) => Math.log(y / (1 - y)) };
  const slope = { tanh: (y: number) => 1 - y * y, sigmoid: (y: number) => y * (1 - y) };
  test.each(['tanh', 'sigmoid'] as const)('%s: pre-activations read back from the states', (cell) => {
    const contents = tinyContents(cell, { spread: 6 });
    const found = preActivations(contents, TEXT, SIZE);
    const states = Array.from(windowOf(contents).layers[0].output.data);
    const histogram = new Array<number>(BINS).fill(0);
    for (const y of states) {
      const a = Math.max(-RANGE, Math.min(RANGE - 1e-9, inverse[cell](y)));
      histogram[Math.floor((a + RANGE) / ((2 * RANGE) / BINS))] += 1 / states.length;
    }
    expectEachClose(found.histogram, histogram, 1e-9, 'histogram');
    expect(histogram[0] + histogram[BINS - 1]).toBeGreaterThan(0);
    expect(found.slope).toBeCloseTo(Math.sqrt(mean(states.map((y) => slope[cell](y) ** 2))), 10);
    const probe = inspected(contents)[0].saturation[cell];
    expect(found.flat).toBeCloseTo(mean(probe), 12);
    expect(found.flat).toBeGreaterThan(0);
    expect(found.flat).toBeLessThan(1);
  });

  test('the curves: each slope is its curve’s difference quotient', () => {
    for (const { y, slope } of Object.values(CURVES))
      for (const a of [-7, -1.3, 0, 0.4, 5])
        expect((y(a + 1e-5) - y(a - 1e-5)) / 2e-5).toBeCloseTo(slope(a), 8);
  });

  const at = (slope: number, flat: number) => ({ start: { slope: 1, flat: 0 }, end: { slope, flat } });
  test.each([
    ['holds', [at(0.2, 0.1), at(0.6, 0)]],
    ['partly', [at(0.2, 0.01), at(0.6, 0.04)]],
    ['partly', [at(0.2, 0.01), at(0.95, 0.04)]],
    ['fails', [at(0.99, 0.01), at(0.95, 0.04)]],
    // Without a training that ended well the start counts.
    ['fails', [{ ...at(0, 1), end: null }, at(0.95, 0.04)]],
  ] as const)('the verdict: %s', (outcome, found) => {
    expect(squashingOutcome(found)).toBe(outcome);
  });
});

describe('3, depth', () => {
  test('the end layers’ gradients are the loss’s difference quotients', () => {
    const contents = tinyContents('sigmoid', { layers: 3, hidden: 3, spread: 2 });
    const lossWith = (name: string, entry: number, by: number): number => {
      const { network, alphabet } = loadModel(openReference(), contents);
      network.parameters.tensor(name).data[entry] += by;
      network.refresh();
      const unrolled = new Unrolled(network, { ...SIZE, gradients: false, dropout: 0 });
      fillStreams(alphabet.encode(TEXT, ''), SIZE.timesteps, 0, SIZE, unrolled.inputs, unrolled.targets);
      forward(unrolled, SIZE.timesteps);
      return loss(unrolled).window;
    };
    const normOf = (layer: number): number =>
      Math.hypot(
        ...[`rnn.weight_ih_l${layer}`, `rnn.weight_hh_l${layer}`].flatMap((name) =>
          Array.from(
            { length: contents.parameters.get(name)?.length ?? 0 },
            (_, j) => (lossWith(name, j, 1e-5) - lossWith(name, j, -1e-5)) / 2e-5,
          ),
        ),
      );
    const found = endLayers(openReference(), contents, TEXT, SIZE);
    expectEachClose([found.first, found.last], [normOf(0), normOf(2)], 1e-5, 'norms');
    expect(found.first).toBeLessThan(found.last);
  });

  test('where the curves cross', () => {
    expect(crossingOf([[-4, -5, -6], [], [-1, -4, -8]])).toBe(2);
    expect(
      crossingOf([
        [-4, -6, -8],
        [-1, -3, -5],
      ]),
    ).toBe(null);
    expect(
      crossingOf([
        [-1, -2],
        [-2, -2],
      ]),
    ).toBe(null); // it does not begin below
    expect(
      crossingOf([
        [-4, -5],
        [-1, null],
      ]),
    ).toBe(1); // nothing at all is left of the last one's
  });

  const deep = (cell: 'sigmoid' | 'tanh' | 'relu', ...first: number[]) => ({
    cell,
    byDepth: first.map((norm) => {
      const start: EndLayers = { first: norm, last: 1 };
      return { start, end: { first: 1, last: 1 } };
    }),
  });
  test.each([
    ['holds', 0.01, 0.02],
    ['partly', 0.01, 0.5],
    ['fails', 0.3, 0.5],
  ] as const)('the verdict: %s', (outcome, sigmoid, tanh) => {
    const nets = [deep('sigmoid', 1, 0.4, sigmoid), deep('tanh', 1, 1, tanh), deep('relu', 1, 1, 1)];
    expect(depthOutcome(nets)).toBe(outcome);
  });
});

describe('4, the product', () => {
  test('the factors make the curve, and it is under the bound', () => {
    const found = productOf(inspected(tinyContents('tanh', { spread: 0.5 }))[0]);
    let sum = 0;
    const added = found.activation.map((part, k) => (sum += (part ?? NaN) + (found.weights[k] ?? NaN)));
    expectEachClose(added, found.curve.slice(1).map(Number), 1e-9, 'curve');
    const last = Number(found.curve.at(-1));
    expect(found.factor).toBeCloseTo(10 ** (last / (SIZE.timesteps - 1)), 12);
    expect(found.activationFactor * found.weightsFactor).toBeCloseTo(found.factor, 12);
    expect(found.isBounded).toBe(true);
    expect(10 ** (found.boundLog10 ?? NaN)).toBeCloseTo(found.sigma1, 12);
    expect(last).toBeLessThan((SIZE.timesteps - 1) * (found.boundLog10 ?? NaN));
  });

  test('a curve above the bound is told', () => {
    const [layer] = inspected(tinyContents('tanh', { spread: 0.5 }));
    const lagLog10 = { h: [-1, 3, -5, -6, -7, -8, -9], c: null };
    expect(productOf({ ...layer, lagLog10 })).toMatchObject({ isBounded: false, shrinking: 5 / 6 });
  });

  test('where nothing is left after one step the factor is 0, and every step shrinks', () => {
    const [layer] = inspected(tinyContents('tanh', { spread: 0.5 }));
    const none = [null, null, null, null, null, null];
    const gone = {
      ...layer,
      lagLog10: { h: [-1, ...none], c: null },
      split: { gates: none, weights: none, arriving: none },
    };
    const found = productOf(gone);
    expect(found).toMatchObject({ factor: 0, activationFactor: 0, weightsFactor: 0, shrinking: 1 });
    expect(JSON.parse(strictJson(found))).toEqual(found);
  });

  const one = (shrinking: number, isBounded = true) => ({ shrinking, isBounded });
  test.each([
    ['holds', [one(1), one(0.9)]],
    ['partly', [one(1), one(0.5)]],
    ['partly', [one(1), one(1, false)]],
    ['fails', [one(0.2, false), one(0.5)]],
  ] as const)('the verdict: %s', (outcome, found) => {
    expect(productOutcome(found)).toBe(outcome);
  });
});

describe('5, the methods', () => {
  test('dead units: those that nothing can open', () => {
    const contents = tinyContents('relu', { hidden: 5 });
    const parameters = new Map([...contents.parameters].map(([name, all]) => [name, Float32Array.from(all)]));
    const bias = parameters.get('rnn.bias_ih_l0');
    // Two far below what any input brings, the others far above.
    bias?.set([-100, 100, 100, -100, 100]);
    parameters.get('rnn.weight_hh_l0')?.fill(0);
    const model = loadModel(openReference(), { ...contents, parameters });
    expect(deadUnits(model, TEXT, SIZE)).toBeCloseTo(2 / 5, 12);
  });

  test('what a training’s gradients were like', () => {
    const norms = normsOf({ gradientNorms: [1, 3, 2, 900, 2], divergedAt: null });
    expect(norms).toEqual({ median: 2, largest: 900, divergedAt: null });
    expect(exploded(norms)).toBe(true);
    expect(exploded({ ...norms, largest: 199 })).toBe(false);
    expect(exploded({ ...norms, largest: 2, divergedAt: 7 })).toBe(true);
    const none = normsOf({ gradientNorms: [], divergedAt: 1 });
    expect(none).toEqual({ median: null, largest: null, divergedAt: 1 });
    expect(exploded(none)).toBe(true);
  });

  const contender = (
    cell: Contender['cell'],
    decades: number,
    validationLossNats: number | null,
    changes: Partial<Contender> = {},
  ): Contender => {
    const curve = Array.from({ length: 11 }, (_, k) => (k * decades) / 10);
    const reach = { curve, memory: memoryOf({ h: curve, c: null }), dead: null };
    const clippedNorms = { median: 1, largest: 2, divergedAt: null };
    return {
      ...{ cell, init: 'uniform', start: reach, end: reach, validationLossNats, clipped: 0, clippedNorms },
      freeNorms: null,
      ...changes,
    };
  };
  const [sigmoid, tanh] = [contender('sigmoid', -9, 2.2), contender('tanh', -6, 2)];

  test('the furthest is one that has learnt, and is neither sigmoid nor tanh', () => {
    const [relu, lstm, gru] = [
      contender('relu', -0.1, 3),
      contender('lstm', -3, 2.1),
      contender('gru', -2, 2.2),
    ];
    expect(furthest([sigmoid, tanh, relu, lstm, gru])).toBe(gru);
    expect(furthest([sigmoid, tanh, relu])).toBe(null);
    expect(furthest([sigmoid, tanh, { ...gru, end: null }, lstm])).toBe(lstm);
    // It diverged: there is no loss to compare.
    expect(furthest([sigmoid, tanh, contender('relu', -0.1, null), lstm])).toBe(lstm);
  });

  test.each([
    ['holds', [sigmoid, tanh, contender('gru', -1, 2)]],
    ['partly', [sigmoid, tanh, contender('gru', -5, 2)]],
    ['partly', [sigmoid, tanh, contender('gru', -1, 3)]],
    ['partly', [sigmoid, contender('tanh', -1.9, 2), contender('gru', 0.5, 2)]],
    ['fails', [sigmoid, contender('tanh', -1, 2), contender('gru', -0.5, 2)]],
  ] as const)('the verdict: %s', (outcome, contenders) => {
    expect(methodsOutcome(contenders)).toBe(outcome);
  });
});

describe('6, the level curve', () => {
  test('both over the same timesteps, relative to the last', () => {
    const found = compare([2, 20, 10], [0, -1, null]);
    const { total, last, leftLog10 } = found;
    expectEachClose(total.map(Number), [Math.log10(0.2), Math.log10(2), 0], 1e-12, 'total');
    expect(last).toEqual([null, -1, 0]);
    expect(totalRange(found)).toBeCloseTo(1, 12);
    expect(leftLog10).toBeNull();
    expect(compare([0, 1], [0, -3])).toMatchObject({ total: [null, 0], leftLog10: -3 });
  });

  const ranging = (decades: number, leftLog10: number | null) => ({
    totalLog10: { smallest: -decades, largest: 0 },
    leftLog10,
  });

  test('an exact 0 is null, as in the logs, and comes through JSON as it is', () => {
    const found = compare([0, 1], [0, null]);
    expect(found.totalLog10).toEqual({ smallest: null, largest: 0 });
    expect(totalRange(found)).toBe(Infinity);
    expect(totalRange(compare([0, 0], [0, null]))).toBe(0);
    expect(JSON.parse(strictJson(found))).toEqual(found);
    expect(misleadingOutcome([found])).toBe('fails');
  });

  test.each([
    ['holds', ranging(0.3, -12), ranging(1, null)],
    ['holds', ranging(0.3, -12), ranging(1, -2)],
    ['partly', ranging(0.3, -12), ranging(0.3, -1.9)],
    ['fails', ranging(3, -12), ranging(0.3, -0.5)],
  ] as const)('the verdict: %s', (outcome, tanh, sigmoid) => {
    expect(misleadingOutcome([tanh, sigmoid])).toBe(outcome);
  });
});
