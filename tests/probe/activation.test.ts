/** activation: the mean of each gate, against the mean over the naive pass's activations. */
import { describe, expect, test } from 'vitest';
import { backwardWithProbes } from '../../src/bptt/probing.js';
import { CELLS } from '../../src/model/shape.js';
import { activation } from '../../src/probe/activation.js';
import { expectEachClose } from '../close.js';
import { engines } from '../engines.js';
import { drawModel, naivePass, passIn } from './naive.js';

const SEED = 9;
const GATES = {
  tanh: [],
  relu: [],
  sigmoid: [],
  lstm: ['i', 'f', 'g', 'o'],
  gru: ['r', 'z', 'n'],
  mingru: ['z'],
  indrnn: [],
};

describe.each(engines)('$name', ({ open, tolerance }) => {
  test.each(CELLS.flatMap((cell) => [1, 2].map((layers) => ({ cell, layers }))))(
    `$cell, $layers layers (seed ${SEED})`,
    async ({ cell, layers }) => {
      const model = drawModel(cell, layers, SEED, 1.5);
      const report = backwardWithProbes(passIn(await open(), model).unrolled, null, [activation]);
      const { activations } = naivePass(model);
      expect(report).toHaveLength(layers);
      report?.forEach((layer, l) => {
        if (GATES[cell].length === 0) expect(layer).toEqual({ layer: l });
        else expect(Object.keys(layer.activation ?? {})).toEqual(GATES[cell]);
        for (const gate of GATES[cell]) {
          const means = activations[l].map((at) => at[gate].reduce((sum, x) => sum + x, 0) / at[gate].length);
          expectEachClose(layer.activation?.[gate], means, tolerance, `${gate}, layer ${l}`);
        }
      });
    },
  );
});
