/** `check` as a library: right gradients pass, a fast engine that is wrong fails by name; kinks, small gradients, words. */
import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.js';
import type { Kernels } from '../../../src/kernels/kernels.js';
import { openReference } from '../../../src/kernels/reference.js';
import { openWasm } from '../../../src/kernels/wasm.js';
import { initialise } from '../../../src/model/init.js';
import { Network } from '../../../src/model/network.js';
import { CELLS, parameterCount, tensorShapes, type CellName } from '../../../src/model/shape.js';
import { checkTable } from '../../../src/study/check/show.js';
import { check } from '../../../src/study/check/measure.js';
import { checkGradients } from '../../../src/study/check/gradient-check.js';
import type { Model } from '../../../src/study/model/model.js';
import { Nudging } from '../../../src/study/check/nudging.js';
import { Alphabet } from '../../../src/text/alphabet.js';
import { longWindow } from '../../probe/windows.js';
import { en } from '../../../src/words/en/words.js';

const TEXT = 'o rato roeu a roupa do rei de roma, e a rainha roeu o resto. ';
const alphabet = Alphabet.of(TEXT, 'text');

function modelIn(kernels: Kernels, cell: CellName): Model {
  const network = new Network(kernels, { cell, layers: 2, hidden: 4, symbols: alphabet.size });
  initialise(network.parameters, { init: 'uniform', forgetBias: 1 }, Rng.fromSeed(3));
  network.refresh();
  return { network, alphabet };
}
const OPTIONS = { rows: 3, timesteps: 6, entries: Infinity, seed: 1 };

describe.each(CELLS)('%s (seed 3)', (cell) => {
  test('passes in every entry of weights, carry and states', () => {
    const model = modelIn(openReference(), cell);
    const { shape } = model.network;
    const report = check(model, TEXT, OPTIONS, 'text');
    expect(report).toMatchObject({ passed: true, engine: null, agreement: 1e-7, model: shape });
    expect(report.worst).toBeLessThanOrEqual(1e-7);
    const states = cell === 'lstm' ? ['h', 'c'] : ['h'];
    expect(report.tensors.map(({ name }) => name)).toEqual([
      ...tensorShapes(shape).map(({ name }) => name),
      ...[0, 1].flatMap((l) => states.map((state) => `${state}0_l${l}`)),
      ...[0, 1].flatMap((l) => states.map((state) => `${state}_l${l}`)),
    ]);
    const seen = report.tensors.reduce((sum, { compared, atKink }) => sum + compared + atKink, 0);
    expect(seen).toBe(parameterCount(shape) + states.length * 2 * (1 + 6) * 3 * 4);
    expect(checkTable(report, en)).toContain('The gradients are right');
  });

  test('the fast engine is set beside float64, and a wrong one is named', async () => {
    const fast = await openWasm();
    const report = check(modelIn(fast, cell), TEXT, { ...OPTIONS, entries: 2 }, 'text');
    expect(report.passed).toBe(true);
    expect(report.engine?.name).toBe(fast.name);
    expect(report.engine?.worst).toBeGreaterThan(0);
    expect(report.engine?.worst).toBeLessThan(1e-5);
    expect(report.measuring?.name).toBe(fast.float64.name);
    expect(report.measuring?.worst).toBeLessThan(1e-12);
    expect(report.tensors.every(({ compared }) => compared <= 2)).toBe(true);

    const wrong = await openWasm();
    const transposedProduct = wrong.transposedProduct.bind(wrong);
    wrong.transposedProduct = (c, a, b, sums) => {
      transposedProduct(c, a, b, sums);
      if (sums) sums.data[1] *= 1.01;
    };
    const found = check(modelIn(wrong, cell), TEXT, { ...OPTIONS, entries: 2 }, 'text');
    expect(found.passed).toBe(false);
    expect(found.tensors.every(({ passed }) => passed)).toBe(true);
    const far = found.engine?.tensors.filter(({ error }) => error > 1e-3).map(({ name }) => name) ?? [];
    expect(far.length).toBeGreaterThan(0);
    expect(far.every((name) => name.includes('bias'))).toBe(true);
    expect(checkTable(found, en)).toContain('TOO FAR');
  });
});

