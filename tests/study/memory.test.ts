/** Every study gives back what it allocates: not a byte is held after it that was not before, also where it fails. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Probe } from '../../src/bptt/probing.js';
import type { Kernels } from '../../src/kernels/kernels.js';
import { openNative } from '../../src/kernels/native.js';
import { openReference } from '../../src/kernels/reference.js';
import { isAskedFor } from '../../src/kernels/poison.js';
import { scoped } from '../../src/kernels/scoped.js';
import { openWasm } from '../../src/kernels/wasm.js';
import { CELLS } from '../../src/model/shape.js';
import { everyName, PROBE_NAMES, scheduled } from '../../src/probe/training.js';
import { check } from '../../src/study/check/measure.js';
import { runJob } from '../../src/study/compare/job.js';
import { parseCompareOptions } from '../../src/study/compare/options.js';
import { evaluate, evaluatePredictor } from '../../src/study/evaluate/evaluate.js';
import { TextEvaluator } from '../../src/study/evaluate/measure.js';
import { inspect, inspectDeep, listen, measure, reach } from '../../src/study/inspect/measure.js';
import { measureLesson } from '../../src/study/lesson/lesson.js';
import { lessonOptions, prepareLesson } from '../../src/study/lesson/setup.js';
import { loadModel, type Model } from '../../src/study/model/model.js';
import { Sampler, sampleMany, sampleOptions } from '../../src/study/sample/sample.js';
import { runSweepJob } from '../../src/study/sweep/job.js';
import { secondsPerStep } from '../../src/study/train/calibrate.js';
import { train } from '../../src/study/train/train.js';
import { Alphabet } from '../../src/text/alphabet.js';
import { splitText } from '../../src/text/split.js';
import { asSymbols } from '../../src/text/symbols.js';
import { parseTrainOptions } from '../../src/train/options.js';
import { Trainer } from '../../src/train/trainer.js';
import { makeModel, SYMBOLS } from './models.js';

const TEXT = 'za ça\n🙂 az '.repeat(60);
const WINDOW = { rows: 2, timesteps: 6 };
const alphabet = new Alphabet(SYMBOLS);
const ids = alphabet.encode(alphabet.symbolsIn(TEXT), 'text');
const split = splitText(asSymbols(ids), 0.2);
const SMALL = { layers: 2, hidden: 6, batch: 2, window: 6 };
const EVERY = PROBE_NAMES.map(everyName);

/** Of one's own: it allocates, and leaves the rest to whoever began it. */
const ownProbe: Probe<{ rows: number }> = {
  name: 'rows',
  from: 'window',
  begin({ network, options, layers }) {
    const room = network.kernels.matrix(options.rows, 3);
    return { view: () => undefined, result: () => layers.map(() => ({ rows: room.rows })) };
  },
};

const toTheEnd = (events: Iterable<unknown>): void => {
  for (const event of events) expect(event).toBeDefined();
};
const first = <T>(events: Iterable<T>): T => {
  for (const event of events) return event;
  throw new Error('nothing came');
};

const trainerOf = (kernels: Kernels, given: Record<string, unknown> = {}): Trainer => {
  const options = parseTrainOptions({ cell: 'lstm', ...SMALL, steps: 4, probe: 'full', ...given });
  const { cell, layers, hidden } = options;
  return new Trainer({
    ...{ kernels, options, ...split, where: 'text', symbols: alphabet.symbols },
    shape: { cell, layers, hidden, symbols: alphabet.size },
    probes: scheduled(options),
  });
};

const jobOf = (kernels: Kernels) => {
  let milliseconds = 0;
  return {
    job: { contender: 'gru' as const, seed: 5 },
    options: parseCompareOptions({ hidden: 6, window: 8, batch: 3, scored: 60, characters: 100 }),
    ...{ alphabet, ...split, where: 'text', kernels },
    now: () => ++milliseconds,
  };
};
const sweepOf = (kernels: Kernels, share: number | null) => ({
  job: {
    index: 0,
    options: parseTrainOptions({ cell: 'gru', ...SMALL, steps: 6, checkpointEvery: 2 }),
    share,
  },
  ...{ alphabet: SYMBOLS, ...split, kernels, where: 'text', from: null, spent: 0, now: () => 0 },
});
const lessonOf = (kernels: Kernels) =>
  prepareLesson(
    { alphabet, symbols: asSymbols(ids), where: 'text', name: 'text' },
    lessonOptions.parse({ hidden: 3, window: 4, steps: 2 }),
    kernels,
  );

