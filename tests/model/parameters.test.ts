/** Tensors' names, shapes and order against PyTorch's state_dict (the golden files list it), and loading. */
import { describe, expect, test } from 'vitest';
import { openReference } from '../../src/kernels/reference.js';
import { Parameters } from '../../src/model/parameters.js';
import { WITH_MATRIX } from '../cells.js';
import { parameterCount, tensorShapes } from '../../src/model/shape.js';
import { engines } from '../engines.js';
import { flatten, goldenNames, readGolden } from '../golden.js';

const loading = (parameters: Parameters, values: ReadonlyMap<string, ArrayLike<number>>) => (): void => {
  parameters.load(values);
};

test('the golden files hold every cell that PyTorch has', () => {
  expect(new Set(goldenNames.map((name) => readGolden(name).cell))).toEqual(new Set(WITH_MATRIX));
});

describe.each(goldenNames)('%s', (file) => {
  const golden = readGolden(file);
  const { cell, layers, hidden, symbols } = golden;
  const shape = { cell, layers, hidden, symbols };
  const values = new Map(Object.entries(golden.weights).map(([name, numbers]) => [name, flatten(numbers)]));

  test('names, shapes and order are PyTorch’s', () => {
    const theirs = Object.entries(golden.weights).map(([name, nested]) => {
      const sizes: number[] = [];
      for (let inner = nested; typeof inner !== 'number'; inner = inner[0]) sizes.push(inner.length);
      return { name, sizes };
    });
    const ours = tensorShapes(shape).map(({ name, rows, cols, rank }) => ({
      name,
      sizes: rank === 1 ? [cols] : [rows, cols],
    }));
    expect(ours).toEqual(theirs);
    expect(tensorShapes(shape).every(({ rows, rank }) => rank === 2 || rows === 1)).toBe(true);
    expect(parameterCount(shape)).toBe(
      [...values.values()].reduce((sum, numbers) => sum + numbers.length, 0),
    );
  });

  test.each(engines)('$name: loads, lies in one piece in that order, and comes back', async ({ open }) => {
    const parameters = new Parameters(await open(), shape);
    expect([...parameters.byName.keys()]).toEqual([...values.keys()]);
    // The order in which tensors come does not matter, nor what else comes.
    parameters.load(new Map([['other', [1, 2]], ...[...values].reverse()]));
    // The golden numbers are exact in float32.
    expect([...parameters.flat.data]).toEqual([...values.values()].flat());
    expect(new Map([...parameters.toFloat32()].map(([name, data]) => [name, [...data]]))).toEqual(values);
    const { layers: byLayer, readoutWeight, readoutBias } = parameters;
    const views = byLayer.flatMap(({ weightIh, weightHh, biasIh, biasHh }) => [
      weightIh,
      weightHh,
      biasIh,
      biasHh,
    ]);
    expect([...views, readoutWeight, readoutBias].map(({ data }) => [...data])).toEqual([...values.values()]);
    for (const { name, rows, cols } of tensorShapes(shape)) {
      const tensor = parameters.tensor(name);
      expect([tensor.rows, tensor.cols], name).toEqual([rows, cols]);
    }
  });

  test('a tensor that is missing, too short or too long is named, with both lengths', () => {
    const parameters = new Parameters(openReference(), shape);
    for (const { name, rows, cols } of tensorShapes(shape)) {
      const count = rows * cols;
      const without = new Map([...values].filter(([other]) => other !== name));
      expect(loading(parameters, without)).toThrow(new RangeError(`${name}: 0 numbers, not ${count}`));
      for (const length of [0, count - 1, count + 1, 2 * count]) {
        const wrong = new Map<string, ArrayLike<number>>([...without, [name, new Float32Array(length)]]);
        expect(loading(parameters, wrong)).toThrow(
          new RangeError(`${name}: ${length} numbers, not ${count}`),
        );
      }
    }
    expect(loading(parameters, values)).not.toThrow();
    expect([...parameters.flat.data]).toEqual([...values.values()].flat());
  });
});

test('a tensor that the model has not got', () => {
  const parameters = new Parameters(openReference(), { cell: 'gru', layers: 1, hidden: 2, symbols: 3 });
  expect(() => parameters.tensor('rnn.weight_ih_l1')).toThrow(new RangeError('no tensor rnn.weight_ih_l1'));
});

test('a copy stays as it was', () => {
  const parameters = new Parameters(openReference(), { cell: 'tanh', layers: 1, hidden: 2, symbols: 3 });
  const copy = parameters.toFloat32();
  parameters.flat.data.fill(1);
  expect([...copy.values()].every((data) => data.every((x) => x === 0))).toBe(true);
});
