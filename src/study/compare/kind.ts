/** The contenders of a comparison, for whoever trains them. */
import { inOrderOf } from '../../store/json.js';
import type { Kind } from '../jobs/runner.js';
import { progressSchema, resultSchema, type Job, type JobEvent } from './result.js';
import type { CompareOptions } from './options.js';

const bare = {
  study: 'compare',
  nameOf: ({ contender, seed }) => `${contender}-${seed}`,
  checkpointNameOf: ({ contender, seed }) => `${contender}-${seed}`,
  resultOf: (value, { contender, seed }) => {
    const { data } = resultSchema.safeParse(value);
    return data?.contender === contender && data.seed === seed
      ? { kind: 'result', result: inOrderOf(value, data) }
      : null;
  },
  progressOf: (value) => {
    const { data } = progressSchema.safeParse(value);
    return data === undefined ? null : { kind: 'progress', ...data };
  },
  lookOf: (event) =>
    event.kind === 'checkpoint'
      ? null
      : event.kind === 'progress'
        ? { share: event.share, bits: event.bitsPerChar }
        : { share: 1, bits: event.result.heldOut?.bitsPerChar ?? null },
  goesOn: () => false,
  checkpointOf: (kept) => ({ kind: 'checkpoint', ...kept }),
} satisfies Omit<Kind<Job, JobEvent>, 'made' | 'labelOf'>;

/** What is heard of a contender that may be any comparison's. */
export const compareEvents: Pick<Kind<Job, JobEvent>, 'progressOf' | 'lookOf'> = bare;

export const compareKind = (options: CompareOptions): Kind<Job, JobEvent> => ({
  ...bare,
  made: (job) => ({ study: 'compare', job, options }),
  labelOf: ({ contender, seed }) => (options.seeds > 1 ? `${contender} ${seed}` : contender),
});
