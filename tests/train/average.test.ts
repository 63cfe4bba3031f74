/** The average of the weights: by its formula, apart from the training, and what is saved and evaluated. */
import { describe, expect, test } from 'vitest';
import type { Kernels } from '../../src/kernels/kernels.js';
import { openReference } from '../../src/kernels/reference.js';
import { openWasm } from '../../src/kernels/wasm.js';
import { decayAt } from '../../src/train/average.js';
import { evaluatedBy } from './evaluated.js';
import { parseTrainOptions } from '../../src/train/options.js';
import type { Snapshot } from '../../src/train/state.js';
import { Trainer } from '../../src/train/trainer.js';

const ids = Uint16Array.from({ length: 400 }, (_, i) => (i * i + (i >> 3)) % 7);
const training = ids.subarray(0, 300);
const validation = ids.subarray(300);
const SYMBOLS = 7;

function make(kernels: Kernels, given: Record<string, unknown>, from?: Snapshot): Trainer {
  const options = parseTrainOptions({
    ...{ cell: 'gru', layers: 2, dropout: 0.3, hidden: 6, batch: 3, window: 8, steps: 40, lr: 0.02 },
    ...{ evaluateEvery: 5, checkpointEvery: 1 },
    ...given,
  });
  const { cell, layers, hidden } = options;
  const shape = { cell, layers, hidden, symbols: SYMBOLS };
  const probes = [] as const;
  return new Trainer({
    kernels,
    shape,
    options,
    training,
    validation,
    probes,
    where: 'text',
    ...(from && { from }),
  });
}

const flatOf = (network: Trainer['network']): number[] => [...network.parameters.flat.data];

describe.each([
  { name: 'reference', open: () => Promise.resolve(openReference()), digits: 12 },
  { name: 'wasm', open: () => openWasm(), digits: 6 },
])('$name', ({ open, digits }) => {
  test('is a ← d·a + (1 − d)·w over the steps, d small at first', async () => {
    const trainer = make(await open(), { average: 0.9 });
    expect(flatOf(trainer.model)).toEqual(flatOf(trainer.network));
    const expected = flatOf(trainer.network);
    for (const event of trainer.run()) {
      if (event.kind !== 'step') continue;
      const decay = Math.min(0.9, (1 + event.step) / (10 + event.step));
      flatOf(trainer.network).forEach((w, j) => (expected[j] = decay * expected[j] + (1 - decay) * w));
    }
    flatOf(trainer.model).forEach((a, j) => {
      expect(a).toBeCloseTo(expected[j], digits);
    });
    expect(flatOf(trainer.model)).not.toEqual(flatOf(trainer.network));
    expect([decayAt(0.9, 1), decayAt(0.9, 1000)]).toEqual([2 / 11, 0.9]);
  });

  test('changes no bit of what is trained; what is evaluated and saved is the average', async () => {
    const bare = make(await open(), {});
    const averaged = make(await open(), { average: 0.95 });
    expect(bare.model).toBe(bare.network);
    const stepsOf = (trainer: Trainer) =>
      [...trainer.run()].flatMap((event) => (event.kind === 'step' ? [event] : []));
    expect(stepsOf(averaged)).toEqual(stepsOf(bare));
    expect(flatOf(averaged.network)).toEqual(flatOf(bare.network));
    averaged.refreshModel();
    expect(averaged.snapshot().parameters).toEqual(averaged.model.parameters.toFloat32());
    // The last evaluation was of the last step.
    const told = evaluatedBy(averaged.model, validation);
    const again = make(await open(), { average: 0.95 });
    const evaluations = [...again.run()].flatMap((event) => (event.kind === 'evaluation' ? [event] : []));
    expect(evaluations.at(-1)?.lossNats).toBe(told);
    expect(evaluations.at(-1)?.lossNats).not.toBe(evaluatedBy(bare.network, validation));
  });

  test('goes on from a snapshot bit for bit', async () => {
    const whole = make(await open(), { average: 0.95 });
    const expected = [...whole.run()];
    for (const stop of [1, 7, 20]) {
      const first = make(await open(), { average: 0.95 });
      const before = [];
      for (const event of first.run()) {
        before.push(event);
        if (event.kind === 'checkpoint' && event.step === stop) break;
      }
      const second = make(await open(), { average: 0.95 }, first.snapshot());
      expect([...before, ...second.run()]).toEqual(expected);
      expect(second.snapshot()).toEqual(whole.snapshot());
      expect(flatOf(second.network)).toEqual(flatOf(whole.network));
    }
  });
});

test('a run of an average whose weights are missing is not gone on with', async () => {
  const kernels = await openWasm();
  const snapshot = make(kernels, { average: 0.9 }).snapshot();
  const tensors = new Map(snapshot.tensors);
  tensors.delete('optimizer.master');
  expect(() => make(kernels, { average: 0.9 }, { ...snapshot, tensors })).toThrow(
    /optimizer\.master is missing/,
  );
});
