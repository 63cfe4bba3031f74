/** What a cell declares: tensors, and how they begin; and a cell of one's own, which is trained and measured like the others. */
import { expect, test } from 'vitest';
import { Rng } from '../../src/base/rng.js';
import { backwardWithProbes } from '../../src/bptt/probing.js';
import { openReference } from '../../src/kernels/reference.js';
import { addCell, cellOf, findCell } from '../../src/model/cells/index.js';
import { vanilla } from '../../src/model/cells/vanilla.js';
import { initialise } from '../../src/model/init.js';
import { Parameters } from '../../src/model/parameters.js';
import { CELLS, parameterCount, tensorShapes, type CellName } from '../../src/model/shape.js';
import { recurrent } from '../../src/probe/recurrent.js';
import { split } from '../../src/probe/split.js';
import { theory } from '../../src/probe/theory.js';
import { longWindow } from '../probe/windows.js';

const shape = { layers: 2, hidden: 3, symbols: 5 };
const shapesOf = (cell: CellName): string[] =>
  tensorShapes({ cell, ...shape }).map(({ name, rows, cols, rank }) =>
    rank === 1 ? `${name} (${cols})` : `${name} (${rows}, ${cols})`,
  );
const READOUT = ['readout.weight (5, 3)', 'readout.bias (5)'];

test('minGRU has two blocks of W_ih and one bias; IndRNN a vector for W_hh', () => {
  expect(shapesOf('mingru')).toEqual([
    ...['rnn.weight_ih_l0 (6, 5)', 'rnn.bias_ih_l0 (6)', 'rnn.weight_ih_l1 (6, 3)', 'rnn.bias_ih_l1 (6)'],
    ...READOUT,
  ]);
  expect(shapesOf('indrnn')).toEqual([
    ...['rnn.weight_ih_l0 (3, 5)', 'rnn.weight_hh_l0 (3)', 'rnn.bias_ih_l0 (3)'],
    ...['rnn.weight_ih_l1 (3, 3)', 'rnn.weight_hh_l1 (3)', 'rnn.bias_ih_l1 (3)'],
    ...READOUT,
  ]);
});

test('u begins in (0, 1), and at 1 where W_hh would be orthogonal or the identity', () => {
  const parameters = new Parameters(openReference(), { cell: 'indrnn', layers: 1, hidden: 50, symbols: 5 });
  const uOf = (init: 'uniform' | 'normal' | 'orthogonal' | 'identity'): number[] => {
    initialise(parameters, { init, forgetBias: 1 }, Rng.fromSeed(1));
    return [...parameters.layers[0].weightHh.data];
  };
  for (const init of ['uniform', 'normal'] as const) {
    expect(Math.min(...uOf(init))).toBeGreaterThan(0);
    expect(Math.max(...uOf(init))).toBeLessThan(1);
    expect(new Set(uOf(init)).size).toBe(50);
  }
  for (const init of ['orthogonal', 'identity'] as const) expect(uOf(init)).toEqual(new Array(50).fill(1));
});

const measured = (cell: CellName, u?: readonly number[]) => {
  const size = { cell, layers: 1, hidden: 3, timesteps: 12, seed: 3 };
  const unrolled = longWindow(openReference(), size, (parameters) => {
    initialise(parameters, { init: 'uniform', forgetBias: 1 }, Rng.fromSeed(2));
    if (u) parameters.layers[0].weightHh.data.set(u);
  });
  return (backwardWithProbes(unrolled, null, [recurrent, split, theory]) ?? [])[0];
};

test('what asks for W_hh is null for minGRU, and the rest is there', () => {
  const { recurrent: share, split: stages, theory: found } = measured('mingru');
  expect([share, stages?.weights, found?.blocks, found?.boundLog10, found?.isTheorem]).toEqual([
    ...[null, null, null, null],
    false,
  ]);
  expect(stages?.gates.every((x) => Number.isFinite(x))).toBe(true);
  // h = (1 − z)∘h⁻ + …, with z of the input alone: nothing grows.
  expect(found?.lyapunov).toHaveLength(3);
  for (const exponent of found?.lyapunov ?? [NaN]) expect(exponent).toBeLessThan(0);
});

test('max|u|·γ bounds an IndRNN', () => {
  const { theory: found } = measured('indrnn', [0.25, -0.75, 0.5]);
  expect(found?.blocks).toEqual([{ name: 'relu', sigma1: 0.75, spectralRadius: 0.75 }]);
  expect(found?.boundLog10).toBeCloseTo(Math.log10(0.75), 12);
  expect(found?.isTheorem).toBe(true);
});

test('a cell from outside is known by its name from then on, and by no other’s', () => {
  const own = { ...vanilla('tanh'), label: 'mine' };
  expect(findCell('mine')).toBeNull();
  addCell('mine', own);
  addCell('mine', own);
  expect(cellOf('mine')).toBe(own);
  expect(parameterCount({ cell: 'mine', ...shape })).toBe(parameterCount({ cell: 'tanh', ...shape }));
  for (const [name, cell] of [
    ['mine', vanilla('relu')],
    ['lstm', own],
    ['Not a name', own],
  ] as const)
    expect(() => {
      addCell(name, cell);
    }).toThrow(RangeError);
  expect(CELLS).not.toContain('mine');
});
