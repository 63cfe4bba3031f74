/** What a run's folder holds of its events. */
import { describe, expect, test } from 'vitest';
import { openReference } from '../../../src/kernels/reference.js';
import { lag } from '../../../src/probe/lag.js';
import { total } from '../../../src/probe/total.js';
import { decodeCheckpoint } from '../../../src/store/checkpoint.js';
import { memoryFiles } from '../../../src/store/files-memory.js';
import { readLog, type LogLine } from '../../../src/store/json-lines.js';
import { GRADIENTS_FORMAT, METRICS_FORMAT, RunFolder } from '../../../src/store/run-folder.js';
import { divergenceAdvice } from '../../../src/study/train/divergence.js';
import { record, type RunEvent } from '../../../src/study/train/record.js';
import { Alphabet } from '../../../src/text/alphabet.js';
import { parseTrainOptions } from '../../../src/train/options.js';
import { parseTrainingState, type Snapshot } from '../../../src/train/state.js';
import { Trainer } from '../../../src/train/trainer.js';
import { fakeProcesses, fromUtf8, RUN_INFO } from '../../store/fixtures.js';

const TEXT = 'a carta chega tarde, o gradiente se dissipa.\n'.repeat(6);
const alphabet = Alphabet.of(TEXT, 'text');
const ids = alphabet.encode(TEXT, 'text');

function noRoom(): never {
  throw new RangeError('Array buffer allocation failed');
}

async function setUp(
  given: Record<string, unknown> = {},
  { folder: before, from, fails }: { folder?: RunFolder; from?: Snapshot; fails?: { at: number } } = {},
) {
  const files = memoryFiles();
  const folder = before ?? (await RunFolder.create(files, fakeProcesses(7), 'run', RUN_INFO));
  const options = parseTrainOptions({
    ...{ hidden: 5, batch: 2, window: 6, steps: 12, evaluateEvery: 3, checkpointEvery: 4, sampleEvery: 5 },
    ...given,
  });
  const trainer = new Trainer({
    kernels: openReference(),
    shape: { cell: options.cell, layers: 1, hidden: 5, symbols: alphabet.size },
    options,
    training: ids,
    validation: ids.slice(0, 60),
    probes: [
      { probe: total, every: 4 },
      { probe: lag, every: 6 },
      ...(fails ? [{ probe: { ...lag, name: 'full', begin: noRoom }, every: fails.at }] : []),
    ],
    where: 'text',
    ...(from && { from }),
  });
  let time = 0;
  const stopper = new AbortController();
  const { keep, sampleEvery } = options;
  const now = (): number => (time += 10);
  const events = record(trainer, folder, { alphabet, keep, sampleEvery, now, stop: stopper.signal });
  const lines = async (name: string, format: string): Promise<readonly LogLine[]> =>
    readLog(await files.read(`run/${name}`), name, format).lines;
  return { files, folder, trainer, events, stopper, lines };
}

const all = async (events: AsyncIterable<RunEvent>): Promise<RunEvent[]> => {
  const seen: RunEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
};
const of = <K extends RunEvent['kind']>(events: readonly RunEvent[], kind: K) =>
  events.filter((event): event is Extract<RunEvent, { kind: K }> => event.kind === kind);

test('out of memory in the midst of a step: what was trained is kept, and goes on bit for bit', async () => {
  const given = { dropout: 0.3, sampleEvery: 0, checkpointEvery: 12 };
  const straight = await setUp(given);
  await all(straight.events);
  const { events, files, folder } = await setUp(given, { fails: { at: 7 } });
  await expect(all(events)).rejects.toThrow(/^memory: .*kept up to step 6 \(--resume run\)$/);
  expect(await folder.steps()).toEqual([6]);
  const kept = decodeCheckpoint(await files.read('run/step-6.safetensors'), 'step-6');
  const from: Snapshot = {
    parameters: kept.parameters,
    state: parseTrainingState(kept.training?.state, 'state'),
    tensors: kept.training?.tensors ?? new Map(),
  };
  const again = await setUp(given, { folder, from });
  await all(again.events);
  expect(again.trainer.snapshot()).toEqual(straight.trainer.snapshot());
});

