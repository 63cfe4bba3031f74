/**
 * The options of a training run: one table, from which the flags, their help, their checks and run.json come.
 * A flag is the option's name in kebab-case.
 */
import * as z from 'zod';
import { UsageError } from '../base/errors.js';
import { parseOptions, type OptionMeta } from '../base/options.js';
import { ENGINES } from '../kernels/engine.js';
import { INITS } from '../model/init.js';
import { CELLS } from '../model/shape.js';
import {
  everyName,
  everyOf,
  PRESETS,
  PROBE_NAMES,
  TRAINING_PROBES,
  type EveryName,
  type ProbeName,
} from '../probe/training.js';
import { NEW_SYMBOLS } from '../text/onto.js';
import { readingOptions } from '../text/reading.js';
import { CLIP_MODES } from './clip.js';
import { OPTIMISERS } from './optimisers.js';
import { SCHEDULES } from './schedule.js';

const count = (least: number, most = 2 ** 31 - 1) => z.int().min(least).max(most);
const share = z.number().min(0).lt(1);
/** Below it a number is 0 in the kernels, and a gradient of 0 would be divided by it. */
const SMALLEST_FLOAT32 = 2 ** -126;
const positive = z.number().positive();
/** A share of the text below 1, or a count of characters; one to read and one to predict are the fewest. */
const shareOrCount = z
  .number()
  .min(0)
  .refine((amount) => amount < 1 || (Number.isInteger(amount) && amount >= 2), {
    error: 'share-or-count',
  });

type Group = 'Model' | 'Data' | 'Training' | 'Optimiser' | 'Probes' | 'Run';

const option = <T extends z.ZodType>(schema: T, group: Group, description: string): T =>
  schema.meta({ group, description } satisfies OptionMeta);
/** May be given anew with --resume; of the others train/resuming.ts says why not. */
const resumable = <T extends z.ZodType>(schema: T, group: Group, description: string): T =>
  schema.meta({ group, description, resumable: true } satisfies OptionMeta);

/** A schedule for each probe of the table; one that is not given is filled in by the preset. */
function probeSchedules() {
  const schedule = (name: ProbeName) => {
    const { what, light, full } = TRAINING_PROBES[name];
    const presets = light > 0 ? `light ${light}, full ${full}` : `full ${full}`;
    return resumable(count(0).optional(), 'Probes', `steps between logs of ${what} (${presets}); 0 for none`);
  };
  return Object.fromEntries(PROBE_NAMES.map((name) => [everyName(name), schedule(name)])) as Record<
    EveryName,
    ReturnType<typeof schedule>
  >;
}

/** About a minute of the default model on two cores, or less. */
export const DEFAULT_STEPS = 10_000;

