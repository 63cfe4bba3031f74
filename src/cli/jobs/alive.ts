/** Who is at work by a queue, and on what: told by each for others to look at, believed for half a minute. */
import type { Redis } from 'ioredis';
import * as z from 'zod';
import { tryJson } from '../../store/json.js';
import { PREFIX, WEEK_SECONDS } from './redis.js';

const WORKERS = `${PREFIX}:workers`;
const STUDIES = `${PREFIX}:studies`;
export const ALIVE_SECONDS = 30;
/** Of what others tell: more is not looked at. */
const MOST_READ = 10_000;

/** Of Redis: clocks of several machines need not agree. */
const secondsNow = async (redis: Redis): Promise<number> => (await redis.time())[0];

// -- workers ----------------------------------------------------------------------------------------

const workerSchema = z.object({
  version: z.string().max(100),
  host: z.string().max(300),
  /** Side by side. */
  jobs: z.int().min(1),
  token: z.string().max(100),
});
export type Alive = z.infer<typeof workerSchema>;

export async function signIn(redis: Redis, worker: Alive): Promise<void> {
  const now = await secondsNow(redis);
  await redis
    .multi()
    .zremrangebyscore(WORKERS, '-inf', now)
    .zadd(WORKERS, now + ALIVE_SECONDS, JSON.stringify(worker))
    .expire(WORKERS, WEEK_SECONDS)
    .exec();
}
export const signOut = async (redis: Redis, worker: Alive): Promise<void> => {
  await redis.zrem(WORKERS, JSON.stringify(worker));
};

export async function workersAlive(redis: Redis): Promise<Alive[]> {
  const found = await redis.zrangebyscore(WORKERS, await secondsNow(redis), '+inf', 'LIMIT', 0, MOST_READ);
  return found.flatMap((text) => workerSchema.safeParse(tryJson(text)?.value).data ?? []);
}

// -- studies ----------------------------------------------------------------------------------------

const studySchema = z.object({
  study: z.enum(['sweep', 'compare']),
  version: z.string().max(100),
  /** What the text is called. */
  text: z.string().max(1000),
  /** Of them all; of successive halving, in the comparison at hand. */
  jobs: z.int().min(1),
  done: z.int().min(0),
  /** Bits per character of the best so far. */
  best: z.number().nullable(),
});
export type StudyTold = z.infer<typeof studySchema>;
const keptSchema = studySchema.extend({ at: z.number() });

export interface StudySeen extends StudyTold {
  /** As its jobs have it. */
  readonly id: string;
  /** Whoever asked for it is there, and takes the results. */
  readonly isAttended: boolean;
}

export async function tellStudy(redis: Redis, id: string, told: StudyTold): Promise<void> {
  const at = await secondsNow(redis);
  await redis
    .multi()
    .hset(STUDIES, id, JSON.stringify({ ...told, at }))
    .expire(STUDIES, WEEK_SECONDS)
    .exec();
}
export const endStudy = async (redis: Redis, id: string): Promise<void> => {
  await redis.hdel(STUDIES, id);
};

/** Those of which something is still to be made, or to be fetched; of the last week. */
export async function studiesTold(redis: Redis): Promise<StudySeen[]> {
  if ((await redis.hlen(STUDIES)) > MOST_READ) return [];
  const [kept, now] = [await redis.hgetall(STUDIES), await secondsNow(redis)];
  return Object.entries(kept).flatMap(([id, text]) => {
    const parsed = keptSchema.safeParse(tryJson(text)?.value);
    if (!parsed.success || now - parsed.data.at > WEEK_SECONDS) return [];
    const { at, ...told } = parsed.data;
    return [{ id, ...told, isAttended: now - at <= ALIVE_SECONDS }];
  });
}
