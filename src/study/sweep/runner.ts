/** Whoever makes the trainings of a sweep: threads of this process, or other machines by a queue. */
import type { Paused } from './folder.js';
import type { SweepEvent, SweepJob } from './job.js';

export interface ToRun {
  readonly jobs: readonly SweepJob[];
  /** A checkpoint to go on from, where there is one. */
  readonly paused: (index: number) => Promise<Paused | null>;
  /** What it returns is waited for before the next event of the same training. */
  readonly heard: (job: SweepJob, event: SweepEvent | { readonly kind: 'begin' }) => Promise<void>;
  readonly stop: AbortSignal;
}

/** Resolves when all jobs are through, or soon after `stop`. @throws DissipaError as the first that fails */
export type Runner = (toRun: ToRun) => Promise<void>;
