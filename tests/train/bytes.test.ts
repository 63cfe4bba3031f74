/** The memory formula against what a trainer really takes of its engine's memory. */
import { expect, test } from 'vitest';
import { Unrolled } from '../../src/bptt/unrolled.js';
import { openWasm } from '../../src/kernels/wasm.js';
import { CELLS, type ModelShape } from '../../src/model/shape.js';
import { Network } from '../../src/model/network.js';
import type { WindowSize } from '../../src/text/windows.js';
import { reachBytes, trainingBytes } from '../../src/train/bytes.js';
import { Evaluator } from '../../src/train/evaluate.js';
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
  const before = kernels.held();
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
  return (kernels.held() - before) / trainingBytes(shape, { rows, timesteps }, slots);
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
    const shape = { cell, layers: 2, hidden: 192, symbols: 100 };
    const ratio = await taken(shape, { rows: 4, timesteps: 8 }, 5, { average: 0.99 });
    expect(Math.abs(ratio - 1)).toBeLessThan(0.03);
  },
);

test.each(CELLS)('%s: a window in float64 takes what is said, within 3%%', async (cell) => {
  const kernels = await openWasm();
  const [shape, size] = [
    { cell, layers: 2, hidden: 96, symbols: 100 },
    { rows: 8, timesteps: 40 },
  ];
  const before = kernels.held();
  const network = new Network(kernels.float64, shape);
  expect(new Unrolled(network, { ...size, gradients: true, dropout: 0 }).timesteps).toBe(40);
  const ratio = (kernels.held() - before) / reachBytes(shape, size);
  expect(ratio).toBeGreaterThan(1);
  expect(ratio).toBeLessThan(1.03);
});

test('a trainer that is released gives all of its memory back', async () => {
  const kernels = await openWasm();
  const before = kernels.held();
  for (let i = 0; i < 3; i++) {
    const trainer = new Trainer({
      kernels,
      shape: { cell: 'lstm', layers: 2, hidden: 16, symbols: 5 },
      options: parseTrainOptions({ cell: 'lstm', layers: 2, hidden: 16, batch: 4, window: 8, steps: 2 }),
      training: new Uint16Array(100).map((_, j) => j % 5),
      validation: new Uint16Array(20),
      probes: [],
      where: 'test',
    });
    expect([...trainer.run()].at(-1)).toMatchObject({ kind: 'finished' });
    expect(kernels.held()).toBeGreaterThan(before + trainer.bytes);
    trainer.release();
    expect(kernels.held()).toBe(before);
  }
});

test('what is lent is what a snapshot copies, and the copy outlives the run', async () => {
  const trainer = new Trainer({
    kernels: await openWasm(),
    shape: { cell: 'gru', layers: 2, hidden: 16, symbols: 5 },
    options: parseTrainOptions({ cell: 'gru', layers: 2, hidden: 16, batch: 4, window: 8, steps: 2 }),
    training: new Uint16Array(100).map((_, j) => j % 5),
    validation: new Uint16Array(20),
    probes: [],
    where: 'test',
  });
  const events = trainer.run();
  while (events.next().value?.kind !== 'step');
  const [copy, lent] = [trainer.snapshot(), trainer.lent()];
  expect(copy).toEqual(lent);
  const first = JSON.stringify([...copy.tensors].map(([, { data }]) => [...data]));
  while (events.next().done !== true);
  expect(JSON.stringify([...copy.tensors].map(([, { data }]) => [...data]))).toBe(first);
  expect(copy).not.toEqual(trainer.snapshot());
});

test('what is held out takes little beside the training, however long it is', async () => {
  const kernels = await openWasm();
  const shape = { cell: 'lstm', layers: 2, hidden: 64, symbols: 100 } as const;
  const network = new Network(kernels, shape);
  const before = kernels.held();
  expect(new Evaluator(network, 32).run(new Uint16Array(40_000)).predictions).toBe(39_968);
  const taken = kernels.held() - before;
  const training = trainingBytes(shape, { rows: 32, timesteps: 64 }, 2);
  expect(taken).toBeLessThan(training / 5);
});
