/** Probes in a training run: when they are due, what a logged step holds, and that they change no bit of the training. */
import { describe, expect, test } from 'vitest';
import { Rng } from '../../src/base/rng.js';
import type { GradientStep } from '../../src/bptt/report.js';
import { UsageError } from '../../src/base/errors.js';
import type { Kernels } from '../../src/kernels/kernels.js';
import { openReference } from '../../src/kernels/reference.js';
import { openWasm } from '../../src/kernels/wasm.js';
import { CELLS } from '../../src/model/shape.js';
import { everyName, everyOf, PROBE_NAMES, scheduled } from '../../src/probe/training.js';
import { describeOptions } from '../../src/base/options.js';
import { parseTrainOptions, trainOptions, type TrainOptions } from '../../src/train/options.js';
import type { Snapshot } from '../../src/train/state.js';
import { Trainer } from '../../src/train/trainer.js';
import { engines } from '../engines.js';
import { en } from '../../src/words/en/words.js';

const SEED = 21;
const SYMBOLS = 7;
/** Every probe at a step of its own as well as together with the others. */
const EVERY = Object.fromEntries(PROBE_NAMES.map((name, i) => [everyName(name), 1 + (i % 3)]));
const SIZE = { hidden: 6, layers: 2, batch: 3, window: 5, steps: 7, evaluateEvery: 4, checkpointEvery: 3 };

const text = (length: number): Uint16Array => {
  const rng = Rng.fromSeed(SEED);
  return Uint16Array.from({ length }, () => rng.uint32() % SYMBOLS);
};

function trainerOf(kernels: Kernels, options: TrainOptions, from?: Snapshot): Trainer {
  const { cell, layers, hidden } = options;
  return new Trainer({
    kernels,
    shape: { cell, layers, hidden, symbols: SYMBOLS },
    options,
    training: text(400),
    validation: text(90),
    probes: scheduled(options),
    symbols: Array.from('abcdefg'),
    where: 'text',
    ...(from && { from }),
  });
}

interface Ran {
  readonly lines: readonly GradientStep[];
  readonly others: readonly unknown[];
  readonly end: Snapshot;
  readonly at: ReadonlyMap<number, Snapshot>;
}
function run(trainer: Trainer): Ran {
  const lines: GradientStep[] = [];
  const others: unknown[] = [];
  const at = new Map<number, Snapshot>();
  for (const event of trainer.run()) {
    if (event.kind === 'gradients') {
      const { kind, ...line } = event;
      lines.push(line);
    } else others.push(event);
    if (event.kind === 'checkpoint') at.set(event.step, trainer.snapshot());
  }
  return { lines, others, end: trainer.snapshot(), at };
}
/** The snapshot without the options, which say what was measured. */
const trained = ({ end: { parameters, state, tensors } }: Ran): unknown => [
  parameters,
  { ...state, options: 0 },
  tensors,
];

