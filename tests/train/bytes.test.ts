/** The memory formula against what a trainer really takes of its engine's memory. */
import { expect, test } from 'vitest';
import { openWasm } from '../../src/kernels/wasm.js';
import { CELLS, type ModelShape } from '../../src/model/shape.js';
import type { WindowSize } from '../../src/text/windows.js';
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

/** What a trainer takes beside the formula's bytes, as their quotient. */
async function taken(
  shape: ModelShape,
  { rows, timesteps }: WindowSize,
  slots: number,
  given: Record<string, unknown>,
): Promise<number> {
  const kernels = await openWasm();
  const before = kernels.matrix(1, 1).address;
  const { cell, layers, hidden } = shape;
  const trainer = new Trainer({
    kernels,
    shape,
    options: parseTrainOptions({ cell, layers, hidden, batch: rows, window: timesteps, ...given }),
    training: new Uint16Array(rows * timesteps + 1),
    validation: new Uint16Array(),
    probes: [],
    where: 'test',
  });
  expect(trainer.step).toBe(0);
  return (kernels.matrix(1, 1).address - before) / trainingBytes(shape, { rows, timesteps }, slots);
}

test.each(cases)(
  '%s, %i layers of %i, %i rows of %i timesteps, %s: within 3%',
  async (cell, layers, hidden, rows, timesteps, optimizer, slots) => {
    const shape = { cell, layers, hidden, symbols: 100 };
    const ratio = await taken(shape, { rows, timesteps }, slots, { optimizer });
    expect(ratio).toBeGreaterThan(1);
    expect(ratio).toBeLessThan(1.03);
  },
);

// The average's own forms leave out the biases, so that its 3 numbers a weight are a little too many.
test.each(CELLS)(
  '%s: an average of the weights takes three numbers more of each, within 3%',
  async (cell) => {
    const shape = { cell, layers: 2, hidden: 128, symbols: 100 };
    const ratio = await taken(shape, { rows: 4, timesteps: 8 }, 5, { average: 0.99 });
    expect(Math.abs(ratio - 1)).toBeLessThan(0.03);
  },
);
