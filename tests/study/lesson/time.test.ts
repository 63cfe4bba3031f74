/** Sections 6 to 9: their figures against independent computations, their verdicts for each outcome. */
import { describe, expect, test } from 'vitest';
import { openReference } from '../../../src/kernels/reference.js';
import { memoryOf } from '../../../src/probe/memory.js';
import { strictJson } from '../../../src/store/json.js';
import { inspect } from '../../../src/study/inspect/measure.js';
import type { Stages } from '../../../src/words/lesson/outcome.js';
import {
  besideUsual,
  deadUnits,
  exploded,
  methodsVerdict,
  normsOf,
} from '../../../src/study/lesson/sections/methods.js';
import { furthest, type Attempt, type MethodNets } from '../../../src/words/lesson/methods.js';
import { compared, misleadingVerdict } from '../../../src/study/lesson/sections/misleading.js';
import { totalRange, type Misleading } from '../../../src/words/lesson/misleading.js';
import { boundAtEnd } from '../../../src/words/lesson/product.js';
import { productOf, productVerdict } from '../../../src/study/lesson/sections/product.js';
import { remediesOf } from '../../../src/study/lesson/sections/remedies.js';
import { loadModel, type ModelContents } from '../../../src/study/model/model.js';
import { expectEachClose } from '../../close.js';
import { TEXT, tinyContents } from './tiny.js';

const SIZE = { rows: 3, timesteps: 7 };
const inspected = (contents: ModelContents) =>
  inspect(loadModel(openReference(), contents), TEXT, SIZE, 'tiny').layers;
const stages = <T>(start: T, end: T | null, hasLearnt = true): Stages<T> => ({
  ...{ start, end, validationLossNats: end === null ? null : 1, hasLearnt },
});

describe('6, the product', () => {
  test('the factors make the curve, and it is under the bound', () => {
    const found = productOf(inspected(tinyContents('tanh', { spread: 0.5 }))[0]);
    let sum = 0;
    const added = found.activations.map(
      (part, k) => (sum += (part ?? NaN) + (found.weightsBySteps[k] ?? NaN)),
    );
    expectEachClose(added, found.curve.slice(1).map(Number), 1e-9, 'curve');
    const last = Number(found.curve.at(-1));
    expect(found.factor).toBeCloseTo(10 ** (last / (SIZE.timesteps - 1)), 12);
    expect(found.activation * found.weights).toBeCloseTo(found.factor, 12);
    expect(found.isBounded).toBe(true);
    expect(10 ** (found.boundLog10 ?? NaN)).toBeCloseTo(found.sigma1, 12);
    expect(boundAtEnd(found)).toBeCloseTo((SIZE.timesteps - 1) * (found.boundLog10 ?? NaN), 12);
    expect(last).toBeLessThan(boundAtEnd(found) ?? NaN);
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
    expect(found).toMatchObject({ factor: 0, activation: 0, weights: 0, shrinking: 1 });
    expect(JSON.parse(strictJson(found))).toEqual(found);
  });

  const one = (shrinking: number, isBounded = true, end = -2) => ({ shrinking, isBounded, curve: [0, end] });
  const both = (sigmoid: Stages<ReturnType<typeof one>>, tanh: Stages<ReturnType<typeof one>>) => [
    { cell: 'sigmoid' as const, ...sigmoid },
    { cell: 'tanh' as const, ...tanh },
  ];
  test.each([
    ['holds', both(stages(one(1), one(0.9)), stages(one(1), one(1)))],
    ['holds', both(stages(one(1), one(0.1), false), stages(one(1), null, false))],
    ['partly', both(stages(one(1), one(0.5)), stages(one(1), one(1)))],
    // One small factor is not many: 2% is left.
    ['partly', both(stages(one(1), one(1)), stages(one(1, true, -1.7), null, false))],
    ['partly', both(stages(one(1), one(1, false)), stages(one(1), one(1)))],
    ['fails', both(stages(one(0.2, false), one(0.2, false)), stages(one(0.5, false), null, false))],
  ] as const)('the verdict: %s', (outcome, found) => {
    expect(productVerdict(found).outcome).toBe(outcome);
  });
});

