/** matrix: every row against finite differences of a window that ends there; the last row is the lag curve. */
import { describe, expect, test } from 'vitest';
import { backwardWithProbes } from '../../src/bptt/probing.js';
import { openReference } from '../../src/kernels/reference.js';
import { initialise } from '../../src/model/init.js';
import { CELLS } from '../../src/model/shape.js';
import { Rng } from '../../src/base/rng.js';
import { lag } from '../../src/probe/lag.js';
import { pairMatrix } from '../../src/probe/matrix.js';
import { expectEachClose } from '../close.js';
import { engines } from '../engines.js';
import { cutShort, differences, drawModel, norm, passIn } from './naive.js';
import { longWindow } from './windows.js';

const SEED = 12;
const models = CELLS.flatMap((cell) => [1, 2].map((layers) => ({ cell, layers })));

describe.each(models)(`$cell, $layers layers (seed ${SEED})`, ({ cell, layers }) => {
  test('‖∂ℓ_s/∂h_t‖ for all pairs', () => {
    const model = drawModel(cell, layers, SEED, cell === 'sigmoid' ? 2 : 1);
    const { rows, timesteps, shape } = model;
    const { unrolled } = passIn(openReference(), model);
    const found = pairMatrix(unrolled);
    expect(found.layers.map(({ layer }) => layer)).toEqual(Array.from({ length: layers }, (_, l) => l));
    found.layers.forEach(({ log10 }, l) => {
      expect(log10.map((row) => row.length)).toEqual(Array.from({ length: timesteps }, (_, s) => s + 1));
      log10.forEach((row, s) => {
        const ends = cutShort(model, s + 1);
        const expected = row.map((_, timestep) =>
          norm(differences(ends, 'last', { what: 'h', layer: l, timestep }, rows * shape.hidden)),
        );
        row.forEach((value, t) => {
          expect(
            Math.abs((value === null ? 0 : 10 ** value) - expected[t]),
            `layer ${l}, ${s} → ${t}`,
          ).toBeLessThanOrEqual(1e-7 * Math.max(...expected));
        });
      });
    });
    const report = backwardWithProbes(unrolled, null, [lag]);
    report?.forEach(({ lagLog10 }, l) => {
      expect(found.layers[l].log10[timesteps - 1]).toEqual([...(lagLog10?.h ?? [])].reverse());
    });
  });
});

test.each(engines.slice(1))('$name: as in float64, to 1e-3, where float32 would end', async ({ open }) => {
  const make = (kernels: Parameters<typeof longWindow>[0]) =>
    pairMatrix(
      longWindow(
        kernels,
        { cell: 'sigmoid', layers: 2, hidden: 8, timesteps: 90, seed: SEED },
        (parameters) => {
          initialise(parameters, { init: 'orthogonal', forgetBias: 1 }, Rng.fromSeed(SEED));
        },
      ),
    );
  const [found, expected] = [make(await open()), make(openReference())];
  expect(expected.layers[0].log10[89][0]).toBeLessThan(-50);
  expected.layers.forEach(({ log10 }, l) => {
    log10.forEach((row, s) => {
      const shift = found.layers[l].log10[s].map((x, t) => Math.abs((x ?? NaN) - (row[t] ?? NaN)));
      expectEachClose(
        shift.map((x) => (x < 1e-3 ? 0 : x)),
        shift.map(() => 0),
        0,
        `layer ${l}, s = ${s}`,
      );
    });
  });
});
