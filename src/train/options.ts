/**
 * The options of a training run: one table, from which the flags, their help, their checks and run.json come.
 * A flag is the option's name in kebab-case.
 */
import * as z from 'zod';
import { misuse } from '../base/errors.js';
import { nameOf, parseOptions, type OptionGroup, type OptionMeta } from '../base/options.js';
import { ENGINES } from '../kernels/engine.js';
import { INITS } from '../model/init.js';
import { cellNames, type AddedName } from '../model/cells/index.js';
import { CELLS, type CellName } from '../model/shape.js';
import { everyName, everyOf, PRESETS, PROBE_NAMES, type EveryName } from '../probe/training.js';
import { NEW_SYMBOLS } from '../text/onto.js';
import { checkSymbolOptions, readingOptions, symbolOptions } from '../text/reading.js';
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
  })
  .meta({ isCountToo: true } satisfies OptionMeta);

const option = <T extends z.ZodType>(schema: T, group: OptionGroup): T =>
  schema.meta({ group } satisfies OptionMeta);
/** May be given anew with --resume; of the others train/resuming.ts says why not. */
const resumable = <T extends z.ZodType>(schema: T, group: OptionGroup): T =>
  schema.meta({ group, resumable: true } satisfies OptionMeta);

/** A schedule for each probe of the table; one that is not given is filled in by the preset. */
function probeSchedules() {
  const schedule = () => resumable(count(0).optional(), 'probes');
  return Object.fromEntries(PROBE_NAMES.map((name) => [everyName(name), schedule()])) as Record<
    EveryName,
    ReturnType<typeof schedule>
  >;
}

/** About a minute of the default model on two cores, or less. */
export const DEFAULT_STEPS = 10_000;

const shape = {
  cell: option(nameOf<CellName | AddedName>(cellNames, CELLS).default('tanh'), 'model'),
  layers: option(count(1, 64).default(1), 'model'),
  hidden: option(count(1, 16384).default(128), 'model'),
  init: option(z.enum(INITS).default('uniform'), 'model'),
  forgetBias: option(z.number().default(1), 'model'),
  dropout: resumable(share.default(0), 'model'),

  window: option(count(1, 65536).default(64), 'data'),
  batch: option(count(1, 65536).default(32), 'data'),
  validation: option(shareOrCount.default(0.1), 'data'),
  test: option(shareOrCount.default(0), 'data'),
  ...readingOptions,
  ...symbolOptions,
  unknown: option(z.enum(NEW_SYMBOLS).optional(), 'data'),
  minCount: option(count(1).default(1), 'data'),

  steps: resumable(count(0).optional(), 'training').meta({ usual: DEFAULT_STEPS } satisfies OptionMeta),
  epochs: resumable(positive.optional(), 'training'),
  lr: resumable(positive.default(0.002), 'training'),
  schedule: resumable(z.enum(SCHEDULES).default('constant'), 'training'),
  warmup: resumable(count(0).default(0), 'training'),
  minLr: resumable(z.number().min(0).default(0), 'training'),
  average: option(share.default(0), 'training'),
  clip: resumable(positive.default(5), 'training'),
  clipMode: resumable(z.enum(CLIP_MODES).default('norm'), 'training'),
  patience: resumable(count(0).default(0), 'training'),
  seed: option(count(-(2 ** 31)).default(1), 'training'),

  optimizer: option(z.enum(OPTIMISERS).default('adam'), 'optimiser'),
  momentum: option(share.default(0), 'optimiser'),
  alpha: option(share.default(0.99), 'optimiser'),
  beta1: option(share.default(0.9), 'optimiser'),
  beta2: option(share.default(0.999), 'optimiser'),
  epsilon: option(z.number().min(SMALLEST_FLOAT32).default(1e-8), 'optimiser'),
  weightDecay: resumable(z.number().min(0).default(0), 'optimiser'),

  evaluateEvery: resumable(count(1).optional(), 'run'),
  evaluateFirst: resumable(count(1).optional(), 'run'),
  evaluateCharacters: option(count(2).optional(), 'run'),
  checkpointEvery: resumable(count(1).default(500), 'run'),
  keep: resumable(count(1).default(2), 'run'),
  sampleEvery: resumable(count(0).default(500), 'run'),
  probe: resumable(z.enum(PRESETS).default('light'), 'probes'),
  ...probeSchedules(),
  engine: resumable(z.enum(ENGINES).default('auto'), 'run'),
  threads: resumable(z.union([z.literal('auto'), count(1, 1024)]).default('auto'), 'run').meta({
    takes: 'count',
  } satisfies OptionMeta),
} satisfies Record<string, z.ZodType>;

/** Every option of a run, complete. */
export const trainOptions = z.strictObject(shape);
type Checked = z.infer<typeof trainOptions>;
/** The options of a training, complete. */
export type TrainOptions = Readonly<Omit<Checked, EveryName> & Record<EveryName, number>>;
export type TrainOptionName = keyof TrainOptions;
/** As they may be given: each may be left out. */
export type GivenTrainOptions = Readonly<z.input<typeof trainOptions>>;

/**
 * Completes and checks options.
 * @throws UsageError for an unknown name, a value out of range, steps and epochs at once, shares that leave nothing
 */
export function parseTrainOptions(
  given: GivenTrainOptions | Readonly<Record<string, unknown>>,
): TrainOptions {
  const options = withSchedules(parseOptions(trainOptions, given));
  if (options.steps !== undefined && options.epochs !== undefined) throw misuse('train.two-ends', {});
  checkSymbolOptions(options);
  const { validation, test } = options;
  if (validation < 1 && test < 1 && validation + test >= 1)
    throw misuse('train.nothing-left', { test, validation });
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