describe('7 and 8, the methods and the remedies', () => {
  test('dead units: those that nothing can open', () => {
    const contents = tinyContents('relu', { hidden: 5 });
    const parameters = new Map([...contents.parameters].map(([name, all]) => [name, Float32Array.from(all)]));
    const bias = parameters.get('rnn.bias_ih_l0');
    // Two far below what any input brings, the others far above.
    bias?.set([-100, 100, 100, -100, 100]);
    parameters.get('rnn.weight_hh_l0')?.fill(0);
    const model = loadModel(openReference(), { ...contents, parameters });
    expect(deadUnits(model, model.alphabet.encode(TEXT, ''), SIZE)).toBeCloseTo(2 / 5, 12);
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
    expect(besideUsual(none)).toBeNull();
    // A gradient of zero is no size to compare with.
    expect(besideUsual({ median: 0, largest: 1, divergedAt: null })).toBeNull();
  });

  const attempt = (
    decades: number,
    validationLossNats: number | null,
    changes: Partial<Attempt> = {},
  ): Attempt => {
    const curve = Array.from({ length: 11 }, (_, k) => (k * decades) / 10);
    const reach = { curve, memory: memoryOf({ h: curve, c: null }), dead: null };
    const clippedNorms = { median: 1, largest: 2, divergedAt: null };
    return {
      ...{ seed: 1, start: reach, end: reach, validationLossNats, clipped: 0, clippedNorms, freeNorms: null },
      hasLearnt: validationLossNats !== null && validationLossNats < 3,
      ...changes,
    };
  };
  const contender = (
    cell: MethodNets['cell'],
    decades: number,
    loss: number | null,
    changes: Partial<Attempt> = {},
  ): MethodNets => ({ cell, init: 'uniform', attempts: [attempt(decades, loss, changes)] });
  const [sigmoid, tanh] = [contender('sigmoid', -9, 2.2), contender('tanh', -6, 2)];

  test('the furthest is one that predicts no worse than sigmoid, and is neither sigmoid nor tanh', () => {
    const [relu, lstm, gru] = [
      contender('relu', -0.1, 2.9),
      contender('lstm', -3, 2.1),
      contender('gru', -2, 2.2),
    ];
    expect(furthest([sigmoid, tanh, relu, lstm, gru])).toBe(gru);
    expect(furthest([sigmoid, tanh, relu])).toBe(null);
    expect(furthest([sigmoid, tanh, contender('relu', -0.1, null), lstm])).toBe(lstm);
    // Where sigmoid has learnt nothing, that is no measure.
    const unlearnt = contender('sigmoid', -9, 3.2);
    expect(furthest([unlearnt, tanh, relu, lstm])).toBe(relu);
    expect(furthest([unlearnt, tanh, contender('relu', -0.1, 3.1)])).toBe(null);
  });

  test.each([
    ['holds', [sigmoid, tanh, contender('gru', -3, 2)]],
    ['partly', [sigmoid, tanh, contender('gru', -3.1, 2)]],
    ['partly', [contender('sigmoid', -1.9, 2.2), tanh, contender('gru', -1, 2)]],
    ['fails', [contender('sigmoid', -1, 2.2), contender('tanh', -1, 2), contender('gru', -0.1, 2)]],
    // No other has learnt: that sigmoid and tanh vanish is half of the claim alone.
    ['open', [sigmoid, tanh, contender('gru', -1, 3.1)]],
  ] as const)('the verdict on the methods: %s', (outcome, contenders) => {
    expect(methodsVerdict(contenders).outcome).toBe(outcome);
  });

  const relu = (init: MethodNets['init'], ...attempts: Attempt[]): MethodNets => ({
    cell: 'relu',
    init,
    attempts,
  });
  const verdict = (uniform: Attempt, identity: Attempt, beside = tanh) =>
    remediesOf([beside, relu('uniform', uniform), relu('identity', identity), contender('lstm', -1, 2)]);
  const works = attempt(-1, 2);
  const dead = { ...works, end: { ...works.start, dead: 0.5 } };
  const explodes = { ...works, freeNorms: { median: 1, largest: 1e6, divergedAt: null } };
  test.each([
    ['holds', works, works, tanh],
    ['partly', works, attempt(-5, 2), tanh],
    ['partly', works, dead, tanh],
    ['partly', explodes, works, tanh],
    ['partly', works, attempt(-1, 2.5), tanh],
    ['partly', attempt(2.5, 2), works, tanh],
    ['fails', attempt(-5, 2), attempt(-1, 3.1), tanh],
    ['fails', attempt(-5, 2), attempt(-1, null, { end: null }), tanh],
    ['open', works, works, contender('tanh', -1, 2)],
    ['open', works, works, contender('tanh', -6, 3.1)],
  ] as const)('the verdict on ReLU: %s', (outcome, uniform, identity, beside) => {
    expect(verdict(uniform, identity, beside).outcome).toBe(outcome);
  });

  test('each remedy has a verdict of its own, with its price; the gated cells stand beside', () => {
    const { parts, remedies } = verdict(attempt(-5, 2), { ...dead, validationLossNats: 2.5 });
    expect(parts.map(({ name, outcome, isBeside }) => [name, outcome, isBeside])).toEqual([
      ['relu uniform', 'fails', false],
      ['relu identity', 'partly', false],
      ['lstm', 'holds', true],
    ]);
    expect(remedies[1].trials).toEqual([
      { seed: 1, reaches: true, hasLearnt: true, dies: true, explodes: false, isBehind: true },
    ]);
  });

  test('what has learnt nothing does not reach, however level its curve', () => {
    const { remedies } = verdict(attempt(-0.1, 3.1), works);
    expect(remedies[0].trials[0]).toMatchObject({ reaches: false, hasLearnt: false });
  });
});

