/** `dissipa worker --queue redis://…`: makes the trainings of sweeps that come by a queue, until it is stopped. */
import { availableParallelism } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import type { Job } from 'bullmq';
import type { Redis } from 'ioredis';
import * as z from 'zod';
import { DissipaError } from '../../base/errors.js';
import type { SweepEvent } from '../../study/sweep/job.js';
import type { SweepResult } from '../../study/sweep/result.js';
import { INTERRUPTED, type Environment } from '../environment.js';
import { readFlags, type Given } from '../flags.js';
import { SWEEP_THREAD } from '../sweep/local.js';
import {
  fetchCheckpoint,
  fetchText,
  openQueue,
  PREFIX,
  queueNameOf,
  readJob,
  sendCheckpoint,
  signIn,
  signOut,
} from '../sweep/redis.js';
import type { SweepTask, SweepText } from '../sweep/thread.js';
import { inThread } from '../threads.js';
import { versions } from '../versions.js';

export const workerFlags = z.strictObject({
  queue: z.string().min(1).meta({ group: 'run' }),
  jobs: z.int().min(1).max(1024).optional().meta({ group: 'run' }),
});

/** A worker that is gone is missed soon: going on is exact, so that little is lost by a mistake. */
const [LEASE_MS, MISSED_MS, SIGN_MS] = [15_000, 5_000, 10_000];
/** How long a connection may take to close. */
const CLOSE_MS = 1000;
/** Texts that are held: sweeps come one after the other. */
const MOST_TEXTS = 4;

/** @returns the exit code */
export async function worker(env: Environment, argv: Given): Promise<number> {
  const flags = readFlags(workerFlags, argv);
  const told = env.words.sweep;
  const { bullmq, connect, address } = await openQueue(flags.queue);
  const stop = env.interruption();
  const jobs = flags.jobs ?? availableParallelism();
  const redis = connect(false);
  const version = versions.dissipa;
  const token = env.processes.newToken();
  const texts = new Map<string, Promise<SweepText>>();
  const textOf = (digest: string, job: string): Promise<SweepText> => {
    const known = texts.get(digest) ?? fetchText(redis, digest, job);
    texts.delete(digest);
    texts.set(digest, known);
    known.catch(() => texts.delete(digest));
    for (const old of [...texts.keys()].slice(0, -MOST_TEXTS)) texts.delete(old);
    return known;
  };

  const make = async (queued: Job): Promise<SweepResult> => {
    const name = String(queued.id);
    try {
      const { job, text, id } = readJob(queued.data, version, name);
      const before = await fetchCheckpoint(redis, id, name);
      const task: SweepTask = {
        ...(await textOf(text, name)),
        ...{ job, from: before?.bytes ?? null, spent: before?.seconds ?? 0 },
      };
      env.err(`${told.workerTook(name, before?.step ?? 0)}\n`);
      const result = await made(task, redis, id, queued, stop);
      if (result === null) throw new Error('stopped before its end');
      return result;
    } catch (error) {
      if (!(error instanceof DissipaError)) throw error;
      env.err(`${error.message}\n`);
      // Another try would end alike.
      throw new bullmq.UnrecoverableError(error.message);
    }
  };

  const taking = connect(true);
  const working = new bullmq.Worker(queueNameOf(version), make, {
    ...{ connection: taking, prefix: PREFIX, concurrency: jobs },
    ...{ lockDuration: LEASE_MS, stalledInterval: MISSED_MS },
    // Each worker that is killed counts once; a training is given up only where it kills its workers.
    maxStalledCount: 1000,
  });
  working.on('error', () => undefined); // a connection that is lost is looked for again
  env.err(`${told.workerReady(address, jobs)}\n`);
  try {
    while (!stop.aborted) {
      await signIn(redis, version, token, jobs).catch(() => undefined);
      await setTimeout(SIGN_MS, undefined, { signal: stop }).catch(() => undefined);
    }
    env.err(`${told.workerEnded}\n`);
    return INTERRUPTED;
  } finally {
    // What is under way is taken up by another where its last checkpoint is: there is nothing to wait for.
    await signOut(redis, version, token).catch(() => undefined);
    await Promise.race([working.close(true).catch(() => undefined), setTimeout(CLOSE_MS)]);
    for (const connection of [taking, redis]) connection.disconnect();
  }
}

/** One training, in a thread; null where it was stopped. */
async function made(
  task: SweepTask,
  redis: Redis,
  id: string,
  queued: Job,
  stop: AbortSignal,
): Promise<SweepResult | null> {
  let result: SweepResult | null = null;
  await inThread<SweepEvent>(SWEEP_THREAD, task, stop, async (event) => {
    if (event.kind === 'checkpoint') await sendCheckpoint(redis, id, event);
    else if (event.kind === 'result') result = event.result;
    else {
      const { step, steps, lossNats } = event;
      await queued.updateProgress({ step, steps, lossNats });
    }
  });
  return result;
}