/** By name: a study on a model, or with its engine alone. */
const STUDIES: Readonly<Record<string, (model: Model) => unknown>> = {
  inspect: (model) => inspect(model, TEXT, WINDOW, 'text'),
  'inspect, deep': (model) => inspectDeep(model, TEXT, WINDOW, 'text'),
  measure: (model) => measure(model, TEXT, WINDOW, [ownProbe]),
  reach: (model) => reach(model, TEXT, WINDOW, 'text'),
  listen: (model) => listen(model, 'za ça', 'text'),
  check: (model) => check(model, TEXT, { ...WINDOW, entries: 2, seed: 1 }, 'text'),
  evaluate: (model) => evaluate(model, TEXT, 'text'),
  'evaluate, as a predictor': (model) => {
    const sampler = new Sampler(model);
    expect(evaluatePredictor(sampler, ids.subarray(0, 30), alphabet, 'text').predictions).toBe(29);
    sampler.release();
  },
  sample: (model) => {
    toTheEnd(sampleMany(model, sampleOptions.parse({ length: 9, count: 5, prompt: 'za' }), 4));
  },
  'sample, broken off': (model) => first(sampleMany(model, sampleOptions.parse({ length: 9, count: 5 }))),
  'samples beside each other': (model) => {
    const options = sampleOptions.parse({ length: 9, count: 2 });
    const [one, other] = [sampleMany(model, options), sampleMany(model, { ...options, seed: 5 })];
    one.next();
    other.next();
    toTheEnd(one);
    toTheEnd(other);
  },
  train: ({ network }) => {
    const trainer = trainerOf(network.kernels, Object.fromEntries(EVERY.map((name) => [name, 1])));
    toTheEnd(trainer.run());
    toTheEnd(trainer.figures());
    trainer.release();
  },
  'train, an average, broken off': ({ network }) => {
    const trainer = trainerOf(network.kernels, { average: 0.9 });
    first(trainer.run());
    trainer.release();
  },
  calibrate: ({ network }) => {
    let milliseconds = 0;
    return secondsPerStep(
      network.kernels,
      parseTrainOptions({ ...SMALL }),
      5,
      () => (milliseconds += 400),
      1,
    );
  },
  'compare, a job': ({ network }) => {
    toTheEnd(runJob(jobOf(network.kernels)));
  },
  'compare, a job broken off': ({ network }) => first(runJob(jobOf(network.kernels))),
  'sweep, a job': ({ network }) => {
    toTheEnd(runSweepJob(sweepOf(network.kernels, null)));
  },
  'sweep, a job that pauses': ({ network }) => {
    toTheEnd(runSweepJob(sweepOf(network.kernels, 0.5)));
  },
  'lesson, broken off': ({ network }) => {
    let told = 0;
    for (const { section } of measureLesson(lessonOf(network.kernels)))
      if (section === 'regions' && ++told === 3) break;
    expect(told).toBe(3);
  },
};

/** What ends in an error on the way. */
const FAILURES: Readonly<Record<string, (model: Model, overflowing: Model) => unknown>> = {
  'inspect: a text too short': (model) => inspect(model, 'za', WINDOW, 'text'),
  'inspect: states that overflow': (_, overflowing) => inspect(overflowing, TEXT, WINDOW, 'text'),
  'inspect: a probe that fails': (model) =>
    measure(model, TEXT, WINDOW, [
      {
        ...ownProbe,
        begin(unrolled) {
          unrolled.network.kernels.matrix(4, 4);
          throw new RangeError('of the probe');
        },
      },
    ]),
  'check: states that overflow': (_, overflowing) =>
    check(overflowing, TEXT, { ...WINDOW, entries: 2, seed: 1 }, 'text'),
  'evaluate: an unknown character': (model) => evaluate(model, `${TEXT}w`, 'text'),
  'evaluate: states that overflow': (_, overflowing) => evaluate(overflowing, TEXT, 'text'),
  'train: a snapshot that is another model’s': ({ network: { kernels } }) => {
    const other = trainerOf(kernels, { hidden: 5 });
    const from = other.snapshot();
    other.release();
    const options = parseTrainOptions({ cell: 'lstm', ...SMALL });
    const shape = { cell: 'lstm', layers: 2, hidden: 6, symbols: alphabet.size };
    return new Trainer({ kernels, shape, options, ...split, probes: [], where: 'text', from });
  },
  'sample: an unknown character': (model) => {
    toTheEnd(sampleMany(model, sampleOptions.parse({ prompt: 'w' })));
  },
};

