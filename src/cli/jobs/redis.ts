/**
 * What the ends of a queue share: the library, loaded only where it is asked for, the connection, and what lies in Redis
 * beside BullMQ's own keys:
 *
 *     dissipa:text:<sha256>      a text in ids with its alphabet, packed; sent once (kept.ts)
 *     dissipa:job:<id>           of a job under way: its newest checkpoint, step and seconds (kept.ts)
 *     dissipa:workers            those that are alive, each for half a minute (alive.ts)
 *     dissipa:studies            what is asked for, and how far it is (alive.ts)
 *
 * All of it goes by itself a week after it was last used.
 */
import type * as BullMq from 'bullmq';
import type { Redis } from 'ioredis';
import { DissipaError, failure, misuse } from '../../base/errors.js';
import { visibleInLine } from '../../base/visible.js';

export const PREFIX = 'dissipa';
/** A worker makes jobs of its own version alone: others are not even in its queue. */
export const queueNameOf = (version: string): string => `jobs-${version}`;

export const WEEK_SECONDS = 7 * 24 * 3600;

/** Of Redis: what BullMQ asks for. Valkey says that it is Redis 7. */
const OLDEST = [6, 2] as const;

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
    throw misuse('queue.address', { address: visibleInLine(withoutPassword(given)) });
  return url;
}

/** Of what need not be an address at all: whatever stands before the last @, but for the scheme. */
const withoutPassword = (given: string): string => given.replace(/^([a-z]+:\/\/)?.*@/is, '$1…@');

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
    const [, major, minor] = /^redis_version:(\d+)\.(\d+)/m.exec(await redis.info('server')) ?? [];
    if (Number(major) < OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) < OLDEST[1]))
      throw failure('queue.old', { address, version: `${major}.${minor}` });
  } catch (error) {
    if (error instanceof DissipaError) throw error;
    throw unreachable(address, told.at(-1) ?? error);
  } finally {
    redis.disconnect();
  }
}

function unreachable(address: string, error: unknown): DissipaError {
  const { message = '', code = '' } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  const isOfTls = /^(?:CERT_|UNABLE_TO_|(?:DEPTH_ZERO_)?SELF_SIGNED|ERR_TLS_)/.test(code);
  const why = /^(?:NOAUTH|WRONGPASS)/.test(message) ? 'password' : isOfTls ? 'certificate' : 'silence';
  const reason = visibleInLine(message.split('\n')[0].replace(/\.$/, '') || 'no answer');
  return failure('queue.unreachable', { address, why, reason });
}

/** Redis is there and will not: no right to a command, no memory left, a copy that cannot be written to. */
const isRefusal = (error: unknown): error is Error => error instanceof Error && error.name === 'ReplyError';

/** As something that can be waited for: Redis is begun anew, or the network is away. */
export const isOfConnection = (error: unknown): boolean =>
  error instanceof Error &&
  /timed out|ECONN|EPIPE|Connection is closed|LOADING|READONLY|max retries|ENOTFOUND|EAI_AGAIN/i.test(
    `${error.message} ${(error as NodeJS.ErrnoException).code ?? ''}`,
  );

/** What a queue is used for. @throws DissipaError in place of what Redis answers with, or where it no longer answers */
export async function answered<T>({ address }: Libraries, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DissipaError) throw error;
    if (isRefusal(error))
      throw failure('queue.refused', { address, reason: visibleInLine(error.message.slice(0, 300)) });
    if (isOfConnection(error)) throw unreachable(address, error);
    throw error;
  }
}