describe('9, the level curve', () => {
  test('both over the same timesteps, relative to the last', () => {
    const found = compared([2, 20, 10], [0, -1, null]);
    const { total, last, leftLog10 } = found;
    expectEachClose(total.map(Number), [Math.log10(0.2), Math.log10(2), 0], 1e-12, 'total');
    expect(last).toEqual([null, -1, 0]);
    expect(totalRange(found)).toBeCloseTo(1, 12);
    expect(leftLog10).toBeNull();
    expect(compared([0, 1], [0, -3])).toMatchObject({ total: [null, 0], leftLog10: -3 });
  });

  const ranging = (decades: number, leftLog10: number | null) => ({
    totalLog10: { smallest: -decades, largest: 0 },
    leftLog10,
  });

  test('an exact 0 is null, as in the logs, and comes through JSON as it is', () => {
    const found = compared([0, 1], [0, null]);
    expect(found.totalLog10).toEqual({ smallest: null, largest: 0 });
    expect(totalRange(found)).toBe(Infinity);
    expect(totalRange(compared([0, 0], [0, null]))).toBe(0);
    expect(JSON.parse(strictJson(found))).toEqual(found);
    expect(misleadingVerdict([{ cell: 'tanh', ...stages(found, null) }]).outcome).toBe('fails');
    // A gradient that ends in an exact 0 is no size to compare with.
    expect(compared([1, 0], [0, -1]).total).toEqual([null, null]);
  });

  const both = (tanh: Pick<Misleading, 'totalLog10' | 'leftLog10'>, sigmoid = tanh) => [
    { cell: 'tanh' as const, ...stages(ranging(0, -5), tanh) },
    { cell: 'sigmoid' as const, ...stages(sigmoid, null) },
  ];
  test.each([
    ['holds', both(ranging(0.3, -12), ranging(1, null))],
    ['holds', both(ranging(0.3, -12), ranging(1, -2))],
    // Where nothing has vanished there is nothing to hide.
    ['holds', both(ranging(0.3, -12), ranging(0.3, -1.9))],
    ['partly', both(ranging(3, -12), ranging(0.3, -5))],
    ['fails', [{ cell: 'tanh' as const, ...stages(ranging(3, -12), ranging(2, -5)) }]],
    ['open', [{ cell: 'tanh' as const, ...stages(ranging(0.3, -1), ranging(0.3, 0.5)) }]],
  ] as const)('the verdict: %s', (outcome, found) => {
    expect(misleadingVerdict(found).outcome).toBe(outcome);
  });
});
