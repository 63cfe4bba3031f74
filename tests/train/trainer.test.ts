/** The trainer as a library: going on from a snapshot, being watched, stopping, and what it says on the way. */
import { describe, expect, test } from 'vitest';
import type { Kernels } from '../../src/kernels/kernels.js';
import { openReference } from '../../src/kernels/reference.js';
import { openWasm } from '../../src/kernels/wasm.js';
import { lag } from '../../src/probe/lag.js';
import { recurrent } from '../../src/probe/recurrent.js';
import { saturation } from '../../src/probe/saturation.js';
import { total } from '../../src/probe/total.js';
import { Alphabet } from '../../src/text/alphabet.js';
import type { TrainEvent } from '../../src/train/events.js';
import { learningRate } from '../../src/train/schedule.js';
import { evaluate } from '../../src/study/evaluate/evaluate.js';
import { parseTrainOptions } from '../../src/train/options.js';
import { RUN_VERSIONS, type RunVersion, type Snapshot } from '../../src/train/state.js';
import type { ScheduledProbe } from '../../src/probe/training.js';
import { Trainer } from '../../src/train/trainer.js';
import { messageOf } from '../store/fixtures.js';

const TEXT = 'o gradiente se dissipa no caminho de volta; a carta chega tarde.\n'.repeat(12);
const HELD_OUT = 'a volta do gradiente: no caminho a carta se dissipa.\n'.repeat(3);
const alphabet = Alphabet.of(TEXT + HELD_OUT, 'text');
const training = alphabet.encode(TEXT, 'text');
const validation = alphabet.encode(HELD_OUT, 'text');

const SMALL = { hidden: 7, batch: 3, window: 9, steps: 12, checkpointEvery: 1000, evaluateEvery: 1000 };
const PROBES: readonly ScheduledProbe[] = [total, lag, recurrent, saturation].map((probe, i) => ({
  probe,
  every: i + 1,
}));

interface Given {
  readonly options?: Record<string, unknown>;
  readonly probes?: readonly ScheduledProbe[];
  readonly from?: Snapshot;
  readonly training?: Uint16Array;
  readonly validation?: Uint16Array;
  readonly version?: RunVersion;
}

function makeTrainer(kernels: Kernels, given: Given = {}): Trainer {
  const options = parseTrainOptions({ ...SMALL, ...given.options });
  const { cell, layers, hidden } = options;
  return new Trainer({
    kernels,
    shape: { cell, layers, hidden, symbols: alphabet.size },
    options,
    training: given.training ?? training,
    validation: given.validation ?? validation,
    probes: given.probes ?? [],
    where: 'text',
    ...(given.from && { from: given.from }),
    ...(given.version && { version: given.version }),
  });
}

/** Takes events up to and with the one that makes `step`. */
function runTo(trainer: Trainer, step: number): TrainEvent[] {
  const events: TrainEvent[] = [];
  for (const event of trainer.run()) {
    events.push(event);
    // What else belongs to the step is told before the next one begins.
    if (trainer.step === step && event.kind === 'checkpoint') break;
  }
  return events;
}

const weightsOf = (trainer: Trainer): number[] => [...trainer.network.parameters.flat.data];
const stepsOf = (events: readonly TrainEvent[], kind: TrainEvent['kind']): number[] =>
  events.filter((event) => event.kind === kind).map(({ step }) => step);
const only = <K extends TrainEvent['kind']>(events: readonly TrainEvent[], kind: K) =>
  events.filter((event): event is Extract<TrainEvent, { kind: K }> => event.kind === kind);

const engines = [
  { name: 'reference', open: () => Promise.resolve(openReference()) },
  { name: 'wasm', open: () => openWasm() },
];

