/** `dissipa sweep --watch --queue …`: what a queue is at work on, shown until there is nothing more in it. */
import { setTimeout } from 'node:timers/promises';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import * as z from 'zod';
import { shownName, visibleInLine, visibleJson } from '../../base/visible.js';
import { compareEvents } from '../../study/compare/kind.js';
import { sweepEvents } from '../../study/sweep/kind.js';
import { INTERRUPTED, type Environment } from '../environment.js';
import type { Foot } from '../foot.js';
import { barredLine, clock, fit, LINE_MS, type LinePart } from '../progress.js';
import { versions } from '../versions.js';
import { studiesTold, workersAlive, type Alive, type StudySeen } from './alive.js';
import { answered, isOfConnection, PREFIX, queueNameOf, type Libraries } from './redis.js';

const LOOK_MS = 1000;
/** Of those under way; more do not fit on a screen. */
const MOST_RUNNING = 200;

/** Of a job in the queue, as far as it is shown: it is another's. */
const shownSchema = z.object({
  study: z.enum(['sweep', 'compare']),
  of: z.string().max(200),
  label: z.string().max(300),
});
const hostSchema = z.object({ host: z.string().max(300) });

interface RunningJob {
  readonly of: string;
  readonly label: string;
  readonly share: number;
  readonly bits: number | null;
  readonly host: string | null;
}

interface Seen {
  readonly workers: readonly Alive[];
  readonly studies: readonly StudySeen[];
  readonly running: readonly RunningJob[];
  /** Jobs of this version. */
  readonly counts: { readonly waiting: number; readonly running: number; readonly failed: number };
}

/** @returns the exit code */
export async function watchQueue(env: Environment, libraries: Libraries, isJson: boolean): Promise<number> {
  const stop = env.interruption();
  const redis = libraries.connect(false);
  const options = { connection: redis, prefix: PREFIX };
  const queue = new libraries.bullmq.Queue(queueNameOf(versions.dissipa), options);
  queue.on('error', () => undefined); // told by the call that fails
  const view = isJson ? jsonView(env) : env.foot ? drawnView(env, env.foot) : lineView(env);
  const told = env.words.sweep.watch;
  try {
    for (;;) {
      const seen = await answered(libraries, () => lookPatiently(queue, redis, stop));
      if (seen !== null) view.show(seen);
      if (stop.aborted) return INTERRUPTED;
      if (seen !== null && isEmpty(seen)) break;
      await setTimeout(LOOK_MS, undefined, { signal: stop }).catch(() => undefined);
    }
  } finally {
    view.end();
    await queue.close().catch(() => undefined);
    redis.disconnect();
  }
  env.err(`${told.empty(libraries.address)}\n`);
  return 0;
}

const isEmpty = ({ studies, counts }: Seen): boolean =>
  studies.length === 0 && counts.waiting + counts.running === 0;

/** null where Redis is away for a while, or who looks has had enough. */
async function lookPatiently(queue: Queue, redis: Redis, stop: AbortSignal): Promise<Seen | null> {
  if (stop.aborted) return null;
  try {
    return await look(queue, redis);
  } catch (error) {
    if (isOfConnection(error)) return null;
    throw error;
  }
}

async function look(queue: Queue, redis: Redis): Promise<Seen> {
  const counts = await queue.getJobCounts('waiting', 'active', 'failed');
  const active = await queue.getJobs(['active'], 0, MOST_RUNNING - 1, true);
  // One that has just gone comes as nothing.
  const running = active.flatMap((job: (typeof active)[number] | undefined) => {
    const { data } = shownSchema.safeParse(job?.data);
    if (job === undefined || data === undefined) return [];
    return [{ of: data.of, label: data.label, ...progressOf(data.study, job.progress) }];
  });
  return {
    workers: await workersAlive(redis),
    studies: await studiesTold(redis),
    running,
    counts: {
      waiting: counts['waiting'] ?? 0,
      running: counts['active'] ?? 0,
      failed: counts['failed'] ?? 0,
    },
  };
}

function progressOf(study: 'sweep' | 'compare', value: unknown): Pick<RunningJob, 'share' | 'bits' | 'host'> {
  const lookIn = <E>(kind: {
    readonly progressOf: (value: unknown) => E | null;
    readonly lookOf: (event: E) => { readonly share: number; readonly bits: number | null } | null;
  }) => {
    const event = kind.progressOf(value);
    return event === null ? null : kind.lookOf(event);
  };
  const found = study === 'sweep' ? lookIn(sweepEvents) : lookIn(compareEvents);
  const host = hostSchema.safeParse(value).data?.host ?? null;
  return { share: found?.share ?? 0, bits: found?.bits ?? null, host };
}

