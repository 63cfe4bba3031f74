/**
 * What the two ends of a queue share: the library, loaded only where it is asked for, the connection, and what lies in
 * Redis beside BullMQ's own keys:
 *
 *     dissipa:text:<sha256>      a text in ids with its alphabet, packed; sent once
 *     dissipa:job:<id>           of a training under way: its newest checkpoint, step and seconds
 *     dissipa:worker:<version>:… a worker that is alive, for half a minute
 *
 * All of it goes by itself a week after it was last used.
 */
import { constants, gunzipSync, gzipSync } from 'node:zlib';
import { createHash } from 'node:crypto';
import type * as BullMq from 'bullmq';
import type { Redis } from 'ioredis';
import * as z from 'zod';
import { failure, misuse, type DissipaError } from '../../base/errors.js';
import { visibleInLine } from '../../base/visible.js';
import { parameterCount } from '../../model/shape.js';
import type { SweepJob } from '../../study/sweep/job.js';
import type { JobFault } from '../../study/sweep/problems.js';
import { parseTrainOptions } from '../../train/options.js';
import type { SweepText } from './thread.js';

export const PREFIX = 'dissipa';
/** A worker runs trainings of its own version alone: others are not even in its queue. */
export const queueNameOf = (version: string): string => `sweep-${version}`;

const WEEK_SECONDS = 7 * 24 * 3600;
/** Redis takes 512 MB; a text of 128 million characters, or a model of 30 million weights with its optimiser. */
export const MOST_BYTES = 2 ** 28;
/** Unpacked: twice what a text of that size comes to. */
const MOST_UNPACKED = 2 ** 29;
/** Weights of a training that comes by a queue: more would take a machine's memory. */
const MOST_WEIGHTS = 2 ** 27;

/** Commands wait no longer than this for a connection. */
const PATIENCE_MS = 10_000;

export interface Libraries {
  readonly bullmq: typeof BullMq;
  readonly connect: (isBlocking: boolean) => Redis;
  /** Without the password. */
  readonly address: string;
}

/** @throws UsageError where the libraries are not installed, or the address is none; DissipaError where nobody answers */
export async function openQueue(given: string): Promise<Libraries> {
  const url = addressOf(given);
  const [bullmq, ioredis] = await libraries();
  const address = shownAddress(url);
  const connect = (isBlocking: boolean): Redis =>
    new ioredis.Redis(given, {
      // A blocking connection waits as long as it takes; of the others each command has its time.
      maxRetriesPerRequest: null,
      ...(isBlocking ? {} : { commandTimeout: PATIENCE_MS }),
      connectTimeout: PATIENCE_MS,
      retryStrategy: (times: number) => Math.min(2000, 100 * times),
      lazyConnect: true,
    });
  await checkAnswers(connect, address);
  return { bullmq, address, connect: (isBlocking) => quiet(connect(isBlocking)) };
}

/** What goes wrong with a connection is told by the commands that fail on it. */
function quiet(redis: Redis): Redis {
  redis.on('error', () => undefined);
  return redis;
}

async function libraries() {
  try {
    return await Promise.all([import('bullmq'), import('ioredis')]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND')
      throw misuse('queue.no-library', {});
    throw error;
  }
}

function addressOf(given: string): URL {
  const url = URL.canParse(given) ? new URL(given) : null;
  if (
    url === null ||
    !/^rediss?:$/.test(url.protocol) ||
    url.hostname === '' ||
    !/^\/?\d*$/.test(url.pathname)
  )
    throw misuse('queue.address', { address: visibleInLine(given.replace(/:[^:@/]*@/, ':…@')) });
  return url;
}

/** With neither user nor password: it is printed. */
const shownAddress = (url: URL): string =>
  `${url.protocol}//${url.hostname}:${url.port === '' ? '6379' : url.port}${url.pathname === '/' ? '' : url.pathname}`;

/** @throws DissipaError where nobody answers, or it asks for another password */
async function checkAnswers(connect: Libraries['connect'], address: string): Promise<void> {
  const redis = connect(false);
  const told: Error[] = [];
  redis.on('error', (error: Error) => told.push(error));
  redis.options.retryStrategy = () => null;
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    const reason = (told.at(-1) ?? (error as Error)).message.split('\n')[0];
    throw failure('queue.unreachable', { address, reason: visibleInLine(reason || 'no answer') });
  } finally {
    redis.disconnect();
  }
}

// -- texts ------------------------------------------------------------------------------------------

const textSchema = z.strictObject({
  alphabet: z.array(z.string()).min(1).max(65_535),
  where: z.string().max(10_000),
});
const textKey = (digest: string): string => `${PREFIX}:text:${digest}`;

/** Ids after their alphabet, packed. */
export function packText({ alphabet, ids, where }: SweepText): { digest: string; bytes: Buffer } {
  const head = Buffer.from(`${JSON.stringify({ alphabet, where })}\n`);
  const body = Buffer.from(ids.buffer, ids.byteOffset, ids.byteLength);
  const bytes = gzipSync(Buffer.concat([head, body]), { level: 1 });
  if (bytes.length > MOST_BYTES)
    throw failure('queue.large', { what: 'text', bytes: bytes.length, most: MOST_BYTES });
  return { digest: createHash('sha256').update(bytes).digest('hex'), bytes };
}

export async function sendText(redis: Redis, text: SweepText): Promise<string> {
  const { digest, bytes } = packText(text);
  const key = textKey(digest);
  if ((await redis.expire(key, WEEK_SECONDS)) === 0) await redis.set(key, bytes, 'EX', WEEK_SECONDS);
  return digest;
}

