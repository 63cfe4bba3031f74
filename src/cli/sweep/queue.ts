/**
 * The trainings of a sweep by a queue: they are put there, workers anywhere take them, results come back to whoever asks.
 * What is in the queue stays there when this process ends; the same sweep, taken up again, collects it.
 */
import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { DissipaError, failure } from '../../base/errors.js';
import { visibleInLine } from '../../base/visible.js';
import type { SweepEvent, SweepJob } from '../../study/sweep/job.js';
import { resultSchema } from '../../study/sweep/result.js';
import type { Runner, ToRun } from '../../study/sweep/runner.js';
import type { Words } from '../../words/words.js';
import {
  dropCheckpoint,
  fetchCheckpoint,
  PREFIX,
  queueNameOf,
  sendCheckpoint,
  sendText,
  workersAlive,
  type Libraries,
  type QueuedJob,
} from './redis.js';
import type { SweepText } from './thread.js';

export interface ByQueue {
  /** As it was opened, before anything was done for it. */
  readonly libraries: Libraries;
  readonly text: SweepText;
  readonly version: string;
  /** Of the sweep: jobs of another one are others. */
  readonly identity: string;
  readonly words: Words;
  readonly err: (line: string) => void;
}

/** How often results are looked for, and jobs that go to Redis in one call. */
const [LOOK_MS, MANY] = [500, 500];
/** Results are one line of a file; what is longer is none. */
const MOST_RESULT = 100_000;

type Heard = SweepEvent | { readonly kind: 'begin' };

export const byQueue =
  (given: ByQueue): Runner =>
  (toRun) =>
    collect(given, given.libraries, toRun);

async function collect(given: ByQueue, { bullmq, connect, address }: Libraries, toRun: ToRun): Promise<void> {
  const { version, words, err } = given;
  const redis = connect(false);
  const queue = new bullmq.Queue<QueuedJob>(queueNameOf(version), { connection: redis, prefix: PREFIX });
  queue.on('error', () => undefined); // told by the call that fails
  try {
    const text = await sendText(redis, given.text);
    const waiting = new Map(toRun.jobs.map((job) => [nameOf(given, job), job]));
    await enqueue(queue, redis, given, text, toRun);
    err(words.sweep.queued(waiting.size, address));
    await tellWorkers(redis, given);
    const begun = new Set<string>();
    while (waiting.size > 0 && !toRun.stop.aborted) {
      await whileReachable(toRun.stop, async () => {
        await look(queue, redis, given, toRun, waiting, begun);
      });
      if (waiting.size > 0)
        await setTimeout(LOOK_MS, undefined, { signal: toRun.stop }).catch(() => undefined);
    }
  } finally {
    await queue.close().catch(() => undefined);
    redis.disconnect();
  }
}

/** A restart of Redis is waited for: what was in the queue is in it again. */
async function whileReachable(stop: AbortSignal, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof DissipaError || !isOfConnection(error)) throw error;
    await setTimeout(LOOK_MS, undefined, { signal: stop }).catch(() => undefined);
  }
}

const isOfConnection = (error: unknown): boolean =>
  error instanceof Error &&
  /timed out|ECONN|EPIPE|Connection is closed|LOADING|READONLY|max retries|ENOTFOUND|EAI_AGAIN/i.test(
    `${error.message} ${(error as NodeJS.ErrnoException).code ?? ''}`,
  );

/** One training of a sweep, whichever comparison it is made for: its checkpoint lies under it. */
const idOf = ({ identity }: ByQueue, { index }: SweepJob): string => `${identity}-${index}`;
const nameOf = (given: ByQueue, job: SweepJob): string =>
  `${idOf(given, job)}-${job.share === null ? 'end' : Math.round(1e6 * job.share)}`;

export const identityOf = (facts: unknown): string =>
  createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 24);

async function enqueue(
  queue: Queue<QueuedJob>,
  redis: Redis,
  given: ByQueue,
  text: string,
  { jobs, paused, stop }: ToRun,
): Promise<void> {
  for (let from = 0; from < jobs.length && !stop.aborted; from += MANY) {
    const some = jobs.slice(from, from + MANY);
    for (const job of some) {
      const before = await paused(job.index);
      if (before === null || (await redis.exists(`${PREFIX}:job:${idOf(given, job)}`)) === 1) continue;
      await sendCheckpoint(redis, idOf(given, job), { ...before, step: 0 });
    }
    await queue.addBulk(
      some.map((job) => ({
        name: 'training',
        data: {
          ...{ version: given.version, text, id: idOf(given, job) },
          ...{ index: job.index, share: job.share, options: { ...job.options } },
        },
        // The same training is in the queue once, however often it is asked for.
        opts: { jobId: nameOf(given, job), removeOnComplete: false, removeOnFail: false },
      })),
    );
  }
}

async function tellWorkers(redis: Redis, { words, version, err }: ByQueue): Promise<void> {
  const alive = await workersAlive(redis);
  if (!alive.has(version)) err(words.sweep.waitingForWorkers(version));
}

/** What has become of those that are waited for. */
async function look(
  queue: Queue<QueuedJob>,
  redis: Redis,
  given: ByQueue,
  { heard, stop }: ToRun,
  waiting: Map<string, SweepJob>,
  begun: Set<string>,
): Promise<void> {
  const names = [...waiting.keys()];
  for (let from = 0; from < names.length; from += MANY) {
    const some = names.slice(from, from + MANY);
    const found = await Promise.all(some.map((name) => queue.getJob(name)));
    for (const [i, name] of some.entries()) {
      const job = waiting.get(name);
      const queued = found[i];
      if (job === undefined || stop.aborted) continue;
      if (queued === undefined) throw failure('queue.job', { job: name, fault: 'gone', detail: null });
      const say = (event: Heard): Promise<void> => heard(job, event);
      if (queued.processedOn !== undefined && !begun.has(name)) {
        begun.add(name);
        await say({ kind: 'begin' });
      }
      if (queued.finishedOn === undefined) {
        const progress = progressSchema(queued.progress);
        if (progress) await say(progress);
        continue;
      }
      if (Boolean(queued.failedReason)) {
        await queued.remove();
        throw failure('queue.job', {
          ...{ job: name, fault: 'failed' },
          detail: visibleInLine(queued.failedReason.slice(0, 500)),
        });
      }
      const result = resultOf(queued.returnvalue, job, name);
      const kept = result.ended === 'halving' ? await fetchCheckpoint(redis, idOf(given, job), name) : null;
      if (kept) await say({ kind: 'checkpoint', ...kept });
      await say({ kind: 'result', result });
      // Only now: had it gone before it was kept here, nobody would have it.
      if (result.ended !== 'halving') await dropCheckpoint(redis, idOf(given, job));
      await queued.remove();
      waiting.delete(name);
    }
  }
}

function resultOf(value: unknown, { index }: SweepJob, name: string) {
  if (JSON.stringify(value ?? null).length <= MOST_RESULT) {
    const parsed = resultSchema.safeParse(value);
    if (parsed.success && parsed.data.index === index) return parsed.data;
  }
  throw failure('queue.job', { job: name, fault: 'result', detail: null });
}

function progressSchema(value: unknown): SweepEvent | null {
  if (typeof value !== 'object' || value === null) return null;
  const { step, steps, lossNats } = value as Record<string, unknown>;
  if (typeof step !== 'number' || typeof steps !== 'number') return null;
  return { kind: 'progress', step, steps, lossNats: typeof lossNats === 'number' ? lossNats : null };
}
