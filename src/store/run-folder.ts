/**
 * A run's folder: run.json, metrics.jsonl, gradients.jsonl, samples.txt, step-<n>.safetensors, best.safetensors, and
 * lock.json while a process works in it. Whatever fails, the files that were there are as they were; after a crash
 * `latest` and then `rewind` put folder and logs back to one step, from where the run goes on without gap or repeat.
 */
import { DissipaError, failure, worded } from '../base/errors.js';
import { checkpointPieces, OtherFormatError, readCheckpoint, type Checkpoint } from './checkpoint.js';
import { DiskFullError, FileError, joinPath, readIfThere, type FileStore } from './files.js';
import {
  assertStep,
  encodeLine,
  encodeMeasured,
  logHeader,
  readLog,
  type Log,
  type LogLine,
} from './json-lines.js';
import { takeLock, type Lock } from './lock.js';
import { lineWithNewMemory } from './old-memory.js';
import type { ProcessInfo } from './processes.js';
import {
  BEST,
  GRADIENTS,
  GRADIENTS_FORMAT,
  listSteps,
  LOGS,
  METRICS,
  refuseOldRun,
  RUN,
  SAMPLES,
  stepName,
} from './run-files.js';
import { decodeRunInfo, encodeRunInfo, type RunInfo } from './run-info.js';
import { encodeSample, keepSamplesThrough } from './samples.js';

export { GRADIENTS_FORMAT, METRICS_FORMAT, resolveModelPath } from './run-files.js';

export interface StepCheckpoint {
  readonly step: number;
  readonly path: string;
  readonly checkpoint: Checkpoint;
}

export interface LatestCheckpoint<T = void> extends StepCheckpoint {
  /** What was made of it. */
  readonly taken: T;
  /** Newer ones that are damaged, newest first, and what is wrong with each. */
  readonly skipped: readonly { readonly path: string; readonly reason: DissipaError }[];
}

export type RunInfoPatch = Partial<Omit<RunInfo, 'format' | 'version'>>;

/** A run on the disk: its options, logs and checkpoints, in use by one process at a time. */
export class RunFolder {
  #info: RunInfo;
  #isOpen = true;
  /** False from `open` to `rewind`: a line added after a torn one would make the log unreadable. */
  #mayAppend: boolean;
  #elapsedMs = 0;

  private constructor(
    private readonly files: FileStore,
    private readonly lock: Lock,
    readonly dir: string,
    info: RunInfo,
    mayAppend: boolean,
  ) {
    this.#info = info;
    this.#mayAppend = mayAppend;
  }

  /** Starts a run in `dir`, making the folder. Throws DissipaError where anything of another run is in it. */
  static async create(
    files: FileStore,
    processes: ProcessInfo,
    dir: string,
    info: RunInfo,
  ): Promise<RunFolder> {
    const encoded = encodeRunInfo(info);
    await files.makeFolder(dir);
    // Looked at twice: first so that a run that is there is named as such, then under the lock.
    await refuseOldRun(files, dir);
    return withLock(files, processes, dir, async (lock) => {
      await refuseOldRun(files, dir);
      for (const [name, format] of LOGS) {
        await files.write(joinPath(dir, name), encodeUtf8(logHeader(format)));
      }
      await files.write(joinPath(dir, SAMPLES), new Uint8Array());
      // Last, so that a folder with a run.json is complete.
      await files.write(joinPath(dir, RUN), encoded);
      return new RunFolder(files, lock, dir, info, true);
    });
  }

  /** Takes up the run in `dir`. Call `rewind` before anything is appended. */
  static async open(files: FileStore, processes: ProcessInfo, dir: string): Promise<RunFolder> {
    const path = joinPath(dir, RUN);
    if ((await files.kind(path)) !== 'file') {
      throw failure('run.no-folder', { where: dir, kind: await files.kind(dir), missing: RUN });
    }
    return withLock(files, processes, dir, async (lock) => {
      const info = decodeRunInfo(await files.read(path), path);
      return new RunFolder(files, lock, dir, info, false);
    });
  }

  /** What the training had taken up to the step that the run was put back to, as its log has it. */
  get elapsedMs(): number {
    return this.#elapsedMs;
  }

  get info(): RunInfo {
    return this.#info;
  }

  /** Several lines go to the disk in one write. */
  async appendMetrics(...lines: readonly LogLine[]): Promise<void> {
    if (lines.length > 0) await this.#append(METRICS, lines.map(encodeLine).join(''));
  }

