/** Trainings that are none of `train`: where nothing is frozen the same bits, and what is frozen stays as it is. */
import { describe, expect, test } from 'vitest';
import { openReference } from '../../../src/kernels/reference.js';
import { net } from '../../../src/study/lesson/doing.js';
import { Exercised } from '../../../src/study/lesson/exercise.js';
import { briefOptions } from '../../../src/study/lesson/nets.js';
import { freezingVerdict, learnPart, measureFreezing } from '../../../src/study/lesson/sections/freezing.js';
import { gains, type Frozen, type Learnt } from '../../../src/words/lesson/freezing.js';
import { Nets } from '../../../src/study/lesson/nets.js';
import { BATCH } from '../../../src/study/lesson/setup.js';
import { Windows } from '../../../src/text/windows.js';
import { parseTrainOptions } from '../../../src/train/options.js';
import { Trainer } from '../../../src/train/trainer.js';
import { toEnd } from './run.js';
import { tinySetup } from './tiny.js';

const setup = tinySetup({ steps: 30 });
const shapeOf = (layers: number) =>
  ({ cell: 'tanh', layers, hidden: 4, symbols: setup.alphabet.size }) as const;

function exerciseOf(layers: number, learns?: (tensor: string) => boolean): Exercised {
  const size = { rows: BATCH, timesteps: setup.window };
  const windows = new Windows(setup.training, size, '');
  return new Exercised(
    openReference(),
    shapeOf(layers),
    size,
    parseTrainOptions(briefOptions(setup, net('tanh', { layers }))),
    {
      from: 'window',
      ...(learns && { learns }),
      starts: windows.mostBeginnings,
      fill: ({ inputs, targets }, step) => windows.fill(step - 1, inputs, targets),
    },
  );
}

test('with everything learning it is the trainer’s run, bit for bit, over several passes', () => {
  const options = parseTrainOptions(briefOptions(setup, net('tanh', { layers: 2 })));
  const { training, validation } = setup;
  const trainer = new Trainer({
    ...{ kernels: openReference(), shape: shapeOf(2), options, training, validation, probes: [], where: '' },
  });
  expect(trainer.windowsPerPass).toBeLessThan(setup.steps / 2);
  for (const event of trainer.run()) expect(event.kind).not.toBe('diverged');
  const exercised = exerciseOf(2);
  expect([...exercised.run(setup.steps)]).toEqual(Array.from({ length: setup.steps }, (_, i) => i + 1));
  expect(exercised.network.parameters.toFloat32()).toEqual(trainer.network.parameters.toFloat32());
  expect(exercised.divergedAt).toBeNull();
});

test('what is frozen stays as it was drawn, and takes no part in the norm', () => {
  const learns = (tensor: string): boolean => tensor.endsWith('_l1');
  const exercised = exerciseOf(3, learns);
  const before = exercised.network.parameters.toFloat32();
  expect([...exercised.run(5)]).toHaveLength(5);
  for (const [name, values] of exercised.network.parameters.toFloat32()) {
    if (learns(name)) expect(values, name).not.toEqual(before.get(name));
    else expect(values, name).toEqual(before.get(name));
  }
  const whole = exerciseOf(3);
  expect([...whole.run(1)]).toEqual([1]);
  expect(exercised.firstNorm).toBeLessThan(whole.firstNorm ?? NaN);
});

test('each part is learnt and told: a layer alone, with the readout, the readout, all', () => {
  const { value, told } = toEnd(measureFreezing(new Nets(tinySetup({ steps: 4 }))));
  expect(value.updates).toBe(2);
  expect(told).toHaveLength(3 * (2 * 4 + 2) * 2);
  const [sigmoid] = value.nets;
  // With sigmoid the first layer's gradient is the smallest, and each layer's above is larger.
  const norms = sigmoid.alone.map(({ firstNorm }) => firstNorm ?? NaN);
  expect(norms).toEqual([...norms].sort((a, b) => a - b));
  expect(norms[0]).toBeLessThan(norms[3] / 10);
  const spec = net('sigmoid', { layers: 4 });
  const none = { learns: () => false, detail: 1, updates: 3 };
  const { value: nothing } = toEnd(learnPart(tinySetup({ steps: 4 }), spec, none));
  expect(nothing.lossNats).toBe(sigmoid.start);
});

describe('the verdict on the early layers', () => {
  const learnt = (...losses: (number | null)[]): Learnt[] =>
    losses.map((lossNats) => ({ lossNats, firstNorm: 1 }));
  const frozen = (cell: Frozen['cell'], alone: Learnt[], withReadout: Learnt[]): Frozen => {
    const [readout] = learnt(3);
    return { cell, start: 4, alone, withReadout, readout, without: 3, all: readout };
  };
  const harder = learnt(3.99, 3.5, 3.2, 3);
  const easier = learnt(2, 2.1, 2.3, 2.5);
  const nothing = learnt(3, 3.01, 2.99, 3);
  test('gains are on what there would be without it; without one there is nothing to compare', () => {
    expect(gains(learnt(3, 2), 3.5)).toEqual([0.5, 1.5]);
    expect(gains(learnt(null, 2), 3.5)).toEqual([0, 1.5]);
    expect(gains(nothing, 3)).toBeNull();
  });
  test.each([
    ['holds', [frozen('sigmoid', harder, nothing), frozen('tanh', harder, learnt(2.9, 2.8, 2.5, 2))]],
    ['partly', [frozen('sigmoid', harder, nothing), frozen('tanh', harder, easier)]],
    ['fails', [frozen('sigmoid', easier, nothing), frozen('tanh', easier, easier)]],
    ['open', [frozen('sigmoid', learnt(4, 4, 4, 4), nothing), frozen('relu', harder, harder)]],
  ] as const)('%s', (outcome, found) => {
    expect(freezingVerdict(found).outcome).toBe(outcome);
  });
});