describe.each(engines)('$name', ({ open }) => {
  describe('going on from a snapshot', () => {
    // Each optimiser once, with other options each time, so that every kind of state is met with every other.
    test.each([
      { optimizer: 'sgd', cell: 'tanh', schedule: 'linear', minLr: 1e-4, lr: 0.3 },
      { optimizer: 'sgd', momentum: 0.9, cell: 'relu', clip: 0.2, lr: 0.1, layers: 2, dropout: 0.4 },
      { optimizer: 'adagrad', cell: 'sigmoid', warmup: 8, lr: 0.05, clipMode: 'none' },
      { optimizer: 'rmsprop', cell: 'gru', layers: 2, dropout: 0.2, schedule: 'cosine', clipMode: 'value' },
      { optimizer: 'adam', cell: 'lstm', layers: 2, dropout: 0.3, warmup: 3, schedule: 'linear' },
      { optimizer: 'adamw', cell: 'gru', weightDecay: 0.1, schedule: 'cosine', warmup: 7 },
      { optimizer: 'adam', cell: 'lstm', layers: 3, dropout: 0.5, weightDecay: 0.01, seed: 9 },
    ])('$optimizer, $cell: bit for bit ($schedule, dropout $dropout, warm-up $warmup)', async (given) => {
      // Every step evaluates: a better one, and how long ago it was, are state too.
      const options = { ...given, evaluateEvery: 1, checkpointEvery: 1 };
      const whole = makeTrainer(await open(), { options });
      const expected = [...whole.run()];

      const first = makeTrainer(await open(), { options });
      const before = runTo(first, 5);
      const snapshot = first.snapshot();
      // The snapshot is a copy: what is trained further does not reach it.
      const kept = structuredClone(snapshot);
      runTo(first, 7);
      expect(snapshot).toEqual(kept);

      const second = makeTrainer(await open(), { options, from: snapshot });
      expect(second.step).toBe(5);
      const after = [...second.run()];
      expect([...before, ...after]).toEqual(expected);
      expect(weightsOf(second)).toEqual(weightsOf(whole));
      expect(second.snapshot()).toEqual(whole.snapshot());
      expect(whole.step).toBe(SMALL.steps);
    });

    test.each(RUN_VERSIONS)('across the end of the text, in a run of version %i', async (version) => {
      // 2 whole windows a stream, and 7 symbols more; the last row's carry is cut in the midst of window 3.
      const options = { cell: 'lstm', batch: 3, window: 20, checkpointEvery: 1 };
      const part = training.slice(0, 3 * 47 + 1);
      const whole = makeTrainer(await open(), { options, training: part, version });
      expect(whole.windowsPerPass).toBe(version === 1 ? 2 : 141 / 60);
      const expected = only([...whole.run()], 'step');
      for (const stop of [1, 2, 3]) {
        const first = makeTrainer(await open(), { options, training: part, version });
        runTo(first, stop);
        const from = first.snapshot();
        expect(from.state).toMatchObject({ version, position: version === 1 ? stop % 2 : 20 * stop });
        // The snapshot knows how it began.
        const second = makeTrainer(await open(), { options, training: part, from });
        expect(only([...second.run()], 'step')).toEqual(expected.slice(stop));
        expect(weightsOf(second)).toEqual(weightsOf(whole));
      }
    });

    test('its patience is used up as it would have been', async () => {
      const options = {
        evaluateEvery: 1,
        steps: 400,
        lr: 0.15,
        cell: 'lstm',
        patience: 3,
        checkpointEvery: 1,
      };
      const whole = makeTrainer(await open(), { options });
      const expected = [...whole.run()];
      expect(expected.at(-1)).toMatchObject({ kind: 'finished', reason: 'patience' });
      const first = makeTrainer(await open(), { options });
      const before = runTo(first, whole.step - 1);
      expect(first.snapshot().state.evaluationsSinceBest).toBe(2);
      const second = makeTrainer(await open(), { options, from: first.snapshot() });
      expect([...before, ...second.run()]).toEqual(expected);
    });

    test('of another model: the tensor is named', async () => {
      const kernels = await open();
      const snapshot = makeTrainer(kernels).snapshot();
      const tensors = new Map(snapshot.tensors);
      tensors.delete('optimizer.second');
      expect(await messageOf(() => makeTrainer(kernels, { from: { ...snapshot, tensors } }))).toMatch(
        /^text: optimizer\.second is missing, this run needs \d+; resume from another checkpoint of the run$/,
      );
      const from = { ...snapshot, tensors: new Map(snapshot.tensors) };
      from.tensors.set('carry.h_l0', { shape: [2, 7], data: new Float32Array(14) });
      expect(await messageOf(() => makeTrainer(kernels, { from }))).toMatch(
        /^text: carry\.h_l0 has 14 numbers, this run needs 21;/,
      );
    });
  });

  test('the same seed gives the same bits, another seed others', async () => {
    const run = async (seed: number): Promise<number[]> => {
      const trainer = makeTrainer(await open(), { options: { seed, layers: 2, dropout: 0.5 } });
      for (const event of trainer.run()) expect(event.kind).not.toBe('diverged');
      return weightsOf(trainer);
    };
    const one = await run(1);
    expect(await run(1)).toEqual(one);
    expect(await run(2)).not.toEqual(one);
  });

  test.each(['tanh', 'relu', 'lstm', 'gru'])('probes change no bit of what is trained: %s', async (cell) => {
    const options = { cell, layers: 2, dropout: 0.25 };
    const bare = makeTrainer(await open(), { options });
    const steps = [...bare.run()];
    const watched = makeTrainer(await open(), { options, probes: PROBES });
    const events = [...watched.run()];
    expect(weightsOf(watched)).toEqual(weightsOf(bare));
    expect(watched.snapshot()).toEqual(bare.snapshot());
    expect(events.filter(({ kind }) => kind !== 'gradients')).toEqual(steps);
    // Each is due at the multiples of its own number, and is told of after its step.
    const told = only(events, 'gradients');
    expect(told.map(({ step }) => step)).toEqual(Array.from({ length: SMALL.steps }, (_, i) => i + 1));
    for (const { step, layers } of told) {
      expect(layers).toHaveLength(2);
      for (const layer of layers) {
        expect(
          [layer.total, layer.lagLog10, layer.recurrent, layer.saturation].map((x) => x !== undefined),
        ).toEqual([1, 2, 3, 4].map((every) => step % every === 0));
      }
    }
  });
});

