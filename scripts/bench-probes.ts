/**
 * What the probes cost a training run, and what gradients that vanish cost a step.
 *
 *   npx tsx scripts/bench-probes.ts            each probe, and the presets as the sums of their schedules
 *   npx tsx scripts/bench-probes.ts whole      the presets themselves, over 500 steps
 *   npx tsx scripts/bench-probes.ts vanishing  steps whose gradients fall through float32's smallest numbers, in wasm,
 *                                              which cannot flush them to 0 as native code does
 *
 * The sides take turns, in an order drawn anew each round, so that what else the machine does falls on all alike; the
 * medians are compared.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Rng } from '../src/base/rng.js';
import { openEngine, type EngineName } from '../src/kernels/engine.js';
import type { CellName } from '../src/model/shape.js';
import {
  everyOf,
  PRESETS,
  PROBE_NAMES,
  scheduled,
  TRAINING_PROBES,
  type ScheduledProbe,
} from '../src/probe/training.js';
import { Alphabet } from '../src/text/alphabet.js';
import { decodeText } from '../src/text/decode.js';
import type { TrainEvent } from '../src/train/events.js';
import { parseTrainOptions, type TrainOptions } from '../src/train/options.js';
import { Trainer } from '../src/train/trainer.js';
import { spreadOf } from './bench/spread.js';

const corpus = fileURLToPath(new URL('../corpus/', import.meta.url));
const text = readdirSync(corpus)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => decodeText(readFileSync(corpus + name), name))
  .join('\n');
const alphabet = Alphabet.of(text, 'corpus');
const symbols = alphabet.encode(text, 'corpus');

async function trainerOf(
  options: TrainOptions,
  probes: readonly ScheduledProbe[],
  engine: EngineName = 'auto',
): Promise<Trainer> {
  const { cell, layers, hidden } = options;
  return new Trainer({
    kernels: await openEngine(engine),
    shape: { cell, layers, hidden, symbols: alphabet.size },
    options,
    training: symbols,
    validation: new Uint16Array(),
    probes,
    symbols: alphabet.symbols,
    where: 'corpus',
  });
}

/** Milliseconds of `steps` steps of each trainer: the sides in turn, in an order drawn anew each round; medians. The
 * processor's time, not the clock's: other processes do not count. */
function inTurn(trainers: readonly Trainer[], rounds: number, steps: number): number[] {
  const rng = Rng.fromSeed(1);
  const runs = trainers.map((trainer) => trainer.run());
  const times = trainers.map(() => [] as number[]);
  const take = (run: Generator<TrainEvent, void>): void => {
    for (let event = run.next(); !event.done; event = run.next()) if (event.value.kind === 'step') return;
    throw new RangeError('the run has ended');
  };
  // Round 0 warms up, and makes the probes' rooms.
  for (let round = 0; round <= rounds; round++) {
    const order = trainers.map((_, i) => ({ i, key: rng.uniform() })).sort((a, b) => a.key - b.key);
    for (const { i } of order) {
      const started = process.cpuUsage();
      for (let step = 0; step < steps; step++) take(runs[i]);
      const { user, system } = process.cpuUsage(started);
      if (round > 0) times[i].push((user + system) / 1000);
    }
  }
  return times.map((samples) => spreadOf(samples).median);
}

const NEVER = 1e6;
const optionsOf = (given: Record<string, unknown>): TrainOptions =>
  parseTrainOptions({ steps: NEVER, evaluateEvery: NEVER, checkpointEvery: NEVER, ...given });

const SIZES: readonly Record<string, unknown>[] = [
  { cell: 'tanh', hidden: 128 },
  { cell: 'lstm', hidden: 128 },
  { cell: 'gru', layers: 2, hidden: 128 },
  { cell: 'lstm', layers: 2, hidden: 256 },
  // Where what a probe does once weighs most: few rows, few units, long windows.
  { cell: 'tanh', hidden: 16, batch: 1 },
  { cell: 'gru', hidden: 32, batch: 4, window: 256 },
  { cell: 'lstm', hidden: 64, batch: 8, window: 16 },
  { cell: 'lstm', layers: 2, hidden: 512, window: 256 },
];
const nameOf = ({ cell, layers, hidden, batch, window }: TrainOptions): string =>
  `${cell} ${layers}×${hidden}, ${batch} rows of ${window} timesteps`;
const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

async function each(): Promise<void> {
  for (const size of SIZES) {
    const options = optionsOf(size);
    const sides = [await trainerOf(options, [])];
    for (const name of PROBE_NAMES)
      sides.push(await trainerOf(options, [{ probe: TRAINING_PROBES[name], every: 1 }]));
    const [bare, ...probed] = inTurn(sides, options.layers * options.hidden > 256 ? 5 : 11, 1);
    console.log(`\n${nameOf(options)}: ${bare.toFixed(1)} ms a step`);
    const cost = { light: 0, full: 0 };
    PROBE_NAMES.forEach((name, i) => {
      const extra = Math.max(0, probed[i] - bare);
      const share = (preset: 'light' | 'full'): number => {
        const every = everyOf(name, preset, options);
        return every === 0 ? 0 : extra / bare / every;
      };
      cost.light += share('light');
      cost.full += share('full');
      const steps = `${(extra / bare).toFixed(2)} steps`.padStart(14);
      console.log(`  ${name.padEnd(12)}${steps}  full ${percent(share('full')).padStart(6)}`);
    });
    console.log(`  light ${percent(cost.light)} of at most 3%, full ${percent(cost.full)} of at most 25%`);
  }
}

async function whole(): Promise<void> {
  const options = optionsOf({ cell: 'lstm', hidden: 64, batch: 16 });
  const presets = PRESETS.map((probe) => scheduled(optionsOf({ probe })));
  const sides = await Promise.all(presets.map((probes) => trainerOf(options, probes)));
  const [off, light, full] = inTurn(sides, 3, 500);
  console.log(
    `${nameOf(options)}, 500 steps: off ${off.toFixed(0)} ms, light ${percent(light / off - 1)} more, full ${percent(full / off - 1)} more`,
  );
}

async function vanishing(): Promise<void> {
  const cases: readonly (readonly [CellName, number, string])[] = [
    ['tanh', 1, 'orthogonal'],
    ['sigmoid', 1, 'orthogonal'],
    ['tanh', 8, 'orthogonal'],
    ['sigmoid', 8, 'orthogonal'],
    ['sigmoid', 8, 'uniform'],
    ['tanh', 16, 'uniform'],
    ['sigmoid', 16, 'uniform'],
  ];
  const options = cases.map(([cell, layers, init]) => optionsOf({ cell, layers, init, hidden: 64 }));
  const bare = await Promise.all(options.map((one) => trainerOf(one, [], 'wasm')));
  const lagged = await Promise.all(
    options.map((one) => trainerOf(one, [{ probe: TRAINING_PROBES.lag, every: 1 }], 'wasm')),
  );
  const audited = await Promise.all(
    options.map((one) => trainerOf(one, [{ probe: TRAINING_PROBES.audit, every: 1 }], 'wasm')),
  );
  const times = inTurn([...bare, ...lagged, ...audited], 9, 1);
  options.forEach((one, i) => {
    const [step, lag, audit] = [times[i], times[i + options.length], times[i + 2 * options.length]];
    console.log(
      `${nameOf(one)}, ${one.init}: ${step.toFixed(1)} ms a step, ${lag.toFixed(1)} with lag, ${audit.toFixed(1)} with the audit`,
    );
  });
}

const [mode = 'each'] = process.argv.slice(2);
if (mode === 'whole') await whole();
else if (mode === 'vanishing') await vanishing();
else await each();
