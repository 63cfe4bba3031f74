/** The trainings of a sweep, for whoever makes them. */
import { inOrderOf } from '../../store/json.js';
import type { Kind } from '../jobs/runner.js';
import type { SweepEvent, SweepJob } from './job.js';
import type { SweepPlan } from './options.js';
import { progressSchema, resultSchema } from './result.js';
import { pointInWords } from './show.js';

const bitsOf = (nats: number | null | undefined): number | null =>
  typeof nats === 'number' ? nats / Math.LN2 : null;

const bare = {
  study: 'sweep',
  made: (job) => ({ study: 'sweep', job }),
  nameOf: ({ index, share }) => `${index}-${share === null ? 'end' : Math.round(1e6 * share)}`,
  checkpointNameOf: ({ index }) => String(index),
  resultOf: (value, { index }) => {
    const { data } = resultSchema.safeParse(value);
    return data?.index === index ? { kind: 'result', result: inOrderOf(value, data) } : null;
  },
  progressOf: (value) => {
    const { data } = progressSchema.safeParse(value);
    return data === undefined ? null : { kind: 'progress', ...data };
  },
  lookOf: (event) => {
    if (event.kind === 'progress')
      return { share: event.steps > 0 ? event.step / event.steps : 0, bits: bitsOf(event.lossNats) };
    if (event.kind !== 'result') return null;
    const { ended, best } = event.result;
    return { share: 1, bits: ended === 'diverged' ? null : bitsOf(best?.lossNats) };
  },
  goesOn: (event) => event.kind === 'result' && event.result.ended === 'halving',
  checkpointOf: (kept) => ({ kind: 'checkpoint', ...kept }),
} satisfies Omit<Kind<SweepJob, SweepEvent>, 'labelOf'>;

/** What is heard of a training that may be any sweep's. */
export const sweepEvents: Pick<Kind<SweepJob, SweepEvent>, 'progressOf' | 'lookOf'> = bare;

export const sweepKind = (plan: SweepPlan): Kind<SweepJob, SweepEvent> => ({
  ...bare,
  labelOf: ({ index }) => pointInWords(plan.points[index]),
});
