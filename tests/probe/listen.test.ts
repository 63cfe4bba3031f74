/** listen against finite differences of −log p with the one-hot input nudged in every direction. */
import { describe, expect, test } from 'vitest';
import { openReference } from '../../src/kernels/reference.js';
import { Network } from '../../src/model/network.js';
import { CELLS } from '../../src/model/shape.js';
import { listenTo } from '../../src/probe/listen.js';
import { engines } from '../engines.js';
import type { Kernels } from '../../src/kernels/kernels.js';
import { cutShort, differences, drawModel, naivePass, norm, type NaiveModel } from './naive.js';

const SEED = 15;
const models = CELLS.flatMap((cell) => [1, 2].map((layers) => ({ cell, layers })));

/** One row of a drawn model, the carry zero, each input the target before it: a passage. */
function passageIn(model: NaiveModel): { one: NaiveModel; passage: Uint16Array } {
  const ids = [...model.inputs.map(([id]) => id), model.targets[model.timesteps - 1][0]];
  const zero = (): number[][][] => model.carry.h.map(() => [new Array<number>(model.shape.hidden).fill(0)]);
  const one = {
    ...model,
    rows: 1,
    inputs: ids.slice(0, -1).map((id) => [id]),
    targets: ids.slice(1).map((id) => [id]),
    carry: { h: zero(), c: zero() },
  };
  return { one, passage: Uint16Array.from(ids) };
}
function networkOf(kernels: Kernels, model: NaiveModel): Network {
  const network = new Network(kernels, model.shape);
  network.parameters.load(model.weights);
  network.refresh();
  return network;
}

describe.each(engines)('$name', ({ open, tolerance }) => {
  test.each(models)(`$cell, $layers layers (seed ${SEED})`, async ({ cell, layers }) => {
    const { one, passage } = passageIn(drawModel(cell, layers, SEED, cell === 'sigmoid' ? 2 : 1));
    const { symbols } = one.shape;
    const found = listenTo(networkOf(await open(), one), passage);
    expect(found.log10.map((row) => row.length)).toEqual(Array.from(passage.keys()));
    found.log10.forEach((row, s) => {
      if (s === 0) return;
      const ends = cutShort(one, s);
      const expected = row.map((_, timestep) =>
        norm(differences(ends, 'last', { what: 'input', layer: 0, timestep }, symbols)),
      );
      row.forEach((value, t) => {
        const error = Math.abs((value === null ? 0 : 10 ** value) - expected[t]);
        expect(error, `${s} listens to ${t}`).toBeLessThanOrEqual(
          Math.max(1e-7, tolerance) * Math.max(...expected),
        );
      });
      expect(Math.abs((found.probability[s] ?? NaN) - Math.exp(-naivePass(ends).last))).toBeLessThan(
        tolerance,
      );
    });
    expect(found.probability[0]).toBeNull();
  });
});

test('chosen places alone; and a longer passage after a shorter one', () => {
  const { one, passage } = passageIn(drawModel('gru', 2, SEED, 1));
  const network = networkOf(openReference(), one);
  const all = listenTo(network, passage);
  expect(listenTo(network, passage, [3])).toEqual({
    log10: all.log10.map((row, s) => (s === 3 ? row : [])),
    probability: all.probability,
  });
  const long = Uint16Array.from({ length: 250 }, (_, s) => passage[s % passage.length]);
  const far = listenTo(network, long, [249]);
  expect(far.log10[249]).toHaveLength(249);
  expect(far.log10[249].every((x) => x !== null && Number.isFinite(x))).toBe(true);
  expect(listenTo(network, passage)).toEqual(all);
});