/** The paths of everything in a line that JSON cannot hold. */
function unwritable(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} is ${value}`];
  if (value === undefined) return [`${path} is undefined`];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, one]) => unwritable(one, `${path}.${key}`));
}

describe.each(engines)('$name', ({ open }) => {
  test.each(CELLS)(
    '%s: every probe at once changes no bit of weights, optimiser, carry or events',
    async (cell) => {
      const given = { ...SIZE, cell, dropout: 0.3, seed: SEED };
      const bare = run(trainerOf(await open(), parseTrainOptions({ ...given, probe: 'off' })));
      const probed = run(trainerOf(await open(), parseTrainOptions({ ...given, ...EVERY })));
      expect(bare.lines).toEqual([]);
      expect(probed.lines).toHaveLength(SIZE.steps);
      expect(trained(probed)).toEqual(trained(bare));
      expect(probed.others).toEqual(bare.others);
      expect(probed.lines.flatMap((line) => unwritable(line))).toEqual([]);
    },
  );

  test('resumed in the midst, the lines are those of a run that was never stopped', async () => {
    const options = parseTrainOptions({ ...SIZE, cell: 'lstm', ...EVERY });
    const whole = run(trainerOf(await open(), options));
    const from = whole.at.get(3);
    const resumed = run(trainerOf(await open(), options, from));
    expect(resumed.lines).toEqual(whole.lines.filter(({ step }) => step > 3));
    expect(trained(resumed)).toEqual(trained(whole));
  });
});

test('a step’s line holds what is due at it, and nothing else', () => {
  const options = parseTrainOptions({ ...SIZE, cell: 'gru', ...EVERY });
  const { lines } = run(trainerOf(openReference(), options));
  for (const line of lines) {
    const due = PROBE_NAMES.filter((name) => line.step % options[everyName(name)] === 0);
    expect(line.layers.map(({ layer }) => layer)).toEqual([0, 1]);
    const keys = {
      total: ['total', 'totalLog10'],
      lag: ['lagLog10', 'memory'],
      updates: [],
      audit: [],
      direction: [],
      matrix: [],
      listen: [],
    } as Record<string, string[]>;
    const byLayer = due.flatMap((name) => keys[name] ?? [name]);
    for (const layer of line.layers) expect(Object.keys(layer).sort()).toEqual(['layer', ...byLayer].sort());
    const beside = due.filter((name) => ['updates', 'audit', 'direction', 'matrix', 'listen'].includes(name));
    expect(Object.keys(line).sort()).toEqual(['layers', 'step', ...beside].sort());
  }
  const all = Object.assign({}, ...lines) as GradientStep;
  expect(all.listen?.symbols).toEqual(Array.from(text(90).slice(0, 64), (id) => 'abcdefg'[id]));
  expect(all.audit?.timesteps).toBe(20);
  expect(all.matrix?.layers[1].log10).toHaveLength(5);
  expect(Object.keys(all.updates ?? {})).toContain('rnn.weight_hh_l1');
});

/** The size that the presets are made for. */
const USUAL = { batch: 32, window: 64, hidden: 128 };

describe('presets', () => {
  test('light is the default, off measures nothing, a flag goes over the preset', () => {
    const light = parseTrainOptions({});
    expect([light.totalEvery, light.lagEvery, light.matrixEvery]).toEqual([10, 50, 0]);
    for (const preset of ['off', 'light', 'full'] as const) {
      const options = parseTrainOptions({ probe: preset, splitEvery: 7, lagEvery: 0 });
      for (const name of PROBE_NAMES)
        expect(options[everyName(name)]).toBe(
          name === 'split' ? 7 : name === 'lag' ? 0 : everyOf(name, preset, USUAL),
        );
    }
    expect(
      PROBE_NAMES.every((name) => everyOf(name, 'full', USUAL) > 0 && everyOf(name, 'off', USUAL) === 0),
    ).toBe(true);
    // What a run's options are once completed is what they are when they are read again.
    const full = parseTrainOptions({ probe: 'full' });
    expect(JSON.stringify(parseTrainOptions({ ...full }))).toBe(JSON.stringify(full));
  });

  test('full takes a probe less often where it would cost more than its quarter', () => {
    const at = (given: Record<string, unknown>) => parseTrainOptions({ probe: 'full', ...given });
    expect(at({}).matrixEvery).toBe(250);
    expect(at({ window: 256 }).matrixEvery).toBe(1000);
    expect(at({ window: 256 }).lagEvery).toBe(50);
    const tiny = at({ batch: 1, hidden: 16 });
    expect([tiny.lagEvery, tiny.listenEvery, tiny.matrixEvery]).toEqual([400, 4000, 2000]);
    expect(parseTrainOptions({ batch: 1, hidden: 16 }).lagEvery).toBe(50);
    expect(at({ window: 256, matrixEvery: 10 }).matrixEvery).toBe(10);
  });

  test('every probe has its flag, and help says how often each preset takes it', () => {
    const flags = describeOptions(trainOptions).filter(({ group }) => group === 'probes');
    expect(flags.map(({ name }) => name)).toEqual(['probe', ...PROBE_NAMES.map(everyName)]);
    expect(en.options.train.lagEvery).toBe(
      'steps between logs of the gradient by lag (light 50, full 50); 0 for none',
    );
    expect(() => parseTrainOptions({ probe: 'some' })).toThrow(UsageError);
    expect(() => parseTrainOptions({ auditEvery: -1 })).toThrow('--audit-every: is -1, expected at least 0');
  });
});

describe('gradients that die or grow', () => {
  const line = (
    kernels: Kernels,
    options: TrainOptions,
    prepare: (trainer: Trainer) => void,
  ): { line: GradientStep | null; events: string[] } => {
    const trainer = trainerOf(kernels, options);
    prepare(trainer);
    trainer.network.refresh();
    const { lines, others } = run(trainer);
    return { line: lines.at(0) ?? null, events: (others as { kind: string }[]).map(({ kind }) => kind) };
  };
  const full = { ...Object.fromEntries(PROBE_NAMES.map((name) => [everyName(name), 1])), batch: 2, steps: 1 };

  test('sigmoid, 4 layers: vanishing, every number of the line one that JSON holds', () => {
    const options = parseTrainOptions({
      ...full,
      cell: 'sigmoid',
      layers: 4,
      hidden: 8,
      window: 60,
      init: 'orthogonal',
    });
    const { line: found } = line(openReference(), options, () => undefined);
    expect(found?.layers.map(({ memory }) => memory?.verdict)).toEqual(new Array(4).fill('vanishing'));
    expect(found?.layers[0].lagLog10?.h.at(-1)).toBeLessThan(-30);
    expect(unwritable(found)).toEqual([]);
    expect(found?.audit?.share[found.audit.cuts.indexOf(60)]).toBeLessThan(1e-20);
  });

  test('ReLU, spectral radius 1.5, units open: exploding, and the audit steps aside where float32 ends', async () => {
    const options = parseTrainOptions({
      ...full,
      cell: 'relu',
      hidden: 4,
      window: 60,
      init: 'identity',
      lr: 1e-12,
    });
    const { line: found, events } = line(await openWasm(), options, ({ network: { parameters } }) => {
      const [{ weightHh, biasIh }] = parameters.layers;
      weightHh.data.forEach((w, j, all) => (all[j] = 1.5 * w));
      biasIh.data.fill(1);
      parameters.readoutWeight.data.forEach((w, j, all) => (all[j] = w * 1e-9));
    });
    expect(events).not.toContain('diverged');
    expect(found?.layers[0].memory?.verdict).toBe('exploding');
    expect(found?.layers[0].theory?.lyapunov[0]).toBeCloseTo(Math.log(1.5), 4);
    expect(found?.audit).toBeUndefined();
    expect(unwritable(found)).toEqual([]);
  });
});
