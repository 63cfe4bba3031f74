/** `dissipa worker --queue redis://…`: makes the jobs of sweeps and comparisons that come by a queue, until it is stopped. */
import { availableParallelism } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import type { Job } from 'bullmq';
import type { Redis } from 'ioredis';
import * as z from 'zod';
import { DissipaError, misuse } from '../../base/errors.js';
import { shownName } from '../../base/visible.js';
import type { JobText, StudyEvent } from '../../study/jobs/job.js';
import { INTERRUPTED, type Environment } from '../environment.js';
import { readFlags, type Given } from '../flags.js';
import { signIn, signOut } from '../jobs/alive.js';
import { fetchCheckpoint, fetchText, sendCheckpoint } from '../jobs/kept.js';
import { JOB_THREAD } from '../jobs/local.js';
import { checkSize, readJob } from '../jobs/queued.js';
import { answered, openQueue, PREFIX, queueNameOf } from '../jobs/redis.js';
import type { JobTask } from '../jobs/thread.js';
import { inThread } from '../threads.js';
import { versions } from '../versions.js';
import { namedFlag } from './model.js';

export const workerFlags = z.strictObject({
  queue: namedFlag('run', 'address'),
  jobs: z.int().min(1).max(1024).optional().meta({ group: 'run' }),
});

/** A worker that is gone is missed soon: going on is exact, so that little is lost by a mistake. */
const [LEASE_MS, MISSED_MS, SIGN_MS] = [15_000, 5_000, 10_000];
/** How long a connection may take to close. */
const CLOSE_MS = 1000;
/** Texts that are held: studies come one after the other. */
const MOST_TEXTS = 4;

/** @returns the exit code */
export async function worker(env: Environment, argv: Given): Promise<number> {
  const flags = readFlags(workerFlags, argv);
  const told = env.words.sweep;
  if (flags.queue === undefined) throw misuse('queue.none', {});
  const libraries = await openQueue(flags.queue);
  const { bullmq, connect, address } = libraries;
  const stop = env.interruption();
  const isOver = (): boolean => stop.aborted;
  const jobs = flags.jobs ?? availableParallelism();
  const redis = connect(false);
  const version = versions.dissipa;
  const { host } = env.processes;
  const me = { version, host, jobs, token: env.processes.newToken() };
  const texts = new Map<string, Promise<JobText>>();
  const textOf = (digest: string, job: string): Promise<JobText> => {
    const known = texts.get(digest) ?? fetchText(redis, digest, job);
    texts.delete(digest);
    texts.set(digest, known);
    known.catch(() => texts.delete(digest));
    for (const old of [...texts.keys()].slice(0, -MOST_TEXTS)) texts.delete(old);
    return known;
  };

  const make = async (queued: Job, lease?: string): Promise<unknown> => {
    const name = shownName(String(queued.id));
    try {
      const read = readJob(queued.data, version, name);
      const { text: digest, id } = read.queued;
      const before = await fetchCheckpoint(redis, id, name);
      const text = await textOf(digest, name);
      checkSize(read.made, text.alphabet.length, name);
      const task: JobTask = {
        ...{ made: read.made, text, from: before?.bytes ?? null, spent: before?.seconds ?? 0 },
      };
      env.err(`${told.workerTook(name, before?.step ?? 0)}\n`);
      const result = await made(task, redis, id, queued, host, stop);
      if (result !== null) return result;
    } catch (error) {
      if (!(error instanceof DissipaError)) throw error;
      env.err(`${error.problem.key === 'queue.job' ? '' : `${name}: `}${error.message}\n`);
      // Another try would end alike.
      throw new bullmq.UnrecoverableError(error.message);
    }
    // Stopped before its end: the next that is free takes it, where its last checkpoint is.
    await queued.moveToWait(lease);
    throw new bullmq.WaitingError();
  };

  await answered(libraries, () => signIn(redis, me));
  const taking = connect(true);
  const working = new bullmq.Worker(queueNameOf(version), make, {
    ...{ connection: taking, prefix: PREFIX, concurrency: jobs, skipVersionCheck: true },
    ...{ lockDuration: LEASE_MS, stalledInterval: MISSED_MS },
    // Each worker that is killed counts once; a job is given up only where it kills its workers.
    maxStalledCount: 1000,
  });
  working.on('error', () => undefined); // a connection that is lost is looked for again
  // At once: else what is put back would be taken again.
  let closed: Promise<void> | null = null;
  const close = (): Promise<void> => (closed ??= working.close().catch(() => undefined));
  stop.addEventListener('abort', () => void close());
  env.err(`${told.workerReady(address, jobs)}\n`);
  try {
    for (;;) {
      await setTimeout(SIGN_MS, undefined, { signal: stop }).catch(() => undefined);
      if (isOver()) break;
      await signIn(redis, me).catch(() => undefined);
    }
    env.err(`${told.workerEnded}\n`);
    return INTERRUPTED;
  } finally {
    // Those at hand are put back; where Redis is away their leases end soon.
    await Promise.race([
      Promise.all([close(), signOut(redis, me).catch(() => undefined)]),
      setTimeout(CLOSE_MS),
    ]);
    for (const connection of [taking, redis]) connection.disconnect();
  }
}

/** One job, in a thread; null where it was stopped. */
async function made(
  task: JobTask,
  redis: Redis,
  id: string,
  queued: Job,
  host: string,
  stop: AbortSignal,
): Promise<unknown> {
  let result: unknown = null;
  await inThread<StudyEvent>(JOB_THREAD, task, stop, async (event) => {
    if (event.kind === 'checkpoint') await sendCheckpoint(redis, id, event);
    else if (event.kind === 'result') result = event.result;
    else await queued.updateProgress({ ...event, host });
  });
  return result;
}
