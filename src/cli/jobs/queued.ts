/** A job as it lies in the queue: whoever put it there, a worker checks it as it would a command line. */
import * as z from 'zod';
import { DissipaError, failure } from '../../base/errors.js';
import { visibleInLine } from '../../base/visible.js';
import { parameterCount } from '../../model/shape.js';
import { contenderName, contenderOf, hiddenOf } from '../../study/compare/contenders.js';
import { compareOptions, parseCompareOptions } from '../../study/compare/options.js';
import type { StudyJob } from '../../study/jobs/job.js';
import type { JobFault } from '../../study/sweep/problems.js';
import { parseTrainOptions } from '../../train/options.js';

/** Weights of a model that comes by a queue, and numbers of a window in it: more would take a machine's memory. */
const MOST_NUMBERS = 2 ** 27;
/** Of brain.js, whose numbers are objects' and take some fifty bytes each. */
const MOST_OF_BASELINE = 2 ** 24;

const envelope = {
  version: z.string().max(100),
  /** The digest of a text. */
  text: z.string().regex(/^[0-9a-f]{64}$/),
  /** Under which its checkpoint lies: the same in each comparison of successive halving. */
  id: z.string().regex(/^[\w-]{1,100}$/),
  /** Of the study that it is a job of. */
  of: z.string().regex(/^[\w-]{1,100}$/),
  /** What it is to be called where it is shown. */
  label: z.string().max(300),
};
const options = z.record(z.string(), z.unknown());
const queuedSchema = z.discriminatedUnion('study', [
  z.strictObject({
    ...{ study: z.literal('sweep'), ...envelope, options },
    index: z.int().min(0),
    share: z.number().gt(0).lt(1).nullable(),
  }),
  z.strictObject({
    ...{ study: z.literal('compare'), ...envelope, options },
    contender: contenderName,
    seed: z.int(),
  }),
]);
/** What BullMQ keeps. */
export type QueuedJob = z.infer<typeof queuedSchema>;
export type Envelope = Readonly<Record<keyof typeof envelope, string>>;

export function queuedOf(made: StudyJob, around: Envelope): QueuedJob {
  if (made.study === 'sweep') {
    const { index, share } = made.job;
    return { study: 'sweep', ...around, index, share, options: { ...made.job.options } };
  }
  // As typed: that is what is checked at the other end.
  const known = Object.entries(made.options).filter(([name]) => name in compareOptions.shape);
  const only = made.options.only.join(',');
  return { study: 'compare', ...around, ...made.job, options: { ...Object.fromEntries(known), only } };
}

export interface ReadJob {
  readonly queued: QueuedJob;
  readonly made: StudyJob;
}

/** @param name the job's, fit to be shown @throws DissipaError for what is no job of this version */
export function readJob(data: unknown, version: string, name: string): ReadJob {
  const wrong = (fault: JobFault, detail: string | null = null): DissipaError =>
    failure('queue.job', { job: name, fault, detail });
  const parsed = queuedSchema.safeParse(data);
  if (!parsed.success) throw wrong('data', parsed.error.issues[0].path.join('.') || null);
  const queued = parsed.data;
  if (queued.version !== version) throw wrong('version', visibleInLine(queued.version));
  try {
    return { queued, made: madeOf(queued) };
  } catch (error) {
    if (error instanceof DissipaError) throw wrong('data', error.message);
    throw error;
  }
}

/** @throws UsageError where its options are none */
function madeOf(queued: QueuedJob): StudyJob {
  if (queued.study === 'sweep') {
    const { index, share } = queued;
    return { study: 'sweep', job: { index, share, options: parseTrainOptions(queued.options) } };
  }
  const { contender, seed } = queued;
  return { study: 'compare', job: { contender, seed }, options: parseCompareOptions(queued.options) };
}

/** @param symbols V of its text @throws DissipaError where it would take a machine's memory */
export function checkSize(made: StudyJob, symbols: number, name: string): void {
  const { layers, hidden, batch, window } = made.study === 'sweep' ? made.job.options : made.options;
  const check = (cell: string, units: number, most: number): void => {
    const fault: JobFault | null =
      parameterCount({ cell, layers, hidden: units, symbols }) > most
        ? 'model'
        : batch * window * Math.max(layers * units, symbols) > MOST_NUMBERS
          ? 'window'
          : null;
    if (fault !== null) throw failure('queue.job', { job: name, fault, detail: null });
  };
  if (made.study === 'sweep') {
    check(made.job.options.cell, hidden, MOST_NUMBERS);
    return;
  }
  // Before the size that another contender has as many weights at is looked for.
  check('lstm', hidden, MOST_NUMBERS);
  const contender = contenderOf(made.job.contender);
  const units = hiddenOf(made.job.contender, made.options, symbols);
  if (units === null) return;
  if (contender.kind === 'own') check(contender.cell, units, MOST_NUMBERS);
  else check('lstm', units, MOST_OF_BASELINE);
}
