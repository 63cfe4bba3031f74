/** saturation against a count over the naive pass's activations, the derivatives by finite differences of φ itself. */
import { describe, expect, test } from 'vitest';
import { backwardWithProbes } from '../../src/bptt/probing.js';
import { CELLS } from '../../src/model/shape.js';
import { saturation } from '../../src/probe/saturation.js';
import { engines } from '../engines.js';
import { drawModel, naivePass, passIn } from './naive.js';

const SEED = 6;

/** φ′ at the place where φ is y, by the difference of φ around it. */
function slopeAt(name: string, y: number): number {
  const s = 1e-4;
  const isSigma = ['sigmoid', 'i', 'f', 'o', 'r', 'z'].includes(name);
  const phi = isSigma ? (x: number) => 1 / (1 + Math.exp(-x)) : Math.tanh;
  const x = isSigma ? Math.log(y / (1 - y)) : Math.atanh(y);
  // Where y has rounded to an end, x is infinite and φ flat.
  return Number.isFinite(x) ? (phi(x + s) - phi(x - s)) / (2 * s) : 0;
}
const isFlat = (name: string, y: number): boolean => (name === 'relu' ? y === 0 : slopeAt(name, y) < 0.05);

const NAMES = {
  tanh: ['tanh'],
  relu: ['relu'],
  sigmoid: ['sigmoid'],
  lstm: ['i', 'f', 'g', 'o', 'tanh(c)'],
  gru: ['r', 'z', 'n'],
  mingru: ['z'],
  indrnn: ['relu'],
};
const models = CELLS.flatMap((cell) => [1, 2].map((layers) => ({ cell, layers })));

describe.each(engines)('$name', ({ open }) => {
  test.each(models)(
    `$cell, $layers layers: the share of flat units by activation (seed ${SEED})`,
    async ({ cell, layers }) => {
      // Weights large enough for some units to be flat and some not; those of minGRU hear the input alone.
      const model = drawModel(cell, layers, SEED, cell === 'mingru' ? 12 : 2.5);
      const report = backwardWithProbes(passIn(await open(), model).unrolled, null, [saturation]);
      const { activations } = naivePass(model);
      expect(report).toHaveLength(layers);
      const shares = report?.map((layer) => layer.saturation);
      const expected = activations.map((byTimestep) =>
        Object.fromEntries(
          NAMES[cell].map((name) => [
            name,
            byTimestep.map((at) => at[name].filter((y) => isFlat(name, y)).length / at[name].length),
          ]),
        ),
      );
      expect(shares).toEqual(expected);
      expect(shares?.map((layer) => Object.keys(layer ?? {}))).toEqual(expected.map(() => NAMES[cell]));
      // A model in which the counts could be told from all and from none.
      const seen = expected.flatMap((layer) => Object.values(layer).flat());
      expect(seen.some((share) => share > 0 && share < 1)).toBe(true);
    },
  );
});