describe('record', () => {
  test('keeps each event, and passes it on', async () => {
    const { events, files, lines } = await setUp();
    const seen = await all(events);
    const metrics = await lines('metrics.jsonl', METRICS_FORMAT);
    const clock = { elapsedMs: expect.any(Number) as number };
    expect(metrics).toEqual(
      seen.flatMap((event): unknown[] => {
        if (event.kind === 'step') {
          const { step, lossNats, gradientNorm, clipScale, lr } = event;
          return [{ step, lossNats, gradientNorm, clipScale, lr, ...clock }];
        }
        if (event.kind !== 'evaluation') return [];
        const { step, lossNats, predictions, isBest } = event;
        return [{ step, validationLossNats: lossNats, predictions, isBest, ...clock }];
      }),
    );
    expect(of(seen, 'step')).toHaveLength(12);
    expect(of(seen, 'evaluation').map(({ step }) => step)).toEqual([3, 6, 9, 12]);
    const times = metrics.map(({ elapsedMs }) => Number(elapsedMs));
    expect([...times].sort((a, b) => a - b)).toEqual(times);

    expect(await lines('gradients.jsonl', GRADIENTS_FORMAT)).toEqual(
      of(seen, 'gradients').map(({ step, layers }) => ({ step, layers })),
    );
    expect(of(seen, 'gradients').map(({ step }) => step)).toEqual([4, 6, 8, 12]);

    const samples = of(seen, 'sample');
    expect(samples.map(({ step }) => step)).toEqual([5, 10]);
    expect(samples.every(({ text }) => Array.from(text).length === 300)).toBe(true);
    expect(fromUtf8(await files.read('run/samples.txt'))).toBe(
      samples.map(({ step, text }) => `--- step ${step} ---\n${text}\n\n`).join(''),
    );
    expect(seen.at(-1)).toEqual({ kind: 'finished', step: 12, reason: 'steps' });
  });

  test('sampling along the way changes no bit of what is trained', async () => {
    const [sampling, silent] = [await setUp(), await setUp({ sampleEvery: 0 })];
    const seen = await all(sampling.events);
    expect(of(await all(silent.events), 'sample')).toEqual([]);
    expect(of(seen, 'sample')).toHaveLength(2);
    expect([...sampling.trainer.network.parameters.flat.data]).toEqual([
      ...silent.trainer.network.parameters.flat.data,
    ]);
  });

  test('the newest checkpoints are kept, and the best; their numbers are the trainer’s', async () => {
    const { events, files, folder, trainer } = await setUp({ keep: 2 });
    const seen = await all(events);
    expect(await folder.steps()).toEqual([8, 12]);
    const open = async (name: string) => decodeCheckpoint(await files.read(`run/${name}`), name);
    const last = await open('step-12.safetensors');
    const { parameters, state, tensors } = trainer.snapshot();
    expect(last.parameters).toEqual(parameters);
    expect(parseTrainingState(last.training?.state, 'state')).toEqual(JSON.parse(JSON.stringify(state)));
    expect(last.training?.tensors).toEqual(tensors);
    expect(last.alphabet).toEqual(alphabet.symbols);
    const best = await open('best.safetensors');
    expect(best.training).toBeNull();
    // It learns throughout: the last evaluation is the best.
    expect(trainer.best?.step).toBe(12);
    expect(best.parameters).toEqual(parameters);
    expect(of(seen, 'checkpoint').map(({ step }) => step)).toEqual([4, 8, 12]);
  });

  test('at a checkpoint every log is complete up to its step', async () => {
    const { events, lines } = await setUp();
    for await (const event of events) {
      if (event.kind !== 'checkpoint') continue;
      const steps = (await lines('metrics.jsonl', METRICS_FORMAT)).filter((line) => 'lossNats' in line);
      expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: event.step }, (_, i) => i + 1));
    }
  });

  test('asked to stop, it ends after the step at hand with a checkpoint', async () => {
    const { events, stopper, folder, lines } = await setUp();
    const seen: RunEvent[] = [];
    for await (const event of events) {
      seen.push(event);
      if (event.kind === 'step' && event.step === 6) stopper.abort();
    }
    expect(seen.at(-1)).toEqual({ kind: 'interrupted', step: 6 });
    expect((await folder.steps()).at(-1)).toBe(6);
    expect((await lines('metrics.jsonl', METRICS_FORMAT)).at(-1)).toMatchObject({ step: 6 });
  });

  test('taken up again, its clock goes on where the log has left it, and does not begin anew', async () => {
    const { events, stopper, files, folder, trainer, lines } = await setUp();
    for await (const event of events) if (event.kind === 'step' && event.step === 6) stopper.abort();
    await folder.close();
    const taken = await RunFolder.open(files, fakeProcesses(8), 'run');
    await taken.rewind(6);
    const before = (await lines('metrics.jsonl', METRICS_FORMAT)).map(({ elapsedMs }) => Number(elapsedMs));
    await all((await setUp({}, { folder: taken, from: trainer.snapshot() })).events);
    const times = (await lines('metrics.jsonl', METRICS_FORMAT)).map(({ elapsedMs }) => Number(elapsedMs));
    expect(times.slice(0, before.length)).toEqual(before);
    expect(times.length).toBeGreaterThan(before.length);
    expect(times.toSorted((a, b) => a - b)).toEqual(times);
    // From before the first line on, there is nothing to go on from.
    await taken.rewind(-1);
    expect(taken.elapsedMs).toBe(0);
  });

  test.each([
    [{ epsilon: 1e-30, lr: 1e20 }, '--epsilon'],
    [{ optimizer: 'sgd', weightDecay: 1e30, lr: 1e-3 }, '--weight-decay'],
    [{ cell: 'lstm', forgetBias: 1e38, lr: 1e30 }, '--forget-bias'],
    [{ lr: 1e30 }, '--lr'],
    // sgd has no such denominator.
    [{ optimizer: 'sgd', epsilon: 1e-30, lr: 1e30 }, '--lr'],
  ])('where it diverges with %j, %s is what it blames', (given, flag) => {
    const { option } = divergenceAdvice(parseTrainOptions(given));
    expect(`--${option ?? 'lr'}`).toBe(flag);
  });

  test('a run that diverges ends with an error that names the last good checkpoint; its logs are kept', async () => {
    const { events, folder, lines } = await setUp({
      cell: 'relu',
      lr: 1e30,
      checkpointEvery: 1,
      evaluateEvery: 50,
    });
    const seen: RunEvent[] = [];
    const run = async (): Promise<void> => {
      for await (const event of events) seen.push(event);
    };
    await expect(run()).rejects.toThrow(
      /^step \d+: the (loss|gradient) is no longer finite: .*; try a smaller --lr/,
    );
    const made = seen.filter(({ kind }) => kind === 'step').length;
    expect((await folder.steps()).at(-1)).toBe(made);
    expect((await lines('metrics.jsonl', METRICS_FORMAT)).at(-1)).toMatchObject({ step: made });
  });
});