test('entries at a ReLU’s kink are passed over, the others compared', () => {
  const nudging = new Nudging(openReference());
  const unrolled = longWindow(
    nudging.kernels,
    { cell: 'relu', layers: 1, hidden: 3, timesteps: 4, seed: 2 },
    (parameters) => {
      initialise(parameters, { init: 'orthogonal', forgetBias: 1 }, Rng.fromSeed(2));
      parameters.layers[0].biasIh.data.fill(2);
      // Unit 0 stands at 0 exactly, whatever comes.
      parameters.layers[0].weightIh.rowRange(0, 1).data.fill(0);
      parameters.layers[0].weightHh.rowRange(0, 1).data.fill(0);
      parameters.layers[0].biasIh.data[0] = 0;
    },
  );
  const checked = checkGradients(nudging, unrolled, {
    from: 'window',
    of: ['weights', 'states'],
    entries: Infinity,
    seed: 1,
  });
  const byName = new Map(checked.map((tensor) => [tensor.name, tensor]));
  expect(byName.get('rnn.bias_ih_l0')).toMatchObject({ size: 3, compared: 2, atKink: 1, passed: true });
  expect(byName.get('readout.weight')).toMatchObject({ size: 15, compared: 15, atKink: 0, passed: true });
  // h is nudged behind the ReLU; what follows of it reaches unit 0 with weight 0.
  expect(byName.get('h_l0')).toMatchObject({ atKink: 0, passed: true });
});

test('a wrong backward line fails with what it found, and the weights are as before', () => {
  const reference = openReference();
  const nudging = new Nudging({
    ...reference,
    lstmBackward(delta, dc, dcPrev, ...others) {
      reference.lstmBackward(delta, dc, dcPrev, ...others);
      dcPrev.data.forEach((x, j, all) => (all[j] = 0.9 * x));
    },
  });
  const size = { cell: 'lstm', layers: 1, hidden: 4, timesteps: 5, seed: 2 } as const;
  const unrolled = longWindow(nudging.kernels, size, (parameters) => {
    initialise(parameters, { init: 'normal', forgetBias: 1 }, Rng.fromSeed(2));
  });
  const before = [...unrolled.network.parameters.flat.data];
  const checked = checkGradients(nudging, unrolled, {
    from: 'last',
    of: ['weights', 'carry', 'states'],
    entries: 9,
    seed: 5,
  });
  expect([...unrolled.network.parameters.flat.data]).toEqual(before);
  const wrong = checked.filter(({ passed }) => !passed).map(({ name }) => name);
  expect(wrong).toEqual(expect.arrayContaining(['rnn.weight_hh_l0', 'c0_l0', 'c_l0']));
  expect(wrong).not.toContain('readout.weight');
  const report = {
    model: unrolled.network.shape,
    window: { timesteps: 5, rows: 2 },
    loss: { window: 1, last: 1 },
    tensors: checked,
    worst: 1,
    agreement: 1e-7,
    engine: null,
    measuring: null,
    passed: false,
  };
  const table = checkTable(report, en);
  expect(table).toMatch(/c_l0 .*WRONG/);
  expect(table).toContain(`The gradients of ${wrong.length} of ${checked.length} tensors are wrong`);
  expect(table).toMatch(/ {2}c_l0, entry \d+: backward says -?\d/);
  expect(table.split('\n').filter((line) => line !== line.trimEnd())).toEqual([]);
});

test('a NaN fails', () => {
  const reference = openReference();
  const nudging = new Nudging({
    ...reference,
    transposedProduct(c, a, b, sums) {
      reference.transposedProduct(c, a, b, sums);
      if (sums) sums.data[0] = NaN;
    },
  });
  const unrolled = longWindow(
    nudging.kernels,
    { cell: 'tanh', layers: 1, hidden: 2, timesteps: 3, seed: 2 },
    (parameters) => {
      initialise(parameters, { init: 'normal', forgetBias: 1 }, Rng.fromSeed(2));
    },
  );
  const checked = checkGradients(nudging, unrolled, {
    from: 'window',
    of: ['weights'],
    entries: Infinity,
    seed: 1,
  });
  expect(checked.filter(({ passed }) => !passed).map(({ name }) => name)).toEqual([
    'rnn.bias_ih_l0',
    'rnn.bias_hh_l0',
    'readout.bias',
  ]);
});

test('a text that is too short', () => {
  expect(() => check(modelIn(openReference(), 'tanh'), 'o rato', OPTIONS, 'a.txt')).toThrow(
    'a.txt: the text has 6 characters, expected at least 19 for 3 sequences of 6 timesteps',
  );
});
