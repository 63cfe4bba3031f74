/** The memory formula against what a trainer really takes of its engine's memory. */
import { expect, test } from 'vitest';
import { openWasm } from '../../src/kernels/wasm.js';
import { CELLS } from '../../src/model/shape.js';
import { trainingBytes } from '../../src/train/bytes.js';
import { parseTrainOptions } from '../../src/train/options.js';
import { Trainer } from '../../src/train/trainer.js';

const cases = CELLS.flatMap((cell) =>
  [
    [1, 64, 16, 50, 'adam', 2],
    [3, 96, 5, 20, 'sgd', 0],
    [2, 128, 32, 64, 'rmsprop', 1],
  ].map((rest) => [cell, ...rest] as const),
) as (readonly [(typeof CELLS)[number], number, number, number, number, 'adam', number])[];

test.each(cases)(
  '%s, %i layers of %i, %i rows of %i timesteps, %s: within 3%',
  async (cell, layers, hidden, rows, timesteps, optimizer, slots) => {
    const kernels = await openWasm();
    const shape = { cell, layers, hidden, symbols: 100 };
    const before = kernels.matrix(1, 1).address;
    const trainer = new Trainer({
      kernels,
      shape,
      options: parseTrainOptions({ cell, layers, hidden, batch: rows, window: timesteps, optimizer }),
      training: new Uint16Array(rows * timesteps + 1),
      validation: new Uint16Array(),
      probes: [],
      where: 'test',
    });
    const taken = kernels.matrix(1, 1).address - before;
    expect(trainer.step).toBe(0);
    const ratio = taken / trainingBytes(shape, { rows, timesteps }, slots);
    expect(ratio).toBeGreaterThan(1);
    expect(ratio).toBeLessThan(1.03);
  },
);
