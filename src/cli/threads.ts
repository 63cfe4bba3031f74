/** Jobs side by side, each in a worker thread of its own, which ends with it: whatever it took is given back. */
import { Worker } from 'node:worker_threads';
import { failure, type DissipaError, type Problem } from '../base/errors.js';
import { addressSpaceLeft } from '../store/address-space-node.js';

/**
 * What a thread tells: events of its job, or why it failed. An error does not come through as what it is: its key and
 * values do, and are worded there.
 */
export type ThreadMessage<Event> =
  { readonly kind: 'event'; readonly event: Event } | { readonly kind: 'problem'; readonly problem: Problem };

export interface InThreads<Job, Event> {
  /** In the order in which they are begun. */
  readonly jobs: readonly Job[];
  /** How many run at the same time. */
  readonly threads: number;
  /** The module that a thread runs. */
  readonly script: URL;
  /** What the thread of a job is given; asked for when its turn comes. */
  readonly dataOf: (job: Job) => unknown;
  readonly stop: AbortSignal;
  /** A job begins, tells of itself, ends. What it returns is waited for before the thread takes another. */
  readonly heard: (job: Job, event: Event | { readonly kind: 'begin' }) => Promise<void>;
}

/**
 * Until all jobs are through, or until `stop`: then the threads end where they are.
 * @throws DissipaError as the first job that fails
 */
export async function inThreads<Job, Event>(all: InThreads<Job, Event>): Promise<void> {
  const queue = [...all.jobs];
  const failed = new AbortController();
  const ended = AbortSignal.any([all.stop, failed.signal]);
  const isOver = (): boolean => ended.aborted;
  const thread = async (): Promise<void> => {
    for (let job = queue.shift(); job !== undefined && !ended.aborted; job = queue.shift()) {
      const mine = job;
      await all.heard(mine, { kind: 'begin' });
      const data = await all.dataOf(mine);
      if (isOver()) return;
      await inThread<Event>(all.script, data, ended, (event) => all.heard(mine, event));
    }
  };
  const running = Array.from({ length: Math.min(all.threads, all.jobs.length, roomFor()) }, async () => {
    try {
      await thread();
    } catch (error) {
      failed.abort();
      throw error;
    }
  });
  const outcomes = await Promise.allSettled(running);
  const broken = outcomes.find(({ status }) => status === 'rejected');
  if (broken?.status === 'rejected') throw broken.reason;
}

/** Address space of a thread with an engine: one that finds none would take the others down with it. */
const THREAD_BYTES = 1.5 * 2 ** 30;
const roomFor = (): number => Math.max(1, Math.floor(addressSpaceLeft() / THREAD_BYTES));

/** One job; resolves when its thread has ended. @throws DissipaError as it complained */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- what a thread tells is known to who started it
export async function inThread<Event>(
  script: URL,
  data: unknown,
  ended: AbortSignal,
  heard: (event: Event) => Promise<void>,
): Promise<void> {
  const worker = new Worker(script, { workerData: data });
  let told = Promise.resolve();
  const errors: DissipaError[] = [];
  worker.on('message', (message: ThreadMessage<Event>) => {
    if (message.kind === 'problem') errors.push(failure(message.problem.key, message.problem.values));
    else told = told.then(() => heard(message.event));
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
  if (errors.length > 0) throw errors[0];
}