  /** Logged steps, in the shape of `inspect`'s layers; likewise in one write. */
  async appendGradients(...lines: readonly LogLine[]): Promise<void> {
    if (lines.length > 0) await this.#append(GRADIENTS, lines.map(encodeMeasured).join(''));
  }

  /** Adds a sample to samples.txt. */
  async appendSample(step: number, text: string): Promise<void> {
    await this.#append(SAMPLES, encodeSample(step, text));
  }

  /** Writes step-<step>.safetensors, then removes the oldest beyond the `keep` newest; never the one just written. */
  async saveStep(step: number, checkpoint: Checkpoint, keep: number): Promise<void> {
    assertStep(step, 0);
    if (!Number.isInteger(keep) || keep < 1) throw new RangeError(`keep is ${keep}, expected 1 or more`);
    await this.#save(stepName(step), checkpoint);
    const others = (await this.steps()).filter((other) => other !== step);
    await this.#removeSteps(others.slice(0, Math.max(0, others.length - (keep - 1))));
  }

  /** Removes the oldest step checkpoints beyond the `keep` newest: a process that was killed may have left one more. */
  async prune(keep: number): Promise<void> {
    await this.#removeSteps((await this.steps()).slice(0, -keep));
  }

  /** Keeps a model as the best one. */
  saveBest(checkpoint: Checkpoint): Promise<void> {
    return this.#save(BEST, checkpoint);
  }

  /** The best model; null where none was kept. */
  async best(): Promise<Checkpoint | null> {
    const path = joinPath(this.dir, BEST);
    return (await this.files.kind(path)) === 'file'
      ? readCheckpoint(this.files, path, { withTraining: false })
      : null;
  }

  /** The steps there are checkpoints of, ascending. */
  steps(): Promise<number[]> {
    return listSteps(this.files, this.dir);
  }

  /**
   * The newest step checkpoint that is whole; null where there is none at all, yet. A damaged one is passed over for
   * the one before. Throws DissipaError where all are damaged, and where one cannot be read for another reason (not
   * permitted, of a newer dissipa): it may be good, and to go on from an older one would remove it.
   */
  async latest(): Promise<LatestCheckpoint | null>;
  /**
   * The same, taken.
   * @param take makes of it what is needed to go on; where it throws DissipaError, that one counts as damaged
   */
  async latest<T>(take: (found: StepCheckpoint) => T): Promise<LatestCheckpoint<T> | null>;
  async latest<T>(take?: (found: StepCheckpoint) => T): Promise<LatestCheckpoint<T | undefined> | null> {
    const skipped: { path: string; reason: DissipaError }[] = [];
    for (const step of (await this.steps()).reverse()) {
      const path = joinPath(this.dir, stepName(step));
      try {
        const found = { step, path, checkpoint: readCheckpoint(this.files, path) };
        return { ...found, taken: take?.(found), skipped };
      } catch (error) {
        const isDamage =
          error instanceof DissipaError &&
          !(error instanceof OtherFormatError) &&
          !(error instanceof FileError);
        if (!isDamage) throw error;
        skipped.push({ path, reason: error });
      }
    }
    const newest = skipped.at(0);
    if (newest === undefined) return null;
    throw failure(
      'run.unreadable',
      { where: this.dir, checkpoints: skipped.length, reason: newest.reason.message },
      { cause: newest.reason },
    );
  }

