/** Training in one call, as the library has it: the trainer's own weights, options and errors by their names. */
import { describe, expect, test } from 'vitest';
import {
  Alphabet,
  decodeCheckpoint,
  evaluate,
  loadModel,
  openEngine,
  parseTrainOptions,
  train,
  Trainer,
  type Probe,
  type TrainEvent,
  type TrainSetup,
} from '../../../src/browser.js';
import { measure } from '../../../src/inspect.js';

const TEXT = 'O gradiente se dissipa no caminho de volta. '.repeat(40);
const SMALL = { hidden: 8, batch: 2, window: 8, steps: 12, engine: 'wasm', threads: 1 } as const;

test('the weights are those of a trainer that is driven by hand', async () => {
  const { model, step, end, validation } = await train({ text: TEXT, cell: 'gru', ...SMALL, validation: 0 });
  expect({ step, end, validation }).toEqual({ step: 12, end: 'steps', validation: null });

  const alphabet = Alphabet.of(TEXT, 'text');
  const kernels = await openEngine('wasm');
  const trainer = new Trainer({
    kernels,
    shape: { cell: 'gru', layers: 1, hidden: 8, symbols: alphabet.size },
    options: parseTrainOptions({ cell: 'gru', ...SMALL, validation: 0 }),
    training: alphabet.encode(TEXT, 'text'),
    validation: new Uint16Array(),
    probes: [],
    where: 'text',
  });
  expect([...trainer.run()].at(-1)).toMatchObject({ kind: 'finished' });
  expect(model.network.parameters.inFloat32()).toEqual(trainer.model.parameters.inFloat32());
});

test('the model is the best that was evaluated, and its file is the same', async () => {
  const events: TrainEvent[] = [];
  const options = { ...SMALL, lr: 1, steps: 100, evaluateEvery: 5, evaluateFirst: 5 };
  const trained = await train({ text: TEXT, ...options, onEvent: (event) => events.push(event) });
  const evaluations = events.filter((event) => event.kind === 'evaluation');
  const best = Math.min(...evaluations.map(({ lossNats }) => lossNats));
  // A learning rate at which it becomes worse again, or the test would say nothing.
  expect(evaluations.at(-1)?.lossNats).toBeGreaterThan(best);
  expect(trained.validation?.lossNats).toBeCloseTo(best, 5);

  const kernels = await openEngine('wasm');
  const again = loadModel(kernels, decodeCheckpoint(trained.checkpoint(), 'memory'));
  expect(evaluate(again, TEXT, 'text')).toEqual(evaluate(trained.model, TEXT, 'text'));
});

test('a signal ends it after the step at hand, and what onEvent returns is waited for', async () => {
  const signal = { aborted: false };
  let waiting = 0;
  const { step, end } = await train({
    ...{ text: TEXT, ...SMALL, signal },
    onEvent: async (event) => {
      expect(waiting++).toBe(0);
      await Promise.resolve();
      waiting--;
      if (event.kind === 'step' && event.step === 3) signal.aborted = true;
    },
  });
  expect({ step, end }).toEqual({ step: 3, end: 'interrupted' });
});

test('a probe of one’s own goes along, and measures a model', async () => {
  const rows: Probe<{ readonly rowsSeen: number }> = {
    name: 'rows',
    from: 'window',
    begin(unrolled) {
      const seen = unrolled.layers.map(() => 0);
      return {
        view({ layer, gradients }) {
          seen[layer] += gradients.dh.rows;
        },
        result: () => seen.map((rowsSeen) => ({ rowsSeen })),
      };
    },
  };
  const found: unknown[] = [];
  const { model } = await train({
    ...{ text: TEXT, ...SMALL, layers: 2, probe: 'off', probes: [{ probe: rows, every: 6 }] },
    onEvent: (event) => event.kind === 'gradients' && found.push([event.step, event.layers]),
  });
  const layers = [0, 1].map((layer) => ({ layer, rowsSeen: SMALL.batch * SMALL.window }));
  expect(found).toEqual([
    [6, layers],
    [12, layers],
  ]);
  const [, top] = measure(model, TEXT, { rows: 3, timesteps: 5 }, [rows]);
  expect(top.rowsSeen).toBe(15);
});

describe('errors have options as the library has them', () => {
  test.each<[object, RegExp]>([
    [{ cel: 'lstm' }, /^cel: there is no such option; did you mean cell\?$/],
    [{ cell: 'elman' }, /^cell: is elman, expected one of tanh, /],
    [{ minCount: 0 }, /^minCount: is 0, expected at least 1$/],
    [{ nothingLikeIt: 1 }, /^nothingLikeIt: there is no such option$/],
    // Of files and runs: there are none.
    [{ encoding: 'utf-8' }, /^encoding: there is no such option/],
    [{ epochs: 1 }, /^epochs: steps is given too/],
    [
      { window: 4096 },
      /^text: has 1,?760 characters, .*; give a longer text, or a smaller batch or window, or validation 0$/,
    ],
    [{ minCount: 1e6 }, /give a smaller minCount$/],
  ])('%o', async (given, message) => {
    await expect(train({ text: TEXT, ...SMALL, ...given })).rejects.toThrow(message);
  });

  test('the compiler knows them', () => {
    // @ts-expect-error: there is no such cell
    const cell: TrainSetup = { text: TEXT, cell: 'elman' };
    // @ts-expect-error: nor such an option
    const option: TrainSetup = { text: TEXT, cel: 'lstm' };
    expect([cell, option]).toHaveLength(2);
  });
});
