/**
 * A sweep's folder:
 *
 *     sweep.json       what it is: the options as they were given, the text's digest, which part of it this folder has
 *     results.jsonl    a line for each training that has come to its end, or to where it is compared with others
 *     jobs/            of trainings under way: a checkpoint to go on from, and the seconds spent so far
 *
 * Lines are only added, and a checkpoint is replaced as a whole: what was finished survives whatever happens.
 */
import * as z from 'zod';
import { firstIssue } from '../../base/issue.js';
import { listOf, recordOf } from '../../base/lists.js';
import { failure, type DissipaError } from '../../base/errors.js';
import { joinPath, type FileStore } from '../../store/files.js';
import { readInfo } from '../../store/info-file.js';
import { encodeLine, logHeader, readLog } from '../../store/json-lines.js';
import { strictJson } from '../../store/json.js';
import type { Lock } from '../../store/lock.js';
import type { InfoFault } from '../../store/problems.js';
import { runTextSchema, type RunText } from '../../store/run-info.js';
import { KeptJobs } from '../jobs/kept.js';
import { resultSchema, type SweepResult } from './result.js';

const FORMAT = 'dissipa.sweep';
const VERSION = 1;
const RESULTS = 'dissipa.sweep-results';
export const SWEEP_JSON = 'sweep.json';
const RESULTS_JSONL = 'results.jsonl';

const partSchema = z.object({ part: z.int().min(1), of: z.int().min(1) });
/** Every n-th training, beginning with the i-th: `3/8`. */
export type Part = z.infer<typeof partSchema>;

const infoSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  /** As given, under the library's names: from them the plan is made again. */
  options: recordOf(z.union([z.string(), z.number(), z.boolean()])),
  versions: z.looseObject({ dissipa: z.string(), node: z.string().optional() }),
  engine: z.string(),
  texts: listOf(runTextSchema),
  /** Files, folders and patterns as they were given; none for the bundled corpus, and in files of before. */
  sources: listOf(z.string()).optional(),
  /** Where not all texts are listed. */
  textCount: z.int().min(1).optional(),
  reading: z.int().min(1),
  digest: z.string(),
  symbols: z.int().min(1),
  part: partSchema.nullable(),
  createdAt: z.string(),
});
export type SweepInfo = Omit<z.infer<typeof infoSchema>, 'texts' | 'sources'> & {
  readonly texts: readonly RunText[];
  readonly sources?: readonly string[] | undefined;
};
export type NewSweep = Omit<SweepInfo, 'format' | 'version'>;

/** A result, and for which comparison of successive halving it stands, from 0. */
const lineSchema = resultSchema.extend({ rung: z.int().min(0) });
export type ResultLine = z.infer<typeof lineSchema>;

/** What a sweep's folder says. */
export interface Sweep {
  readonly dir: string;
  readonly info: SweepInfo;
  readonly results: readonly ResultLine[];
}

/** A sweep's folder that is being worked in, under its lock. */
export class SweepFolder implements Sweep {
  /** Of trainings under way, by their index. */
  readonly jobs: KeptJobs;

  private constructor(
    private readonly files: FileStore,
    private readonly lock: Lock,
    readonly dir: string,
    readonly info: SweepInfo,
    readonly results: ResultLine[],
  ) {
    this.jobs = new KeptJobs(files, lock, dir);
  }

  static async begin(files: FileStore, lock: Lock, dir: string, begun: NewSweep): Promise<SweepFolder> {
    const info: SweepInfo = { format: FORMAT, version: VERSION, ...begun };
    await new KeptJobs(files, lock, dir).makeFolder();
    await files.write(joinPath(dir, RESULTS_JSONL), new TextEncoder().encode(logHeader(RESULTS)), lock.check);
    // Last: where it stands, all stands.
    await files.write(
      joinPath(dir, SWEEP_JSON),
      new TextEncoder().encode(`${strictJson(info)}\n`),
      lock.check,
    );
    return new SweepFolder(files, lock, dir, info, []);
  }

  /** @throws DissipaError where there is no sweep, or not one of this version */
  static async open(files: FileStore, lock: Lock, dir: string): Promise<SweepFolder> {
    const { info, results, log } = await readFolder(files, dir);
    // As a new file, without a torn end: whoever had the lock before, and wakes in the midst of an append, adds to one
    // that has no name any more.
    const kept = log.length > 0 ? log : new TextEncoder().encode(logHeader(RESULTS));
    await files.write(joinPath(dir, RESULTS_JSONL), kept, lock.check);
    return new SweepFolder(files, lock, dir, info, results);
  }

  /** Keeps a result on the disk itself, and lets its checkpoint go unless the training may go on. */
  async add(result: SweepResult, rung: number): Promise<void> {
    const line: ResultLine = { ...result, rung };
    const path = joinPath(this.dir, RESULTS_JSONL);
    await this.files.append(path, encodeLine(line), this.lock.check);
    await this.files.flush(path);
    this.results.push(line);
    if (result.ended !== 'halving') await this.jobs.forget(String(result.index));
  }
}

export const isSweep = async (files: FileStore, dir: string): Promise<boolean> =>
  (await files.kind(joinPath(dir, SWEEP_JSON))) === 'file';

/**
 * Changes nothing: a sweep that is under way elsewhere may be read.
 * @throws DissipaError where there is no sweep, or not one of this version
 */
export const readSweep = async (files: FileStore, dir: string): Promise<Sweep> => {
  const { info, results } = await readFolder(files, dir);
  return { dir, info, results };
};

interface Read {
  readonly info: SweepInfo;
  readonly results: ResultLine[];
  /** The results' file, without a torn end. */
  readonly log: Uint8Array;
}

async function readFolder(files: FileStore, dir: string): Promise<Read> {
  const info = await infoIn(files, dir);
  const path = joinPath(dir, RESULTS_JSONL);
  const bytes = await files.read(path);
  const log = readLog(bytes, path, RESULTS);
  const results = log.lines.map((line, i) => {
    const checked = lineSchema.safeParse(line);
    if (checked.success) return checked.data;
    const fault = { is: 'entry', issue: firstIssue(line, checked.error) } as const;
    throw failure('sweep.not-one', { where: `${path}:${i + 2}`, fault });
  });
  return { info, results, log: bytes.subarray(0, log.byteLength) };
}

async function infoIn(files: FileStore, dir: string): Promise<SweepInfo> {
  const where = joinPath(dir, SWEEP_JSON);
  if (!(await isSweep(files, dir)))
    throw failure('sweep.not-one', { where: dir, fault: { is: 'missing', file: SWEEP_JSON } });
  const bad = (fault: InfoFault): DissipaError => failure('sweep.bad-info', { where, fault });
  const format = { format: FORMAT, versions: [VERSION], schema: infoSchema };
  return readInfo(await files.read(where), format, bad).info;
}
