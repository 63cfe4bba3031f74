/**
 * What a run has logged so far, read back: metrics.jsonl as updates and evaluations, gradients.jsonl as it is.
 * Needs no lock: a run can be looked at while it trains.
 */
import * as z from 'zod';
import { listOf } from '../base/lists.js';
import { failure } from '../base/errors.js';
import { firstIssue } from '../base/issue.js';
import type { Known } from '../base/known.js';
import { wants } from '../base/wanted.js';
import type { GradientStep } from '../bptt/report.js';
import { layerIndex, number } from '../probe/log.js';
import { LAYER_PROBES, WINDOW_PROBES } from '../probe/training.js';
import { joinPath, readIfThere, type FileStore } from './files.js';
import { readLog, type LogLine } from './json-lines.js';
import { lineWithNewMemory } from './old-memory.js';
import { GRADIENTS, GRADIENTS_FORMAT, METRICS, METRICS_FORMAT, RUN } from './run-files.js';
import { decodeRunInfo, type RunInfo } from './run-info.js';

/** One update of the weights, as metrics.jsonl has it. */
const updateSchema = z.looseObject({
  step: z.number(),
  lossNats: number,
  gradientNorm: number,
  clipScale: number,
  lr: number,
  elapsedMs: number,
});
export type MetricsStep = Readonly<Known<z.output<typeof updateSchema>>>;

/** One pass over the held-out text. */
const evaluationSchema = z.looseObject({
  step: z.number(),
  validationLossNats: number,
  predictions: number,
  isBest: z.boolean(),
});
export type EvaluationStep = Readonly<Known<z.output<typeof evaluationSchema>>>;

/** The logs of a run, read back. */
export interface History {
  readonly info: RunInfo;
  readonly updates: readonly MetricsStep[];
  readonly evaluations: readonly EvaluationStep[];
  readonly gradients: readonly GradientStep[];
}

const logged = (logs: Readonly<Record<string, z.ZodType>>) =>
  Object.fromEntries(Object.entries(logs).map(([key, schema]) => [key, schema.optional()]));

// Loose throughout: what a later dissipa of the same version logs as well, or a probe of one's own, is passed over.
const gradientSchema = z.looseObject({
  step: z.number(),
  layers: listOf(
    z.looseObject({
      ...logged(Object.fromEntries(LAYER_PROBES.flatMap(({ log }) => Object.entries(log)))),
      layer: layerIndex,
    }),
    wants({ is: 'layers' }),
  ),
  ...logged(Object.fromEntries(WINDOW_PROBES.map(({ name, log }) => [name, log]))),
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
    // The schema is gathered from the probes' own, and so are the types.
    gradients: checked(gradients, gradientSchema) as unknown as GradientStep[],
  };
}

interface Numbered {
  readonly path: string;
  /** Each with its number in the file, the header being 1. */
  readonly lines: readonly { readonly line: LogLine; readonly number: number }[];
}

async function linesOf(files: FileStore, path: string, format: string): Promise<Numbered> {
  const bytes = await readIfThere(files, path);
  if (bytes === null) return { path, lines: [] };
  const { lines, version } = readLog(bytes, path, format);
  const isOld = format === GRADIENTS_FORMAT && version === 1;
  return {
    path,
    lines: lines.map((line, i) => ({ line: isOld ? lineWithNewMemory(line) : line, number: i + 2 })),
  };
}

function checked<T extends z.ZodType>({ path, lines }: Numbered, schema: T): z.output<T>[] {
  return lines.map(({ line, number: at }) => {
    const parsed = schema.safeParse(line);
    if (parsed.success) return parsed.data;
    throw failure('log.bad-entry', { where: path, line: at, issue: firstIssue(line, parsed.error) });
  });
}
