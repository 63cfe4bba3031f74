/**
 * compare.json: a comparison with all that has finished of it. It is written anew, as a whole, whenever a contender is
 * through: what was finished survives whatever happens to the process.
 */
import * as z from 'zod';
import { isRecord } from '../../base/json-value.js';
import { listOf } from '../../base/lists.js';
import { failure, type DissipaError } from '../../base/errors.js';
import type { Known } from '../../base/known.js';
import { wants } from '../../base/wanted.js';
import { joinPath, type FileStore } from '../../store/files.js';
import { readInfo } from '../../store/info-file.js';
import { inOrderOf, strictJson } from '../../store/json.js';
import type { InfoFault } from '../../store/problems.js';
import { layersWithNewMemory } from '../../store/old-memory.js';
import { runTextSchema } from '../../store/run-info.js';
import { contenderName, contenderOf, type ContenderName } from './contenders.js';
import { compareOptions, type CompareOptions } from './options.js';
import { resultSchema, type Job, type JobResult } from './result.js';

const FORMAT = 'dissipa.compare';
/** 1 had one slope in place of a layer's drop and tail. */
const VERSION = 2;
export const COMPARE_JSON = 'compare.json';

export type Begun = Omit<Comparison, 'format' | 'version' | 'results'>;

/** A comparison of which nothing has run yet. */
export const beginComparison = (begun: Begun): Comparison => ({
  format: FORMAT,
  version: VERSION,
  ...begun,
  results: [],
});

/** All contenders from the first seed, then from the next. */
export const jobsOf = ({ only, seeds, seed }: CompareOptions): Job[] =>
  Array.from({ length: seeds }, (_, i) => only.map((contender) => ({ contender, seed: seed + i }))).flat();

const isOf =
  (job: Job) =>
  (other: Job): boolean =>
    job.contender === other.contender && job.seed === other.seed;

export const missingOf = ({ options, results }: Comparison): Job[] =>
  jobsOf(options).filter((job) => !results.some(isOf(job)));

/** brain.js takes longest: begun last, it would run alone. */
export function slowestFirst(jobs: readonly Job[]): Job[] {
  const isSlow = ({ contender }: Job): boolean => contenderOf(contender).kind === 'brainjs';
  return [...jobs.filter(isSlow), ...jobs.filter((job) => !isSlow(job))];
}

/** In the jobs' order, whichever came first. */
export function withResult(comparison: Comparison, result: JobResult): Comparison {
  const all = [...comparison.results.filter((one) => !isOf(result)(one)), result];
  const results = jobsOf(comparison.options).flatMap((job) => all.filter(isOf(job)));
  return { ...comparison, results };
}

/** The results of one contender, by seed. */
export const resultsOf = ({ results }: Comparison, name: ContenderName): JobResult[] =>
  results.filter(({ contender }) => contender === name);

export async function writeComparison(
  files: FileStore,
  dir: string,
  comparison: Comparison,
  mayWrite?: () => Promise<void>,
): Promise<void> {
  const bytes = new TextEncoder().encode(`${strictJson(comparison)}\n`);
  await files.write(joinPath(dir, COMPARE_JSON), bytes, mayWrite);
}

/** Each contender once: what a comparison of a thousand seeds keeps is bounded, whatever a file says. */
const distinct = (names: readonly ContenderName[]): boolean => new Set(names).size === names.length;
const whole = z.int().min(0);

// The options are checked by the table that they come from; loose, since a later dissipa may have more.
const known = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  options: z.looseObject({
    ...compareOptions.shape,
    only: listOf(contenderName).refine(
      (names) => names.length > 0 && distinct(names),
      wants({ is: 'distinct-contenders' }),
    ),
  }),
  versions: z.looseObject({ dissipa: z.string(), node: z.string().optional() }),
  digest: z.string().regex(/^[0-9a-f]{64}$/, wants({ is: 'hex' })),
  reading: z.int().min(1).optional(),
  texts: listOf(runTextSchema),
  sources: listOf(z.string()).optional(),
  textCount: z.int().min(1).optional(),
  symbols: z.int().min(1),
  engine: z.string(),
  createdAt: z.iso.datetime({ offset: true, error: wants({ is: 'time' }) }),
  characters: z.looseObject({ training: whole, validation: whole }),
  results: listOf(resultSchema),
});
// What a later dissipa of the same version adds is kept when the file is rewritten.
const fileSchema = known.loose();

/**
 * A comparison as it is kept: its options, its text, the characters trained on and held out, and the result of each job
 * that is through, in the order of `jobsOf`.
 */
export type Comparison = Omit<Known<z.output<typeof known>>, 'options' | 'results'> & {
  readonly options: CompareOptions;
  readonly results: readonly JobResult[];
};

/** @throws DissipaError where there is no comparison, or not one of this version */
export async function readComparison(files: FileStore, dir: string): Promise<Comparison> {
  const where = joinPath(dir, COMPARE_JSON);
  const bad = (fault: InfoFault): DissipaError => failure('comparison.bad-info', { where, fault });
  const format = { format: FORMAT, versions: [1, VERSION], schema: fileSchema, renewed };
  const { info, written } = readInfo(await files.read(where), format, bad);
  // What is optional is absent in JSON, and here: the types agree but for `undefined`.
  return inOrderOf(written, info);
}

/** One of version 1 with the memory of its layers measured anew; what is not as expected is left to the check. */
function renewed(comparison: Record<string, unknown>): Record<string, unknown> {
  const { results, version } = comparison;
  if (version === VERSION) return comparison;
  if (!Array.isArray(results)) return { ...comparison, version: VERSION };
  return {
    ...comparison,
    version: VERSION,
    results: results.map((result: unknown) =>
      isRecord(result)
        ? {
            ...result,
            start: layersWithNewMemory(result['start']),
            end: layersWithNewMemory(result['end']),
          }
        : result,
    ),
  };
}
