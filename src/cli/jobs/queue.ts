/**
 * The jobs of a study by a queue: they are put there, workers anywhere take them, results come back to whoever asks.
 * What is in the queue stays there when this process ends; the same study, taken up again, collects it.
 */
import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Job as Queued, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { DissipaError, failure } from '../../base/errors.js';
import { visibleInLine } from '../../base/visible.js';
import type { JobText } from '../../study/jobs/job.js';
import type { Runner, ToRun } from '../../study/jobs/runner.js';
import type { Words } from '../../words/words.js';
import { endStudy, tellStudy, workersAlive } from './alive.js';
import { dropCheckpoint, fetchCheckpoint, hasCheckpoint, sendCheckpoint, sendText } from './kept.js';
import { queuedOf, type QueuedJob } from './queued.js';
import { answered, isOfConnection, PREFIX, queueNameOf, type Libraries } from './redis.js';

export interface ByQueue {
  /** As it was opened, before anything was done for it. */
  readonly libraries: Libraries;
  readonly text: JobText;
  readonly version: string;
  /** Of the study: jobs of another one are others. */
  readonly identity: string;
  readonly words: Words;
  readonly err: (line: string) => void;
}

/** How often results are looked for, and jobs that go to Redis in one call. */
const [LOOK_MS, MANY] = [500, 500];
/** In so many looks once: how far it is is told to others, and whether a job is gone is looked after. */
const [TELL_EVERY, MISS_EVERY] = [10, 60];
/** Results are one line of a file; what is longer is none. */
const MOST_RESULT = 2 ** 24;

export const byQueue =
  (given: ByQueue): Runner =>
  (toRun) =>
    answered(given.libraries, () => collect(given, toRun));

/** @param facts what makes a study the one it is */
export const identityOf = (facts: unknown): string =>
  createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 24);

