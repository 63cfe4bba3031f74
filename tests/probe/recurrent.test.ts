/** recurrent against finite differences with W_hh nudged at one timestep alone. */
import { describe, expect, test } from 'vitest';
import { backwardWithProbes } from '../../src/bptt/probing.js';
import { openReference } from '../../src/kernels/reference.js';
import { Parameters } from '../../src/model/parameters.js';
import { CELLS, GATES } from '../../src/model/shape.js';
import { recurrent } from '../../src/probe/recurrent.js';
import { expectClose } from '../close.js';
import { differences, drawModel, norm, passIn } from './naive.js';

const SEED = 4;
const models = CELLS.flatMap((cell) => [1, 2].map((layers) => ({ cell, layers })));

test.each(models)(
  `$cell, $layers layers: a norm by timestep, and the timesteps sum to ∂L/∂W_hh (seed ${SEED})`,
  ({ cell, layers }) => {
    const model = drawModel(cell, layers, SEED, cell === 'sigmoid' ? 2 : 1);
    const { timesteps, shape } = model;
    const { unrolled } = passIn(openReference(), model);
    const gradients = new Parameters(unrolled.network.kernels, shape);
    const report = backwardWithProbes(unrolled, gradients, [recurrent]);
    expect(report).toHaveLength(layers);
    report?.forEach((layer, l) => {
      if (cell === 'mingru') {
        expect(layer.recurrent).toBeNull();
        return;
      }
      const count = cell === 'indrnn' ? shape.hidden : GATES[cell] * shape.hidden * shape.hidden;
      const shares = Array.from({ length: timesteps }, (_, timestep) =>
        differences(model, 'window', { what: 'weightHh', layer: l, timestep }, count),
      );
      expectClose(layer.recurrent ?? [], shares.map(norm), 1e-7, `recurrent, layer ${l}`);
      const whole = Array.from({ length: count }, (_, j) => shares.reduce((sum, share) => sum + share[j], 0));
      expectClose(gradients.layers[l].weightHh.data, whole, 1e-7, `∂L/∂W_hh, layer ${l}`);
    });
  },
);

describe('what is seen of it', () => {
  const seen = { timesteps: 4, layers: 2, cell: null, course: () => [], latest: () => [] };

  test('is the factor between the timesteps that add most and least, without those that add nothing', () => {
    const view = recurrent.view(
      [
        { layer: 0, recurrent: [0, 1e-3, 1e-1, 1e-2] },
        { layer: 1, recurrent: null },
      ],
      seen,
    );
    expect(view?.pictures).toHaveLength(1);
    const [{ title, charts }] = view?.pictures ?? [];
    expect(title).toMatchObject({ layer: 0, recurrent: 'W_hh', decades: 2 });
    expect(charts[0]).toMatchObject({
      curves: [{ points: [{ x: 1, y: null }, { y: -3 }, { y: -1 }, { y: -2 }] }],
    });
  });

  test('is nothing where no two timesteps add anything', () => {
    expect(recurrent.view([{ layer: 0, recurrent: [0, 1] }], seen)).toBeNull();
  });
});

describe('one room for the share is used again', () => {
  test('two measurements of one network do not disturb each other', () => {
    const model = drawModel('gru', 2, SEED, 1);
    const { unrolled } = passIn(openReference(), model);
    const once = backwardWithProbes(unrolled, null, [recurrent]);
    expect(backwardWithProbes(unrolled, null, [recurrent, recurrent])).toEqual(once);
    expect(backwardWithProbes(unrolled, null, [recurrent])).toEqual(once);
  });
});
