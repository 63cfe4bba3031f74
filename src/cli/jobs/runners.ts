/** Who makes the jobs of a study: threads here, or workers by a queue where one is asked for. */
import type { JobText } from '../../study/jobs/job.js';
import type { Runner } from '../../study/jobs/runner.js';
import type { Environment } from '../environment.js';
import { versions } from '../versions.js';
import { inOwnThreads } from './local.js';
import type { Libraries } from './redis.js';

/** Opened before anything else is done: an address that is wrong leaves nothing behind. */
export const queueAt = async (address: string | undefined): Promise<Libraries | null> =>
  address === undefined ? null : openQueueAt(address);

/** Loaded only here: who has no queue need not have its library. */
async function openQueueAt(address: string): Promise<Libraries> {
  const { openQueue } = await import('./redis.js');
  return openQueue(address);
}

/** Shows what the queue is at work on until it is empty. @returns the exit code */
export async function watchQueueAt(env: Environment, address: string, isJson: boolean): Promise<number> {
  const libraries = await openQueueAt(address);
  const { watchQueue } = await import('./watch.js');
  return watchQueue(env, libraries, isJson);
}

export interface By {
  /** null: here */
  readonly queue: Libraries | null;
  /** Jobs side by side, here. */
  readonly threads: number;
  /** What makes the study the one it is: taken up again, it finds its own jobs in the queue. */
  readonly facts: unknown;
}

export async function runnerFor(
  env: Environment,
  text: JobText,
  { queue, threads, facts }: By,
): Promise<Runner> {
  if (queue === null) return inOwnThreads(text, threads);
  const { byQueue, identityOf } = await import('./queue.js');
  return byQueue({
    ...{ libraries: queue, text, words: env.words, version: versions.dissipa, identity: identityOf(facts) },
    err: (line) => {
      env.err(`${line}\n`);
    },
  });
}