describe('the course of a run', () => {
  test('events come in order, evaluations and checkpoints when they are due, and at the end', async () => {
    const options = { steps: 7, evaluateEvery: 3, checkpointEvery: 2 };
    const trainer = makeTrainer(await openWasm(), { options });
    const events = [...trainer.run()];
    expect(stepsOf(events, 'step')).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(stepsOf(events, 'evaluation')).toEqual([3, 6, 7]);
    expect(stepsOf(events, 'checkpoint')).toEqual([2, 4, 6, 7]);
    expect(events.at(-1)).toEqual({ kind: 'finished', step: 7, reason: 'steps' });
    expect(events.map(({ step }) => step)).toEqual([...events.map(({ step }) => step)].sort((a, b) => a - b));
    const six = events.filter(({ step }) => step === 6).map(({ kind }) => kind);
    expect(six).toEqual(['step', 'evaluation', 'checkpoint']);
    // At its end it does nothing more.
    expect([...trainer.run()]).toEqual([{ kind: 'finished', step: 7, reason: 'steps' }]);
  });

  test('without a text held out nothing is evaluated', async () => {
    const trainer = makeTrainer(await openWasm(), {
      options: { evaluateEvery: 1 },
      validation: new Uint16Array(),
    });
    expect(stepsOf([...trainer.run()], 'evaluation')).toEqual([]);
    expect(trainer.best).toBeNull();
  });

  test('best is the lowest evaluation so far, and isBest says when it is', async () => {
    // A rate this high makes it go up as well as down.
    const options = { evaluateEvery: 1, steps: 25, lr: 0.15, cell: 'lstm' };
    const trainer = makeTrainer(await openWasm(), { options });
    const evaluations = only([...trainer.run()], 'evaluation');
    let best = Infinity;
    for (const { lossNats, isBest } of evaluations) {
      expect(isBest).toBe(lossNats < best);
      best = Math.min(best, lossNats);
    }
    expect(trainer.best?.lossNats).toBe(best);
    expect(trainer.best?.step).toBe(evaluations.find(({ lossNats }) => lossNats === best)?.step);
    const kinds = evaluations.map(({ isBest }) => isBest);
    expect(kinds).toContain(true);
    expect(kinds).toContain(false);
  });

  test('patience: ends after so many evaluations without a better one', async () => {
    const options = { evaluateEvery: 2, steps: 400, lr: 0.15, cell: 'lstm', patience: 3 };
    const trainer = makeTrainer(await openWasm(), { options });
    const events = [...trainer.run()];
    const evaluations = only(events, 'evaluation');
    expect(events.at(-1)).toEqual({ kind: 'finished', step: trainer.step, reason: 'patience' });
    expect(trainer.step).toBeLessThan(400);
    expect(trainer.step).toBe((trainer.best?.step ?? NaN) + 3 * 2);
    expect(evaluations.slice(-4).map(({ isBest }) => isBest)).toEqual([true, false, false, false]);
    const longest = evaluations
      .map(({ isBest }) => (isBest ? 'b' : '.'))
      .join('')
      .split('b');
    expect(longest.slice(0, -1).every((run) => run.length < 3)).toBe(true);
  });

  test('epochs are passes over the text: 1.5 of them is one and a half times the windows', async () => {
    const kernels = await openWasm();
    const { windowsPerPass } = makeTrainer(kernels);
    expect(windowsPerPass).toBe((training.length - 1) / (SMALL.batch * SMALL.window));
    const steps = (epochs: number): number =>
      makeTrainer(kernels, { options: { steps: undefined, epochs } }).steps;
    expect([steps(1), steps(2), steps(1.5), steps(1e-9)]).toEqual([
      Math.round(windowsPerPass),
      Math.round(2 * windowsPerPass),
      Math.round(1.5 * windowsPerPass),
      1,
    ]);
    expect(makeTrainer(kernels, { options: { steps: undefined } }).steps).toBe(10_000);
  });

  describe('the carry', () => {
    // A rate so small that no weight moves: each window's loss depends on its symbols and its carry alone.
    const still = { cell: 'lstm', window: 20, lr: 1e-300, steps: 6 };
    const part = training.slice(0, 3 * 45);
    const lossesOf = (given: Given): number[] =>
      only([...makeTrainer(openReference(), given).run()], 'step').map(({ lossNats }) => lossNats);

    test('is handed on from window to window through the text, and is zero where the text begins', () => {
      // One row: its losses are those of the text from its beginning, as long as it lasts.
      const steps = 14;
      const found = lossesOf({ options: { ...still, batch: 1, steps }, training: part });
      const predictions = part.length - 1;
      const one = { ...still, batch: 1, window: predictions, steps: 1 };
      const trainer = makeTrainer(openReference(), { options: one, training: part });
      const [whole] = only([...trainer.run()], 'step');
      // 134 predictions, 6 windows and 14 of the next, come round to the beginning in the midst of a window.
      expect(predictions % still.window).toBe(14);
      const walked = steps * still.window;
      const rounds = Math.floor(walked / predictions);
      const rest = walked % predictions;
      const [start] = lossesOf({ options: { ...one, window: rest }, training: part });
      const sum = found.reduce((total, loss) => total + loss * still.window, 0);
      expect(sum).toBeCloseTo(rounds * whole.lossNats * predictions + start * rest, 9);
      expect(rounds).toBe(2);
    });

    test('in a run of version 1 begins with zero in each pass', () => {
      const losses = lossesOf({ options: still, training: part, version: 1 });
      const [first, second] = losses;
      expect(losses).toEqual([first, second, first, second, first, second]);
      // The second window alone, from zero, has another loss.
      const rows = { ...still, batch: 1, steps: 1 };
      const [alone] = lossesOf({ options: rows, training: training.slice(20, 3 * 45) });
      const both = lossesOf({ options: { ...rows, steps: 2 }, training: part });
      expect(both[1]).not.toBe(alone);
    });
  });

  test('what stands at the ends of the rows’ streams is learnt like the rest', async () => {
    // Streams of 126 symbols that a window of 64 fills once: what is left of each is all the xy there is.
    const text = `${('ab'.repeat(32) + 'xy'.repeat(31)).repeat(32)}a`;
    const letters = Alphabet.of(text, 'text');
    const options = { hidden: 32, batch: 32, window: 64, steps: 300, lr: 0.01 };
    const told = async (version: RunVersion) => {
      const parsed = parseTrainOptions(options);
      const trainer = new Trainer({
        ...{ kernels: await openWasm(), options: parsed, probes: [], where: 'text', version },
        shape: { cell: 'tanh', layers: 1, hidden: 32, symbols: letters.size },
        training: letters.encode(text, 'text'),
        validation: new Uint16Array(),
      });
      const losses = only([...trainer.run()], 'step').map(({ lossNats }) => lossNats);
      const { network } = trainer;
      const bits = (of: string): number => evaluate({ network, alphabet: letters }, of, 'text').bitsPerChar;
      return {
        trained: (losses.at(-1) ?? NaN) / Math.LN2,
        ab: bits('ab'.repeat(60)),
        xy: bits('xy'.repeat(60)),
      };
    };
    const { trained, ab, xy } = await told(2);
    expect(trained).toBeLessThan(0.2);
    // Better than even guessing among the four, by far, and no worse than the rest of the text.
    expect(xy).toBeLessThan(0.3);
    expect(Math.abs(xy - ab)).toBeLessThan(0.2);
    expect((await told(1)).xy).toBeGreaterThan(2);
  });

  test('asked to stop it stops between two steps, and goes on when asked again', async () => {
    const whole = makeTrainer(await openWasm());
    for (const event of whole.run()) expect(event.kind).not.toBe('diverged');
    const trainer = makeTrainer(await openWasm());
    const stop = { aborted: false };
    const events: TrainEvent[] = [];
    for (const event of trainer.run(stop)) {
      events.push(event);
      stop.aborted = event.step === 4;
    }
    expect(events.at(-1)).toEqual({ kind: 'interrupted', step: 4 });
    expect(stepsOf(events, 'step')).toEqual([1, 2, 3, 4]);
    expect(stepsOf([...trainer.run()], 'step')).toEqual([5, 6, 7, 8, 9, 10, 11, 12]);
    expect(weightsOf(trainer)).toEqual(weightsOf(whole));
  });

  test('each step tells the rate of the schedule, and what clipping multiplied the gradient by', async () => {
    const options = { schedule: 'cosine', warmup: 4, lr: 0.01, minLr: 0.001, clip: 0.05 } as const;
    const steps = only([...makeTrainer(await openWasm(), { options }).run()], 'step');
    expect(steps.map(({ lr }) => lr)).toEqual(steps.map(({ step }) => learningRate(options, step, 12)));
    for (const { gradientNorm, clipScale } of steps) {
      expect(gradientNorm).toBeGreaterThan(0.05);
      expect(clipScale).toBe(0.05 / (gradientNorm + 1e-6));
    }
  });

  test('it learns: the loss of a text it has seen over and over falls well below where it began', async () => {
    const options = { cell: 'gru', hidden: 24, steps: 200, lr: 0.02, evaluateEvery: 200 };
    const losses = only([...makeTrainer(await openWasm(), { options }).run()], 'step').map((s) => s.lossNats);
    // At the start all symbols are about as likely: ln V.
    expect(Math.abs(losses[0] - Math.log(alphabet.size))).toBeLessThan(0.3);
    expect(losses[199]).toBeLessThan(0.3 * losses[0]);
  });

  test('a text too short for one window says how long it must be', async () => {
    const kernels = await openWasm();
    expect(await messageOf(() => makeTrainer(kernels, { training: training.slice(0, 27) }))).toMatch(
      /^text: has 27 characters to train on, expected at least 28 for 3 sequences of 9 timesteps;/,
    );
    expect(makeTrainer(kernels, { training: training.slice(0, 28) }).windowsPerPass).toBe(1);
  });
});

