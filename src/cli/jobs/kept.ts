/** Texts and checkpoints on their way to another machine: packed, by digest, bounded in size whatever they say. */
import { createHash } from 'node:crypto';
import { constants, gunzipSync, gzipSync } from 'node:zlib';
import type { Redis } from 'ioredis';
import * as z from 'zod';
import { failure, type DissipaError } from '../../base/errors.js';
import type { JobText } from '../../study/jobs/job.js';
import type { KeptStep } from '../../study/jobs/checkpoint.js';
import { PREFIX, WEEK_SECONDS } from './redis.js';

/** Redis takes 512 MB; a text of 128 million characters, or a model of 30 million weights with its optimiser. */
const MOST_BYTES = 2 ** 28;
/** Unpacked: twice what a text of that size comes to. */
const MOST_UNPACKED = 2 ** 29;

// -- texts ------------------------------------------------------------------------------------------

const textSchema = z.strictObject({
  alphabet: z.array(z.string()).min(1).max(65_535),
  where: z.string().max(10_000),
});
const textKey = (digest: string): string => `${PREFIX}:text:${digest}`;

/** Ids after their alphabet, packed. */
export function packText({ alphabet, ids, where }: JobText): { digest: string; bytes: Buffer } {
  const head = Buffer.from(`${JSON.stringify({ alphabet, where })}\n`);
  const body = Buffer.from(ids.buffer, ids.byteOffset, ids.byteLength);
  const bytes = gzipSync(Buffer.concat([head, body]), { level: 1 });
  if (bytes.length > MOST_BYTES)
    throw failure('queue.large', { what: 'text', bytes: bytes.length, most: MOST_BYTES });
  return { digest: createHash('sha256').update(bytes).digest('hex'), bytes };
}

export async function sendText(redis: Redis, text: JobText): Promise<string> {
  const { digest, bytes } = packText(text);
  const key = textKey(digest);
  if ((await redis.expire(key, WEEK_SECONDS)) === 0) await redis.set(key, bytes, 'EX', WEEK_SECONDS);
  return digest;
}

/** @throws DissipaError for what is no text, or not the one that was sent */
export async function fetchText(redis: Redis, digest: string, job: string): Promise<JobText> {
  const bytes = await fetchBounded(redis, textKey(digest), job);
  if (bytes === null) throw failure('queue.job', { job, fault: 'no-text', detail: null });
  if (createHash('sha256').update(bytes).digest('hex') !== digest)
    throw failure('queue.job', { job, fault: 'other-text', detail: null });
  await redis.expire(textKey(digest), WEEK_SECONDS);
  return unpackText(bytes, job);
}

/** @throws DissipaError for what is no text */
export function unpackText(bytes: Uint8Array, job: string): JobText {
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
  if (new Set(alphabet).size < alphabet.length || ids.some((id) => id >= alphabet.length)) throw wrong();
  return { alphabet, ids, where };
}

async function fetchBounded(redis: Redis, key: string, job: string): Promise<Buffer | null> {
  if ((await redis.strlen(key)) > MOST_BYTES)
    throw failure('queue.job', { job, fault: 'large', detail: null });
  return redis.getBuffer(key);
}

// -- checkpoints ------------------------------------------------------------------------------------

const jobKey = (id: string): string => `${PREFIX}:job:${id}`;
/** Step and seconds before the bytes, in one value: they cannot come apart. */
const HEAD_BYTES = 16;

export async function sendCheckpoint(
  redis: Redis,
  id: string,
  { bytes, step, seconds }: KeptStep,
): Promise<void> {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeDoubleLE(step, 0);
  head.writeDoubleLE(seconds, 8);
  if (bytes.length > MOST_BYTES)
    throw failure('queue.large', { what: 'checkpoint', bytes: bytes.length, most: MOST_BYTES });
  await redis.set(jobKey(id), Buffer.concat([head, bytes]), 'EX', WEEK_SECONDS);
}

/** null where there is none */
export async function fetchCheckpoint(redis: Redis, id: string, job: string): Promise<KeptStep | null> {
  const whole = await fetchBounded(redis, jobKey(id), job);
  if (whole === null || whole.length < HEAD_BYTES) return null;
  // Figures of another's: what is no count or no time is none.
  const sound = (value: number): number => (value > 0 && Number.isFinite(value) ? value : 0);
  return {
    step: Math.floor(sound(whole.readDoubleLE(0))),
    seconds: sound(whole.readDoubleLE(8)),
    bytes: new Uint8Array(whole.subarray(HEAD_BYTES)),
  };
}

export const hasCheckpoint = async (redis: Redis, id: string): Promise<boolean> =>
  (await redis.exists(jobKey(id))) === 1;

export const dropCheckpoint = async (redis: Redis, id: string): Promise<void> => {
  await redis.del(jobKey(id));
};