/** @throws DissipaError for what is no text, or not the one that was sent */
export async function fetchText(redis: Redis, digest: string, job: string): Promise<SweepText> {
  const bytes = await fetchBounded(redis, textKey(digest), job);
  if (bytes === null) throw failure('queue.job', { job, fault: 'no-text', detail: null });
  if (createHash('sha256').update(bytes).digest('hex') !== digest)
    throw failure('queue.job', { job, fault: 'other-text', detail: null });
  await redis.expire(textKey(digest), WEEK_SECONDS);
  return unpackText(bytes, job);
}

export function unpackText(bytes: Uint8Array, job: string): SweepText {
  const wrong = (): DissipaError => failure('queue.job', { job, fault: 'broken-text', detail: null });
  let whole: Buffer;
  try {
    whole = gunzipSync(bytes, { maxOutputLength: MOST_UNPACKED, finishFlush: constants.Z_FINISH });
  } catch {
    throw wrong();
  }
  const end = whole.indexOf(0x0a);
  const body = whole.subarray(end + 1);
  let head: unknown = null;
  try {
    head = JSON.parse(whole.subarray(0, Math.max(0, end)).toString('utf8'));
  } catch {
    throw wrong();
  }
  const parsed = textSchema.safeParse(head);
  if (!parsed.success || body.length % 2 === 1) throw wrong();
  const ids = new Uint16Array(new SharedArrayBuffer(body.length));
  new Uint8Array(ids.buffer).set(body);
  const { alphabet, where } = parsed.data;
  if (ids.some((id) => id >= alphabet.length)) throw wrong();
  return { alphabet, ids, where };
}

async function fetchBounded(redis: Redis, key: string, job: string): Promise<Buffer | null> {
  if ((await redis.strlen(key)) > MOST_BYTES)
    throw failure('queue.job', { job, fault: 'large', detail: null });
  return redis.getBuffer(key);
}

// -- checkpoints ------------------------------------------------------------------------------------

export interface Kept {
  readonly bytes: Uint8Array;
  readonly step: number;
  readonly seconds: number;
}

const jobKey = (id: string): string => `${PREFIX}:job:${id}`;

/** Step and seconds before the bytes, in one value: they cannot come apart. */
export async function sendCheckpoint(
  redis: Redis,
  id: string,
  { bytes, step, seconds }: Kept,
): Promise<void> {
  const head = Buffer.alloc(16);
  head.writeDoubleLE(step, 0);
  head.writeDoubleLE(seconds, 8);
  if (bytes.length > MOST_BYTES)
    throw failure('queue.large', { what: 'checkpoint', bytes: bytes.length, most: MOST_BYTES });
  await redis.set(jobKey(id), Buffer.concat([head, bytes]), 'EX', WEEK_SECONDS);
}

export async function fetchCheckpoint(redis: Redis, id: string, job: string): Promise<Kept | null> {
  const whole = await fetchBounded(redis, jobKey(id), job);
  if (whole === null || whole.length < 16) return null;
  return {
    step: whole.readDoubleLE(0),
    seconds: Math.max(0, whole.readDoubleLE(8)),
    bytes: new Uint8Array(whole.subarray(16)),
  };
}

export const dropCheckpoint = async (redis: Redis, id: string): Promise<void> => {
  await redis.del(jobKey(id));
};

// -- jobs -------------------------------------------------------------------------------------------

const jobSchema = z.strictObject({
  version: z.string().max(100),
  /** The text's. */
  text: z.string().regex(/^[0-9a-f]{64}$/),
  /** Of the training, the same in each comparison of successive halving: its checkpoint lies under it. */
  id: z.string().regex(/^[\w-]{1,100}$/),
  index: z.int().min(0),
  share: z.number().gt(0).lt(1).nullable(),
  options: z.record(z.string(), z.unknown()),
});
export type QueuedJob = z.infer<typeof jobSchema>;

/** @throws DissipaError for what is no training of this version that this machine could make */
export function readJob(
  data: unknown,
  version: string,
  name: string,
): QueuedJob & { readonly job: SweepJob } {
  const wrong = (fault: JobFault, detail: string | null = null): DissipaError =>
    failure('queue.job', { job: name, fault, detail });
  const parsed = jobSchema.safeParse(data);
  if (!parsed.success) throw wrong('data', parsed.error.issues[0].path.join('.') || null);
  const queued = parsed.data;
  if (queued.version !== version) throw wrong('version', visibleInLine(queued.version));
  const options = parseTrainOptions(queued.options);
  const { cell, layers, hidden, batch, window } = options;
  if (parameterCount({ cell, layers, hidden, symbols: 1 }) > MOST_WEIGHTS) throw wrong('model');
  if (batch * window * layers * hidden > MOST_WEIGHTS) throw wrong('window');
  return { ...queued, job: { index: queued.index, options, share: queued.share } };
}

// -- workers ----------------------------------------------------------------------------------------

const workerKey = (version: string, token: string): string => `${PREFIX}:worker:${version}:${token}`;
const ALIVE_SECONDS = 30;

export const signIn = async (redis: Redis, version: string, token: string, jobs: number): Promise<void> => {
  await redis.set(workerKey(version, token), String(jobs), 'EX', ALIVE_SECONDS);
};
export const signOut = async (redis: Redis, version: string, token: string): Promise<void> => {
  await redis.del(workerKey(version, token));
};

/** Workers that are alive, by version. */
export async function workersAlive(redis: Redis): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for await (const keys of redis.scanStream({ match: `${PREFIX}:worker:*`, count: 1000 }) as AsyncIterable<
    string[]
  >)
    for (const key of keys) {
      const version = key.split(':').slice(2, -1).join(':');
      found.set(version, (found.get(version) ?? 0) + 1);
    }
  return found;
}
