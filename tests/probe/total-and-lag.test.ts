/** total and lag against finite differences of a naive forward pass in which h_t or c_t is nudged. */
import { describe, expect, test } from 'vitest';
import { backwardWithProbes } from '../../src/bptt/probing.js';
import { openReference } from '../../src/kernels/reference.js';
import { CELLS } from '../../src/model/shape.js';
import { lag } from '../../src/probe/lag.js';
import { total } from '../../src/probe/total.js';
import { expectClose } from '../close.js';
import { differences, drawModel, naivePass, norm, passIn } from './naive.js';

const SEED = 3;
const models = CELLS.flatMap((cell) => [1, 2].map((layers) => ({ cell, layers })));

describe.each(models)(`$cell, $layers layers (seed ${SEED})`, ({ cell, layers }) => {
  const model = drawModel(cell, layers, SEED, cell === 'sigmoid' ? 2 : 1);
  const { rows, timesteps, shape } = model;

  test('the naive pass and the engine agree on the losses', () => {
    const naive = naivePass(model);
    const { window, last } = passIn(openReference(), model);
    expect(Math.abs(window - naive.window)).toBeLessThan(1e-12);
    expect(Math.abs(last - naive.last)).toBeLessThan(1e-12);
  });

  test('total: ‖∂L/∂h_t‖ and ‖∂L/∂c_t‖;  lag: ‖∂ℓ/∂h_{T−1−k}‖ and ‖∂ℓ/∂c_{T−1−k}‖', () => {
    const report = backwardWithProbes(passIn(openReference(), model).unrolled, null, [total, lag]);
    expect(report).toHaveLength(layers);
    report?.forEach(({ layer, total: totals, lagLog10 }, l) => {
      expect(layer).toBe(l);
      const curve = (from: 'window' | 'last', what: 'h' | 'c'): number[] =>
        Array.from({ length: timesteps }, (_, timestep) =>
          norm(differences(model, from, { what, layer: l, timestep }, rows * shape.hidden)),
        );
      const linear = (values: readonly (number | null)[] | null | undefined): number[] | undefined =>
        values?.map((x) => (x === null ? 0 : 10 ** x));
      const agree = (what: 'h' | 'c'): void => {
        expectClose(totals?.[what] ?? undefined, curve('window', what), 1e-7, `total ${what}, layer ${l}`);
        const byLag = curve('last', what).reverse();
        expectClose(linear(lagLog10?.[what]), byLag, 1e-7, `lag ${what}, layer ${l}`);
      };
      agree('h');
      if (cell === 'lstm') agree('c');
      else expect([totals?.c, lagLog10?.c]).toEqual([null, null]);
    });
  });
});
