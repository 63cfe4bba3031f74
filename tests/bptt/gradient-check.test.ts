/** The float64 gradient check (see check.ts for its error measure): every cell, depth, tensor, entry, carry and state. */
import { describe, expect, test } from 'vitest';
import { openReference } from '../../src/kernels/reference.js';
import { CELLS, parameterCount, tensorShapes } from '../../src/model/shape.js';
import { checkGradients, SEEDS, type GradientCase } from './check.js';

const cases: GradientCase[] = CELLS.flatMap((cell) =>
  [1, 2, 3].flatMap((layers) =>
    (['window', 'last'] as const).flatMap((from) =>
      // Dropout is between layers: with one layer there is nothing to drop.
      (layers > 1 ? [0, 0.4] : [0]).map((dropout) => ({ cell, layers, from, dropout, seed: SEEDS[cell] })),
    ),
  ),
);

describe.each(['window', 'last'])('the gradient of the %s’s loss', (from) => {
  test.each(cases.filter((one) => one.from === from))(
    '$cell, $layers layers, dropout $dropout (seed $seed)',
    (gradientCase) => {
      const { cell, layers } = gradientCase;
      const { violations, entries } = checkGradients(openReference(), gradientCase);
      expect(violations.slice(0, 4)).toEqual([]);

      // All of it was compared: each tensor of a layer, the readout's two, the carries, and the states at four timesteps.
      const carries = cell === 'lstm' ? 2 : 1;
      const tensors = tensorShapes({ cell, layers, hidden: 3, symbols: 4 }).length;
      expect(entries.size).toBe(tensors + 2 * carries * layers);
      const compared = [...entries.values()].reduce((sum, n) => sum + n, 0);
      const shape = { cell, layers, hidden: 3, symbols: 4 };
      expect(compared).toBe(parameterCount(shape) + (1 + 4) * carries * layers * 2 * 3);
    },
  );
});
