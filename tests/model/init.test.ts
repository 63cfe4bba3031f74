/** How the weights start, against what each initialisation promises. */
import { describe, expect, test } from 'vitest';
import { Rng } from '../../src/base/rng.js';
import { openReference } from '../../src/kernels/reference.js';
import { INITS, initialise, type InitName } from '../../src/model/init.js';
import { Parameters } from '../../src/model/parameters.js';
import { WITH_MATRIX } from '../cells.js';
import { CELLS, GATES, type CellName } from '../../src/model/shape.js';
import { engines } from '../engines.js';

const SEED = 8;
const models = CELLS.flatMap((cell) => INITS.map((init) => ({ cell, init })));
const isWeight = (name: string): boolean => name.includes('weight');

function drawn(
  cell: CellName,
  init: InitName,
  options: { hidden?: number; forgetBias?: number; seed?: number } = {},
) {
  const { hidden = 24, forgetBias = 1, seed = SEED } = options;
  const parameters = new Parameters(openReference(), { cell, layers: 2, hidden, symbols: 17 });
  parameters.flat.data.fill(NaN);
  initialise(parameters, { init, forgetBias }, Rng.fromSeed(seed));
  return parameters;
}

/** All numbers of the named tensors, the LSTM's forget biases (set apart) left out. */
function numbersOf(parameters: Parameters, wanted: (name: string) => boolean): number[] {
  const { cell, hidden } = parameters.shape;
  return [...parameters.byName].flatMap(([name, { data }]) =>
    wanted(name)
      ? Array.from(data).filter(
          (_, j) => !(cell === 'lstm' && name.includes('bias_') && j >= hidden && j < 2 * hidden),
        )
      : [],
  );
}
const deviation = (xs: readonly number[]): number =>
  Math.sqrt(xs.reduce((sum, x) => sum + x * x, 0) / xs.length);

/** |found / wanted − 1|, for statistics over many draws. */
const off = (found: number, wanted: number): number => Math.abs(found / wanted - 1);

describe.each(models)(`$cell, $init (seed ${SEED})`, ({ cell, init }) => {
  test('every number is set', () => {
    expect(drawn(cell, init).flat.data.every(Number.isFinite)).toBe(true);
  });

  test('the same seed gives the same weights, another seed others', () => {
    const weights = [...drawn(cell, init).flat.data];
    expect([...drawn(cell, init).flat.data]).toEqual(weights);
    const others = drawn(cell, init, { seed: SEED + 1 }).flat.data;
    expect(weights.some((x, j) => x !== others[j])).toBe(true);
  });

  if (cell === 'lstm')
    test('the forget biases sum to exactly the wanted one', () => {
      for (const forgetBias of [1, 0, -2.5, 0.1]) {
        const parameters = drawn(cell, init, { forgetBias });
        const { hidden } = parameters.shape;
        for (const { biasIh, biasHh } of parameters.layers)
          for (let j = hidden; j < 2 * hidden; j++) {
            expect(biasIh.data[j]).toBe(forgetBias);
            expect(biasHh.data[j]).toBe(0);
          }
      }
    });

  test('nothing else hangs on the forget bias', () => {
    const [with1, with5] = [drawn(cell, init), drawn(cell, init, { forgetBias: 5 })];
    const all = (parameters: Parameters): number[] => numbersOf(parameters, () => true);
    expect(all(with5)).toEqual(all(with1));
  });

  if (init !== 'uniform')
    test('biases are 0', () => {
      const biases = numbersOf(drawn(cell, init), (name) => !isWeight(name));
      expect(biases.length).toBeGreaterThan(0);
      expect(biases.filter((x) => x !== 0)).toEqual([]);
    });
});