  /**
   * Puts the run back to `step` (-1: to before its first line): removes later step checkpoints, cuts later lines and
   * torn ends off the logs. A log that is gone is begun anew, and one of an older version is written anew in the newest: no
   * log holds lines of two. best.safetensors stays as it is.
   */
  async rewind(step: number): Promise<void> {
    this.#checkOpen();
    await this.lock.check();
    assertStep(step, -1);
    // All are read before anything is changed: a log that is damaged stops this here.
    let elapsedMs = 0;
    const logs: { path: string; kept: Uint8Array; begun: Uint8Array }[] = [];
    for (const [name, format] of LOGS) {
      const path = joinPath(this.dir, name);
      const bytes = (await readIfThere(this.files, path)) ?? new Uint8Array();
      const log = readLog(bytes, path, format);
      if (name === METRICS) elapsedMs = elapsedThrough(log, step);
      const kept = renewedLog(log, format, step) ?? bytes.subarray(0, log.keepThrough(step));
      logs.push({ path, kept, begun: encodeUtf8(logHeader(format)) });
    }
    const samples = joinPath(this.dir, SAMPLES);
    const written = (await readIfThere(this.files, samples)) ?? new Uint8Array();
    const kept = written.subarray(0, keepSamplesThrough(written, step));
    logs.push({ path: samples, kept, begun: new Uint8Array() });
    // Checkpoints first, the newest first: broken off here, the next resume comes to this step again or to a later
    // one, whose log lines are all still there.
    await this.#removeSteps((await this.steps()).filter((other) => other > step).reverse());
    // As new files: whoever had the lock before, and wakes in the midst of an append, adds to one that has no name any more.
    for (const { path, kept, begun } of logs)
      await this.files.write(path, kept.length === 0 ? begun : kept, this.lock.check);
    this.#mayAppend = true;
    this.#elapsedMs = elapsedMs;
  }

  /** Rewrites run.json with `patch` over it, e.g. with more steps; what is undefined in it goes. */
  async updateInfo(patch: RunInfoPatch): Promise<void> {
    this.#checkOpen();
    const info = { ...this.#info, ...patch };
    await this.#advised(this.files.write(joinPath(this.dir, RUN), encodeRunInfo(info), this.lock.check));
    this.#info = info;
  }

  /** Gives the folder free. What was appended before is there first. */
  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    try {
      await this.#flushLogs();
    } finally {
      await this.lock.release();
    }
  }

  #checkOpen(): void {
    if (!this.#isOpen) throw new Error(`${this.dir} is closed`);
  }

  async #append(name: string, text: string): Promise<void> {
    this.#checkOpen();
    if (!this.#mayAppend) throw new Error(`${this.dir} was opened, but not rewound`);
    await this.#advised(this.files.append(joinPath(this.dir, name), text, this.lock.check));
  }

  async #save(name: string, checkpoint: Checkpoint): Promise<void> {
    this.#checkOpen();
    const pieces = checkpointPieces(checkpoint);
    // A checkpoint that outlives a power cut must find its log lines alive too.
    await this.#flushLogs();
    await this.#advised(this.files.write(joinPath(this.dir, name), pieces, this.lock.check));
  }

  /** In the order given. */
  async #removeSteps(steps: readonly number[]): Promise<void> {
    for (const step of steps) {
      await this.lock.check();
      await this.files.remove(joinPath(this.dir, stepName(step)));
    }
  }

  async #flushLogs(): Promise<void> {
    for (const name of [METRICS, GRADIENTS, SAMPLES]) await this.files.flush(joinPath(this.dir, name));
  }

  /** A run need not "try again" when the disk was full: it can go on. */
  async #advised(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (!(error instanceof DiskFullError) || error.problem.key !== 'file.system') throw error;
      const [said, { problem }] = worded('file.full-in-run', { ...error.problem.values, folder: this.dir });
      throw new DiskFullError(said, { problem, cause: error });
    }
  }
}

/** A log of gradients of version 1, through `step`, in the newest version; null where it is that already. */
function renewedLog({ version, lines }: Log, format: string, step: number): Uint8Array | null {
  if (format !== GRADIENTS_FORMAT || version !== 1) return null;
  const end = lines.findIndex((line) => line.step > step);
  const kept = end === -1 ? lines : lines.slice(0, end);
  const text = kept.map((line) => encodeLine(lineWithNewMemory(line))).join('');
  return encodeUtf8(logHeader(format) + text);
}

/** Of the lines up to `step`; 0 where none says it. */
function elapsedThrough({ lines }: Log, step: number): number {
  const said = lines.filter((line) => line.step <= step).map(({ elapsedMs }) => elapsedMs);
  return said.reduce<number>((most, one) => (typeof one === 'number' && one > most ? one : most), 0);
}

const encodeUtf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Work that hands the lock on with its result, and gives it back where it fails. */
async function withLock<T>(
  files: FileStore,
  processes: ProcessInfo,
  dir: string,
  work: (lock: Lock) => Promise<T>,
): Promise<T> {
  const lock = await takeLock(files, processes, dir);
  try {
    return await work(lock);
  } catch (error) {
    // The first failure is the one to tell of; a lock left behind is that of a dead process soon.
    await lock.release().catch(() => undefined);
    throw error;
  }
}