/** The same model with weights that are no numbers. */
function overflowing({ network }: Model): Model {
  const { kernels, shape } = network;
  const parameters = new Map(
    [...network.parameters.toFloat32()].map(([name, data]) => [name, data.fill(NaN)]),
  );
  return loadModel(kernels, { shape, alphabet: SYMBOLS, parameters });
}

const native = openNative();
const ENGINES = [
  ['reference', () => Promise.resolve(openReference())],
  ['wasm', () => openWasm()],
  ...(native ? [['native', () => Promise.resolve(native)] as const] : []),
] as const;

describe.each(ENGINES)('%s', (_, open) => {
  let kernels: Kernels;
  let model: Model;
  let broken: Model;
  beforeAll(async () => {
    kernels = await open();
    model = makeModel(kernels, { cell: 'lstm' });
    broken = overflowing(model);
  });
  /** Bytes that the engine has from the system; where what was given back is kept for a while, they say nothing. */
  const size = (): number =>
    isAskedFor() ? 0 : scoped(kernels, () => kernels.matrix(1, 1).memory.buffer.byteLength);

  test.each(Object.entries(STUDIES))('%s', (_name, study) => {
    const before = kernels.held();
    let early = 0;
    for (let i = 0; i < 4; i++) {
      study(model);
      expect(kernels.held()).toBe(before);
      if (i === 0) early = size();
    }
    expect(size()).toBe(early);
  });

  test.each(Object.entries(FAILURES))('%s', (_name, failing) => {
    const before = kernels.held();
    for (let i = 0; i < 3; i++) {
      expect(() => failing(model, broken)).toThrow();
      expect(kernels.held()).toBe(before);
    }
  });

  test('train in one call: its model stays until it is released', async () => {
    const before = kernels.held();
    for (let i = 0; i < 3; i++) {
      const trained = await train({ text: TEXT, cell: 'gru', ...SMALL, steps: 3, kernels });
      const ofModel = scoped(kernels, () => {
        const at = kernels.held();
        const { network } = trained.model;
        loadModel(kernels, {
          shape: network.shape,
          alphabet: [],
          parameters: network.parameters.toFloat32(),
        });
        return kernels.held() - at;
      });
      expect(kernels.held()).toBe(before + ofModel);
      trained.release();
      expect(kernels.held()).toBe(before);
    }
  });

  test('an evaluation that is broken off, beside another', () => {
    const before = kernels.held();
    const [one, other] = [new TextEvaluator(model, 'one'), new TextEvaluator(model, 'other')];
    one.push('za ça');
    other.push('za');
    one.release();
    other.push(' ça');
    expect(other.end().predictions).toBe(4);
    other.release();
    expect(kernels.held()).toBe(before);
  });

  test.each(CELLS)('%s: inspections and evaluations without end take what the first did', (cell) => {
    const one = makeModel(kernels, { cell });
    const before = kernels.held();
    let early = 0;
    for (let i = 0; i < 60; i++) {
      inspect(one, TEXT, WINDOW, 'text');
      evaluate(one, TEXT, 'text');
      expect(kernels.held()).toBe(before);
      if (i === 0) early = size();
    }
    expect(size()).toBe(early);
  });
});

test('the whole lesson, in one engine', async () => {
  const kernels = await openWasm();
  const before = kernels.held();
  toTheEnd(measureLesson(lessonOf(kernels)));
  expect(kernels.held()).toBe(before);
});
