/**
 * What a run has logged so far, read back: metrics.jsonl as updates and evaluations, gradients.jsonl as it is.
 * Needs no lock: a run can be looked at while it trains.
 */
import * as z from 'zod';
import { failure } from '../base/errors.js';
import type { Flag, GradientStep } from '../bptt/report.js';
import { joinPath, MissingFileError, type FileStore } from './files.js';
import { readLog, type LogLine } from './json-lines.js';
import { firstIssue, wants } from './json.js';
import { lineWithNewMemory } from './old-memory.js';
import { GRADIENTS, GRADIENTS_FORMAT, METRICS, METRICS_FORMAT, RUN } from './run-files.js';
import { decodeRunInfo, type RunInfo } from './run-info.js';

/** One update of the weights, as metrics.jsonl has it. */
export interface MetricsStep {
  readonly step: number;
  readonly lossNats: number;
  readonly gradientNorm: number;
  readonly clipScale: number;
  readonly lr: number;
  readonly elapsedMs: number;
}

/** One pass over the held-out text. */
export interface EvaluationStep {
  readonly step: number;
  readonly validationLossNats: number;
  readonly predictions: number;
  readonly isBest: boolean;
}

/** The logs of a run, read back. */
export interface History {
  readonly info: RunInfo;
  readonly updates: readonly MetricsStep[];
  readonly evaluations: readonly EvaluationStep[];
  readonly gradients: readonly GradientStep[];
}

const number = z.number(wants({ is: 'number' }));
const numbers = z.array(number, wants({ is: 'numbers' }));
const orNull = z.array(number.nullable(), wants({ is: 'numbers-or-nulls' }));
const byState = (list: typeof numbers | typeof orNull) =>
  z.looseObject({ h: list, c: list.nullable() }, wants({ is: 'h-and-c' }));
const byName = (list: typeof numbers) => z.record(z.string(), list, wants({ is: 'object' }));
const lag = z
  .int(wants({ is: 'lag' }))
  .min(0)
  .nullable();
const layer = z.int(wants({ is: 'layer' })).min(0);
const triangle = z.array(orNull, wants({ is: 'lists' }));

const memory = z.looseObject({
  halfLife: lag,
  lag1pct: lag,
  lag1e6: lag,
  drop: z.looseObject({ decades: number, lag: z.int(wants({ is: 'lag' })).min(0) }).nullable(),
  tail: z.looseObject({ decadesPerStep: number, standardError: number.nullable() }).nullable(),
  timeConstant: number.nullable(),
  verdict: z.enum(['vanishing', 'thin', 'preserved', 'exploding', 'not-finite', 'dead']),
});
const FLAGS: readonly string[] = ['float32-digits', 'chaotic-float32', 'chaotic'] satisfies Flag[];
const flags = z
  .array(z.string(wants({ is: 'flag' })), wants({ is: 'list' }))
  .transform((all) => all.filter((flag) => FLAGS.includes(flag)));
const split = z.looseObject({ gates: orNull, weights: orNull.nullable(), arriving: orNull });
const theory = z.looseObject({
  // null: a cell without W_hh.
  blocks: z.array(z.looseObject({ name: z.string(), sigma1: number, spectralRadius: number })).nullable(),
  boundLog10: number.nullable(),
  isTheorem: z.boolean(),
  lyapunov: numbers,
});

// Loose throughout: what a later dissipa of the same version logs as well is passed over.
const gradientSchema = z.looseObject({
  step: z.number(),
  layers: z.array(
    z.looseObject({
      layer,
      // null: beyond what a number has room for.
      total: byState(orNull).optional(),
      totalLog10: byState(orNull).optional(),
      lagLog10: byState(orNull).optional(),
      recurrent: numbers.nullable().optional(),
      saturation: byName(numbers).optional(),
      activation: byName(numbers).optional(),
      memory: memory.optional(),
      split: split.optional(),
      theory: theory.optional(),
      flags: flags.optional(),
      digitsFromLag: lag.optional(),
    }),
    wants({ is: 'layers' }),
  ),
  updates: z.record(z.string(), number).optional(),
  audit: z
    .looseObject({
      timesteps: z.int().min(1),
      cuts: numbers,
      // null: what float32 cannot tell from 0.
      share: orNull,
      byLayer: z.array(orNull),
    })
    .optional(),
  matrix: z.looseObject({ layers: z.array(z.looseObject({ layer, log10: triangle })) }).optional(),
  listen: z
    .looseObject({ symbols: z.array(z.string()), log10: triangle, probability: orNull.optional() })
    .optional(),
});

const updateSchema = z.looseObject({
  step: z.number(),
  lossNats: number,
  gradientNorm: number,
  clipScale: number,
  lr: number,
  elapsedMs: number,
});
const evaluationSchema = z.looseObject({
  step: z.number(),
  validationLossNats: number,
  predictions: number,
  isBest: z.boolean(),
});

/**
 * Reads the logs of the run in `dir`; one that is missing is empty.
 * @throws DissipaError for damage other than a torn last line, naming file and line
 */
export async function readHistory(files: FileStore, dir: string): Promise<History> {
  const path = joinPath(dir, RUN);
  const info = decodeRunInfo(await files.read(path), path);
  const metrics = await linesOf(files, joinPath(dir, METRICS), METRICS_FORMAT);
  const gradients = await linesOf(files, joinPath(dir, GRADIENTS), GRADIENTS_FORMAT);
  const isEvaluation = (line: LogLine): boolean => 'validationLossNats' in line;
  const [updates, evaluations] = [metrics, metrics].map((all, i) => ({
    ...all,
    lines: all.lines.filter(({ line }) => isEvaluation(line) === (i === 1)),
  }));
  return {
    info,
    updates: checked(updates, updateSchema),
    evaluations: checked(evaluations, evaluationSchema),
    // Optional keys that are absent in JSON are absent here: the types agree but for `undefined`.
    gradients: checked(gradients, gradientSchema) as GradientStep[],
  };
}

interface Numbered {
  readonly path: string;
  /** Each with its number in the file, the header being 1. */
  readonly lines: readonly { readonly line: LogLine; readonly number: number }[];
}

async function linesOf(files: FileStore, path: string, format: string): Promise<Numbered> {
  try {
    const { lines, version } = readLog(await files.read(path), path, format);
    const isOld = format === GRADIENTS_FORMAT && version === 1;
    return {
      path,
      lines: lines.map((line, i) => ({ line: isOld ? lineWithNewMemory(line) : line, number: i + 2 })),
    };
  } catch (error) {
    if (error instanceof MissingFileError) return { path, lines: [] };
    throw error;
  }
}

function checked<T extends z.ZodType>({ path, lines }: Numbered, schema: T): z.output<T>[] {
  return lines.map(({ line, number: at }) => {
    const parsed = schema.safeParse(line);
    if (parsed.success) return parsed.data;
    throw failure('log.bad-entry', { where: path, line: at, issue: firstIssue(line, parsed.error) });
  });
}