describe.each(WITH_MATRIX)(`%s (seed ${SEED})`, (cell) => {
  const G = GATES[cell];
  const H = 24;

  /** Gate blocks of a matrix of G·H rows. */
  const blocks = (parameters: Parameters, name: string) =>
    Array.from({ length: G }, (_, gate) => parameters.tensor(name).rowRange(gate * H, H));

  test('uniform: within ±1/√H, right to its ends, weights and biases alike', () => {
    const parameters = drawn(cell, 'uniform');
    const limit = 1 / Math.sqrt(H);
    for (const wanted of [isWeight, (name: string) => !isWeight(name)]) {
      const numbers = numbersOf(parameters, wanted);
      expect(Math.max(...numbers.map(Math.abs))).toBeLessThanOrEqual(limit);
      expect(Math.max(...numbers)).toBeGreaterThan(0.93 * limit);
      expect(Math.min(...numbers)).toBeLessThan(-0.93 * limit);
    }
    expect(off(deviation(numbersOf(parameters, isWeight)), limit / Math.sqrt(3))).toBeLessThan(0.05);
  });

  test('glorot: within ±√(6 / (fan in + fan out)), each gate’s block by itself', () => {
    const parameters = drawn(cell, 'glorot');
    const limits: [string, number][] = [
      ['rnn.weight_ih_l0', Math.sqrt(6 / (17 + H))],
      ['rnn.weight_hh_l0', Math.sqrt(6 / (2 * H))],
      ['rnn.weight_ih_l1', Math.sqrt(6 / (2 * H))],
      ['rnn.weight_hh_l1', Math.sqrt(6 / (2 * H))],
    ];
    const check = (data: ArrayLike<number>, limit: number): void => {
      const sizes = Array.from(data, Math.abs);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(limit);
      expect(Math.max(...sizes)).toBeGreaterThan(0.93 * limit);
      expect(off(deviation(sizes), limit / Math.sqrt(3))).toBeLessThan(0.1);
    };
    for (const [name, limit] of limits)
      for (const block of blocks(parameters, name)) check(block.data, limit);
    check(parameters.readoutWeight.data, Math.sqrt(6 / (17 + H)));
  });

  test('orthogonal: W·Wᵀ = I for each gate’s block of W_hh; the others glorot', () => {
    for (const hidden of [1, 2, 24]) {
      const parameters = drawn(cell, 'orthogonal', { hidden });
      for (const { weightHh } of parameters.layers)
        for (let gate = 0; gate < G; gate++) {
          const block = weightHh.rowRange(gate * hidden, hidden);
          for (let i = 0; i < hidden; i++)
            for (let j = 0; j < hidden; j++) {
              const [a, b] = [block.rowRange(i, 1).data, block.rowRange(j, 1).data];
              const product = Array.from(a, (x, k) => x * b[k]).reduce((sum, x) => sum + x, 0);
              expect(Math.abs(product - (i === j ? 1 : 0))).toBeLessThanOrEqual(1e-6);
            }
        }
    }
    const parameters = drawn(cell, 'orthogonal');
    // Neither the same block twice nor a permutation of axes.
    const [hh0, hh1] = parameters.layers.map(({ weightHh }) => Array.from(weightHh.data));
    expect(hh0).not.toEqual(hh1);
    expect(hh0.filter((x) => Math.abs(x) > 0.99)).toEqual([]);
    if (G > 1) {
      const [first, second] = blocks(parameters, 'rnn.weight_hh_l0').map(({ data }) => [...data]);
      expect(first).not.toEqual(second);
    }
    const limit = Math.sqrt(6 / (17 + H));
    expect(Math.max(...Array.from(parameters.layers[0].weightIh.data, Math.abs))).toBeLessThanOrEqual(limit);
  });

  test('identity: W_hh the identity in each block, other weights with deviation 0.001', () => {
    const parameters = drawn(cell, 'identity');
    const identity = Array.from({ length: H * H }, (_, j) => (j % (H + 1) === 0 ? 1 : 0));
    for (const l of [0, 1])
      for (const block of blocks(parameters, `rnn.weight_hh_l${l}`))
        expect([...block.data]).toEqual(identity);
    const others = numbersOf(parameters, (name) => isWeight(name) && !name.includes('hh'));
    expect(off(deviation(others), 0.001)).toBeLessThan(0.1);
  });

  test('normal: weights with deviation 1/√(fan in)', () => {
    const parameters = drawn(cell, 'normal');
    for (const [name, { data, cols }] of parameters.byName)
      if (isWeight(name)) {
        expect(off(deviation(Array.from(data)), 1 / Math.sqrt(cols)), name).toBeLessThan(0.15);
        // Beyond any uniform distribution of that deviation: √3 of it.
        expect(Math.max(...Array.from(data, Math.abs)), name).toBeGreaterThan(2 / Math.sqrt(cols));
      }
  });
});

test.each(engines)(`$name starts with the reference’s weights, rounded (seed ${SEED})`, async ({ open }) => {
  for (const init of INITS) {
    const shape = { cell: 'lstm', layers: 2, hidden: 24, symbols: 17 } as const;
    const parameters = new Parameters(await open(), shape);
    initialise(parameters, { init, forgetBias: 1 }, Rng.fromSeed(SEED));
    expect(parameters.toFloat32()).toEqual(drawn('lstm', init).toFloat32());
  }
});
