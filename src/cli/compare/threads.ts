/** Jobs side by side, each in a worker thread. */
import { Worker } from 'node:worker_threads';
import { failure, type Problem } from '../../base/errors.js';
import { CONTENDERS } from '../../study/compare/contenders.js';
import { addressSpaceLeft } from '../../store/address-space-node.js';
import type { Job, JobEvent } from '../../study/compare/result.js';
import type { WorkerMessage, WorkerTask } from './worker.js';

export interface SideBySide extends Omit<WorkerTask, 'job'> {
  readonly jobs: readonly Job[];
  /** How many run at the same time. */
  readonly threads: number;
  readonly stop: AbortSignal;
  /** A job begins, tells of itself, ends. What it returns is waited for before the thread takes another. */
  readonly heard: (job: Job, event: JobEvent | { readonly kind: 'begin' }) => Promise<void>;
}

/**
 * Until all jobs are through, or until `stop`: then the threads end where they are.
 * @throws DissipaError as the first job that fails
 */
export async function runSideBySide({ jobs, threads, stop, heard, ...task }: SideBySide): Promise<void> {
  // brain.js takes longest: begun last, it would run alone.
  const isSlow = ({ contender }: Job): boolean => CONTENDERS[contender].kind === 'brainjs';
  const queue = [...jobs.filter(isSlow), ...jobs.filter((job) => !isSlow(job))];
  const failed = new AbortController();
  const ended = AbortSignal.any([stop, failed.signal]);
  const thread = async (): Promise<void> => {
    for (let job = queue.shift(); job !== undefined && !ended.aborted; job = queue.shift()) {
      await heard(job, { kind: 'begin' });
      await runInThread({ ...task, job }, ended, heard);
    }
  };
  const running = Array.from({ length: Math.min(threads, jobs.length, roomFor()) }, async () => {
    try {
      await thread();
    } catch (error) {
      failed.abort();
      throw error;
    }
  });
  const outcomes = await Promise.allSettled(running);
  const failure = outcomes.find(({ status }) => status === 'rejected');
  if (failure?.status === 'rejected') throw failure.reason;
}

/** Address space of a thread with an engine: one that finds none would take the others down with it. */
const THREAD_BYTES = 1.5 * 2 ** 30;
const roomFor = (): number => Math.max(1, Math.floor(addressSpaceLeft() / THREAD_BYTES));

async function runInThread(task: WorkerTask, ended: AbortSignal, heard: SideBySide['heard']): Promise<void> {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: task });
  let told = Promise.resolve();
  const problems: Problem[] = [];
  worker.on('message', (message: WorkerMessage) => {
    if (message.kind === 'problem') problems.push(message.problem);
    else told = told.then(() => heard(task.job, message));
    told.catch(() => undefined); // it is waited for below
  });
  const end = (): void => void worker.terminate();
  ended.addEventListener('abort', end, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      worker.once('error', reject);
      worker.once('exit', () => {
        resolve();
      });
      if (ended.aborted) end();
    });
  } finally {
    ended.removeEventListener('abort', end);
  }
  await told;
  if (problems.length > 0) throw failure(problems[0].key, problems[0].values);
}