async function collect<Job, Event>(given: ByQueue, toRun: ToRun<Job, Event>): Promise<void> {
  const { version, words, err, libraries, text } = given;
  const { stop, jobs } = toRun;
  const redis = libraries.connect(false);
  const options = { connection: redis, prefix: PREFIX, skipVersionCheck: true };
  const queue = new libraries.bullmq.Queue<QueuedJob>(queueNameOf(version), options);
  queue.on('error', () => undefined); // told by the call that fails
  try {
    const digest = await sendText(redis, text);
    const asked = new Asked(given, toRun, queue, redis);
    await asked.enqueue(digest);
    err(words.sweep.queued(jobs.length, libraries.address));
    const alive = await workersAlive(redis);
    if (!alive.some((one) => one.version === version)) err(words.sweep.waitingForWorkers(version));
    for (let turn = 0; asked.waiting > 0 && !stop.aborted; turn++) {
      await whileReachable(stop, async () => {
        if (turn % TELL_EVERY === 0) await asked.tell();
        if (turn % MISS_EVERY === MISS_EVERY - 1) await asked.checkAllAreThere();
        await asked.look();
      });
      if (asked.waiting > 0) await setTimeout(LOOK_MS, undefined, { signal: stop }).catch(() => undefined);
    }
    if (asked.waiting === 0) await endStudy(redis, given.identity);
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

/** The jobs that are waited for. */
class Asked<Job, Event> {
  readonly #waiting: Map<string, Job>;
  readonly #begun = new Set<string>();
  readonly #total: number;
  #best: number | null = null;

  constructor(
    private readonly given: ByQueue,
    private readonly toRun: ToRun<Job, Event>,
    private readonly queue: Queue<QueuedJob>,
    private readonly redis: Redis,
  ) {
    const { jobs, done, kind } = toRun;
    this.#waiting = new Map(jobs.map((job) => [`${given.identity}-${kind.nameOf(job)}`, job]));
    this.#total = done + jobs.length;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** One job, whichever comparison it is made for: its checkpoint lies under it. */
  #idOf(job: Job): string {
    return `${this.given.identity}-${this.toRun.kind.checkpointNameOf(job)}`;
  }

  async enqueue(text: string): Promise<void> {
    const { kind, paused, stop } = this.toRun;
    const { version, identity } = this.given;
    const all = [...this.#waiting];
    for (let from = 0; from < all.length && !stop.aborted; from += MANY) {
      const some = all.slice(from, from + MANY);
      for (const [, job] of some) {
        const before = await paused(job);
        if (before === null || (await hasCheckpoint(this.redis, this.#idOf(job)))) continue;
        await sendCheckpoint(this.redis, this.#idOf(job), { ...before, step: 0 });
      }
      await this.queue.addBulk(
        some.map(([name, job]) => ({
          name: kind.study,
          data: queuedOf(kind.made(job), {
            ...{ version, text, id: this.#idOf(job), of: identity },
            label: kind.labelOf(job).slice(0, 300),
          }),
          // The same job is in the queue once, however often it is asked for.
          opts: { jobId: name, removeOnComplete: false, removeOnFail: false },
        })),
      );
    }
  }

  /** How far it is, for who looks on. */
  async tell(): Promise<void> {
    const { version, identity, text } = this.given;
    const { study } = this.toRun.kind;
    const [jobs, done, best] = [this.#total, this.#total - this.waiting, this.#best];
    await tellStudy(this.redis, identity, {
      ...{ study, version, text: text.where.slice(0, 1000), jobs, done, best },
    });
  }

  /** A job that somebody took out of the queue would be waited for without end. */
  async checkAllAreThere(): Promise<void> {
    const names = [...this.#waiting.keys()];
    for (let from = 0; from < names.length; from += MANY) {
      const some = names.slice(from, from + MANY);
      const there = await Promise.all(some.map((name) => this.redis.exists(this.queue.toKey(name))));
      const gone = some.find((_, i) => there[i] === 0);
      if (gone !== undefined) throw failure('queue.job', { job: gone, fault: 'gone', detail: null });
    }
  }

  /** What has become of those that are waited for: of them alone that are under way or through. */
  async look(): Promise<void> {
    const { stop } = this.toRun;
    const isOver = (): boolean => stop.aborted;
    const found = await this.queue.getRanges(['completed', 'failed', 'active'], 0, -1, true);
    const names = found.filter((name) => this.#waiting.has(name));
    for (let from = 0; from < names.length && !isOver(); from += MANY) {
      const some = names.slice(from, from + MANY);
      const jobs = await Promise.all(some.map((name) => this.queue.getJob(name)));
      for (const [i, name] of some.entries()) {
        // One that has been taken away since comes as nothing.
        const queued: Queued<QueuedJob> | undefined = jobs[i];
        const job = this.#waiting.get(name);
        if (job !== undefined && queued !== undefined && !isOver()) await this.#hear(name, job, queued);
      }
    }
  }

  async #hear(name: string, job: Job, queued: Queued<QueuedJob>): Promise<void> {
    const { kind, heard } = this.toRun;
    if (!this.#begun.has(name)) {
      this.#begun.add(name);
      await heard(job, { kind: 'begin' });
    }
    if (Boolean(queued.failedReason) && queued.finishedOn !== undefined) {
      await queued.remove();
      const detail = visibleInLine(queued.failedReason.slice(0, 500));
      throw failure('queue.job', { job: name, fault: 'failed', detail });
    }
    if (queued.finishedOn === undefined) {
      const progress = kind.progressOf(queued.progress);
      if (progress !== null) await heard(job, progress);
      return;
    }
    const value: unknown = queued.returnvalue;
    const isShort = JSON.stringify(value ?? null).length <= MOST_RESULT;
    const result = isShort ? kind.resultOf(value, job) : null;
    if (result === null) {
      // Taken up again it is made anew.
      await queued.remove();
      throw failure('queue.job', { job: name, fault: 'result', detail: null });
    }
    const bits = kind.lookOf(result)?.bits ?? null;
    if (bits !== null && !(bits >= (this.#best ?? Infinity))) this.#best = bits;
    const kept = kind.goesOn(result) ? await fetchCheckpoint(this.redis, this.#idOf(job), name) : null;
    const checkpoint = kept && kind.checkpointOf(kept);
    if (checkpoint) await heard(job, checkpoint);
    await heard(job, result);
    // Only now: had it gone before it was kept here, nobody would have it.
    if (!kind.goesOn(result)) await dropCheckpoint(this.redis, this.#idOf(job));
    await queued.remove();
    this.#waiting.delete(name);
  }
}