// -- how it is shown --------------------------------------------------------------------------------

interface View {
  show(seen: Seen): void;
  end(): void;
}

/** A line of JSON whenever something has changed. */
function jsonView({ out }: Environment): View {
  let before = '';
  return {
    show(seen) {
      const line = JSON.stringify(seen);
      if (line !== before) out(`${visibleJson(line)}\n`);
      before = line;
    },
    end: () => undefined,
  };
}

interface StudyLine {
  readonly share: number;
  readonly parts: readonly LinePart[];
}

/** What each study is at, and how long it still takes at the pace seen. */
function makeStudyLines(env: Environment): (seen: Seen) => StudyLine[] {
  const { numbers, sweep } = env.words;
  const first = new Map<string, { readonly made: number; readonly at: number }>();
  return ({ studies, running }) =>
    studies.map(({ id, study, text, done, jobs, best, isAttended }) => {
      const own = running.filter(({ of }) => of === id);
      const made = done + own.reduce((sum, { share }) => sum + share, 0);
      const began = first.get(id) ?? { made, at: env.now() };
      // A second comparison of successive halving counts from its own beginning.
      if (!first.has(id) || made < began.made) first.set(id, { made, at: env.now() });
      const pace = (made - began.made) / (env.now() - began.at);
      const bits = [best, ...own.map((one) => one.bits)].filter((one) => one !== null);
      const parts = [
        { rank: 1, text: sweep.watch.study(study, shownName(text), done, jobs) },
        {
          rank: 2,
          text: bits.length === 0 ? '' : sweep.bestSoFar(numbers.fixed(Math.min(...bits), 3)),
        },
        { rank: 3, text: isAttended ? '' : sweep.watch.unattended },
        { rank: 4, text: pace > 0 ? sweep.left(clock((jobs - made) / pace / 1000)) : '' },
      ];
      return { share: jobs > 0 ? made / jobs : 0, parts };
    });
}

function headOf(env: Environment, { workers, counts }: Seen): string {
  const { watch } = env.words.sweep;
  const own = workers.filter(({ version }) => version === versions.dissipa);
  const others = new Set(workers.filter((one) => !own.includes(one)).map(({ version }) => version));
  return [
    watch.workers(
      own.length,
      own.reduce((sum, { jobs }) => sum + jobs, 0),
    ),
    watch.counts(counts.running, counts.waiting, counts.failed),
    ...(others.size > 0
      ? [watch.others([...others].map((one) => shownName(one)).join(', '), versions.dissipa)]
      : []),
  ].join(' · ');
}

/** Where nothing can be redrawn: a line for each study whenever more of it is through, and now and then. */
function lineView(env: Environment): View {
  const linesOf = makeStudyLines(env);
  let [before, told] = ['', -Infinity];
  return {
    show(seen) {
      const lines = [headOf(env, seen), ...linesOf(seen).map(({ parts }) => fit(parts, Infinity))];
      const state = JSON.stringify([seen.studies, seen.workers.length, seen.counts.failed]);
      if (state === before && env.now() - told < LINE_MS) return;
      [before, told] = [state, env.now()];
      if (!isEmpty(seen)) env.err(`${lines.join('\n')}\n`);
    },
    end: () => undefined,
  };
}

function drawnView(env: Environment, foot: Foot): View {
  const { watch } = env.words.sweep;
  const linesOf = makeStudyLines(env);
  return {
    show(seen) {
      if (isEmpty(seen)) {
        // What it was last at is over.
        foot.clear();
        return;
      }
      const running = [...seen.running].sort((a, b) => (a.label < b.label ? -1 : 1));
      foot.show(
        [
          ` ${headOf(env, seen)}`,
          ...linesOf(seen).map(({ share, parts }) => barredLine(share, parts, env.columns)),
          ...running.map((job) => barredLine(job.share, runningParts(env, job), env.columns)),
        ],
        watch.more,
      );
    },
    end() {
      foot.keep();
    },
  };
}

function runningParts(env: Environment, { label, bits, host }: RunningJob): readonly LinePart[] {
  const { sweep, numbers } = env.words;
  return [
    { rank: 1, text: visibleInLine(label) },
    { rank: 2, text: bits === null ? '' : sweep.bits(numbers.fixed(bits, 3)) },
    { rank: 3, text: host === null ? '' : sweep.watch.on(shownName(host)) },
  ];
}
