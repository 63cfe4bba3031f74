/** The options of a sweep: one table, from which the flags, their help, their checks and sweep.json come. */
import * as z from 'zod';
import { misuse } from '../../base/errors.js';
import { flagOf, parseOptions, type OptionMeta } from '../../base/options.js';
import { parseTrainOptions, trainOptions, type TrainOptions } from '../../train/options.js';
import { ofAxes } from './of-axes.js';
import { gridSize, parseGrid, gridPoints, samplePoints, type GridAxis, type GridPoint } from './grid.js';

const inGroup = { group: 'sweep' } satisfies OptionMeta;

/** All are checked before the first begins, in some six seconds and 350 MB for so many. */
const MOST_JOBS = 100_000;

/** What is a sweep's own; all options of `train` that are not axes stand beside it. */
const own = {
  grid: z
    .string()
    .optional()
    .meta({ ...inGroup, takes: 'axes' } satisfies OptionMeta),
  samples: z.int().min(1).max(MOST_JOBS).optional().meta(inGroup),
  samplesSeed: z
    .int()
    .min(-(2 ** 31))
    .max(2 ** 31 - 1)
    .default(1)
    .meta(inGroup),
  halving: z.int().min(2).max(100).optional().meta(inGroup),
  most: z.int().min(1).max(MOST_JOBS).default(10_000).meta(inGroup),
};

/** Options of a single training that a sweep has no use for. */
const NOT_HERE = ['probe', 'sampleEvery', 'keep', 'unknown', 'threads', 'records', 'symbols'] as const;
const isProbe = (name: string): boolean =>
  trainOptions.shape[name as keyof typeof trainOptions.shape].meta()?.['group'] === 'probes';

const base = Object.fromEntries(
  Object.entries(trainOptions.shape).filter(
    ([name]) => !(NOT_HERE as readonly string[]).includes(name) && !isProbe(name),
  ),
) as Omit<typeof trainOptions.shape, (typeof NOT_HERE)[number]>;

export const sweepOptions = z.strictObject({ ...own, ...base });

/** Passes over an evaluation are part of each training's time; so many characters tell two settings apart. */
export const MOST_EVALUATED = 65_536;

/** What a sweep is: the axes, and what each training has beside its point. */
export interface SweepPlan {
  readonly axes: readonly GridAxis[];
  readonly points: readonly GridPoint[];
  /** One training in so many goes on; null for none that stops early. */
  readonly halving: number | null;
  /** The options of each training, complete. */
  readonly options: readonly TrainOptions[];
  /** The same as a training by itself has them, with its own probes and samples. */
  readonly alone: (index: number) => TrainOptions;
}

/**
 * @param given as typed, under the names of the table
 * @throws UsageError for what is wrong with the options of the sweep, or with those of any of its trainings
 */
export function sweepPlan(given: Readonly<Record<string, unknown>>): SweepPlan {
  const { grid, samples, samplesSeed, halving, most } = parseOptions(sweepOptions, given);
  const axes = parseGrid(grid ?? '', samples !== undefined);
  for (const { name } of axes)
    if (given[name] !== undefined) throw misuse('grid.both', { name, flag: flagOf(name) });
  const jobs = samples ?? gridSize(axes);
  if (jobs > most) throw misuse('grid.many', { jobs, most, limit: MOST_JOBS });
  const points = samples === undefined ? [...gridPoints(axes)] : samplePoints(axes, samples, samplesSeed);
  const common = Object.fromEntries(Object.entries(given).filter(([name]) => !(name in own)));
  const options = points.map((point) => {
    try {
      return parseTrainOptions({ evaluateCharacters: MOST_EVALUATED, ...common, ...point, ...FOR_ALL });
    } catch (error) {
      throw ofAxes(error, Object.keys(point));
    }
  });
  const alone = (index: number): TrainOptions => parseTrainOptions({ ...common, ...points[index] });
  return { axes, points, halving: halving ?? null, options, alone };
}

/** Probes and samples are of one training; results are the same for any number of threads. */
const FOR_ALL = { probe: 'off', sampleEvery: 0, threads: 1 } as const;