describe('divergence', () => {
  const ofRun = async (options: Record<string, unknown>) => {
    const trainer = makeTrainer(await openWasm(), { options: { steps: 60, ...options } });
    const weights: number[][] = [];
    const events: TrainEvent[] = [];
    for (const event of trainer.run()) {
      events.push(event);
      weights.push(weightsOf(trainer));
    }
    return { events, weights, last: events.at(-1), trainer };
  };

  test('a loss or gradient that is no number ends the run, before the weights are touched by it', async () => {
    const { events, weights, last, trainer } = await ofRun({ cell: 'relu', lr: 1e30 });
    expect(last).toMatchObject({ kind: 'diverged', what: expect.stringMatching(/loss|gradient/) as string });
    if (last?.kind !== 'diverged') throw new Error('not diverged');
    expect(Number.isFinite(last.lossNats) && Number.isFinite(last.gradientNorm)).toBe(false);
    // The step that failed is named; it is not counted, and not told of as one that was made.
    expect(last.step).toBe(trainer.step + 1);
    expect(stepsOf(events, 'step').at(-1)).toBe(trainer.step);
    expect(weights.at(-1)).toEqual(weights.at(-2));
    expect(stepsOf(events, 'finished')).toEqual([]);
  });

  test('weights that are no numbers are no checkpoint', async () => {
    // The update itself overflows: 1e39 is beyond float32.
    const { events, last } = await ofRun({ cell: 'tanh', lr: 1e39, optimizer: 'adam', checkpointEvery: 1 });
    expect(last).toMatchObject({ kind: 'diverged', what: 'weights', step: 1 });
    expect(stepsOf(events, 'checkpoint')).toEqual([]);
  });

  test('nor are they evaluated to a best one', async () => {
    const { events, last, trainer } = await ofRun({
      cell: 'tanh',
      lr: 1e39,
      optimizer: 'adam',
      evaluateEvery: 1,
    });
    expect(last).toMatchObject({ kind: 'diverged', what: 'weights', step: 1 });
    expect(stepsOf(events, 'evaluation')).toEqual([]);
    expect(trainer.best).toBeNull();
  });
});