const shape = {
  cell: option(z.enum(CELLS).default('tanh'), 'Model', 'kind of cell'),
  layers: option(count(1, 64).default(1), 'Model', 'stacked layers, L'),
  hidden: option(count(1, 16384).default(128), 'Model', 'units in each layer, H'),
  init: option(z.enum(INITS).default('uniform'), 'Model', "start of the weights; uniform is PyTorch's"),
  forgetBias: option(z.number().default(1), 'Model', "start of the LSTM's forget gate bias"),
  dropout: resumable(share.default(0), 'Model', 'share of units dropped between layers'),

  window: option(count(1, 65536).default(64), 'Data', 'timesteps the gradient travels back, T'),
  batch: option(count(1, 65536).default(32), 'Data', 'rows trained side by side, N'),
  validation: option(
    shareOrCount.default(0.1),
    'Data',
    'share of the text, or count of its characters, held out at the end; 0 for none',
  ),
  test: option(
    shareOrCount.default(0),
    'Data',
    'share or count held out behind that, which only the end of the run looks at',
  ),
  ...readingOptions,
  unknown: option(
    z.enum(NEW_SYMBOLS).optional(),
    'Data',
    'with --from: what becomes of symbols that the model has not [add]',
  ),
  minCount: option(count(1).default(1), 'Data', 'symbols met less often are read as one unknown symbol'),

  steps: resumable(
    count(0).optional(),
    'Training',
    `updates of the weights (default ${DEFAULT_STEPS}); 0 measures the net as it is drawn`,
  ),
  epochs: resumable(positive.optional(), 'Training', 'passes over the text, instead of --steps'),
  lr: resumable(positive.default(0.002), 'Training', 'learning rate'),
  schedule: resumable(
    z.enum(SCHEDULES).default('constant'),
    'Training',
    'course of the learning rate over all steps; --resume with more stretches it',
  ),
  warmup: resumable(count(0).default(0), 'Training', 'steps in which the learning rate rises from 0'),
  minLr: resumable(z.number().min(0).default(0), 'Training', 'learning rate that linear and cosine end at'),
  average: option(
    share.default(0),
    'Training',
    'decay of an average of the weights, which is evaluated, sampled and saved as best; 0 for none',
  ),
  clip: resumable(positive.default(5), 'Training', 'largest gradient norm (or value, see --clip-mode)'),
  clipMode: resumable(
    z.enum(CLIP_MODES).default('norm'),
    'Training',
    'clip the norm of the gradient, each value, or none',
  ),
  patience: resumable(
    count(0).default(0),
    'Training',
    'stop after so many evaluations without a better one; 0 for never',
  ),
  seed: option(count(-(2 ** 31)).default(1), 'Training', 'seed of all random numbers'),

  optimizer: option(z.enum(OPTIMISERS).default('adam'), 'Optimiser', "optimiser, in PyTorch's definition"),
  momentum: option(share.default(0), 'Optimiser', "sgd's momentum"),
  alpha: option(share.default(0.99), 'Optimiser', "rmsprop's smoothing"),
  beta1: option(share.default(0.9), 'Optimiser', "adam's and adamw's first decay"),
  beta2: option(share.default(0.999), 'Optimiser', "adam's and adamw's second decay"),
  epsilon: option(z.number().min(SMALLEST_FLOAT32).default(1e-8), 'Optimiser', 'added to denominators'),
  weightDecay: resumable(z.number().min(0).default(0), 'Optimiser', 'L2 penalty; with adamw decoupled'),

  evaluateEvery: resumable(
    count(1).optional(),
    'Run',
    'steps between evaluations on the held-out text [250; more where they cost a tenth of the work, fewer on a short text]',
  ),
  evaluateFirst: resumable(
    count(1).optional(),
    'Run',
    'step of the first evaluation, from where each is at twice the step up to --evaluate-every [that, where it is given]',
  ),
  evaluateCharacters: option(
    count(2).optional(),
    'Run',
    'characters of it that evaluations on the way look at, evenly spread [16384 to 65536]',
  ),
  checkpointEvery: resumable(count(1).default(500), 'Run', 'steps between checkpoints'),
  keep: resumable(count(1).default(2), 'Run', 'newest checkpoints that are kept, beside the best'),
  sampleEvery: resumable(count(0).default(500), 'Run', 'steps between samples in samples.txt; 0 for none'),
  probe: resumable(z.enum(PRESETS).default('light'), 'Probes', 'what is measured of the gradient on the way'),
  ...probeSchedules(),
  engine: resumable(z.enum(ENGINES).default('auto'), 'Run', 'arithmetic; auto takes the fastest there is'),
  threads: resumable(
    z.union([z.literal('auto'), count(1, 1024)]).default('auto'),
    'Run',
    'threads that share the work; auto takes as many as help',
  ),
} satisfies Record<string, z.ZodType>;

/** Every option of a run, complete. */
export const trainOptions = z.strictObject(shape);
type Checked = z.infer<typeof trainOptions>;
export type TrainOptions = Readonly<Omit<Checked, EveryName> & Record<EveryName, number>>;
export type TrainOptionName = keyof TrainOptions;

/**
 * Completes and checks options.
 * @throws UsageError for an unknown name, a value out of range, steps and epochs at once, shares that leave nothing
 */
export function parseTrainOptions(given: Readonly<Record<string, unknown>>): TrainOptions {
  const options = withSchedules(parseOptions(trainOptions, given));
  if (options.steps !== undefined && options.epochs !== undefined)
    throw new UsageError({
      where: '--epochs',
      found: '--steps is given too',
      expected: 'expected one of the two',
    });
  const { validation, test } = options;
  if (validation < 1 && test < 1 && validation + test >= 1)
    throw new UsageError({
      where: '--test',
      found: `${test} and --validation ${validation} are all of the text`,
      expected: 'expected some to be left to train on',
    });
  return options;
}

function withSchedules(checked: Checked): TrainOptions {
  const every = Object.fromEntries(
    PROBE_NAMES.map((name) => [
      everyName(name),
      checked[everyName(name)] ?? everyOf(name, checked.probe, checked),
    ]),
  ) as Record<EveryName, number>;
  return inOrder({ ...checked, ...every });
}

/** In the table's order, whatever was given: a run's options are kept in its checkpoints, byte for byte the same. */
export function inOrder(complete: Readonly<Record<string, unknown>>): TrainOptions {
  const names = Object.keys(trainOptions.shape).filter((name) => complete[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, complete[name]])) as unknown as TrainOptions;
}
