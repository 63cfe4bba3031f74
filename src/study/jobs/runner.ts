/** Whoever makes the jobs of a study: threads of this process, or other machines by a queue. */
import type { KeptStep, Paused } from './checkpoint.js';
import type { Study, StudyJob } from './job.js';

/** What a study's jobs are called, and what is read of them: the same for whoever makes them. */
export interface Kind<Job, Event> {
  readonly study: Study;
  readonly made: (job: Job) => StudyJob;
  /** What it is called where it is shown. */
  readonly labelOf: (job: Job) => string;
  /** Letters, digits and `-`: of a job among those of its study, the same whenever it is asked for. */
  readonly nameOf: (job: Job) => string;
  /** Under which its checkpoint lies: jobs that go on from one another have it in common. */
  readonly checkpointNameOf: (job: Job) => string;
  /** What came of it, checked; null for what is no result of this job. */
  readonly resultOf: (value: unknown, job: Job) => Event | null;
  /** The same for how far it is. */
  readonly progressOf: (value: unknown) => Event | null;
  /** How far a job is, from 0 to 1, and its bits per character at its best; null for an event that does not tell. */
  readonly lookOf: (event: Event) => { readonly share: number; readonly bits: number | null } | null;
  /** Whether it may be gone on with, so that its checkpoint is still wanted. */
  readonly goesOn: (event: Event) => boolean;
  /** A checkpoint that came by itself, as the event it is; null for a study that has none. */
  readonly checkpointOf: (kept: KeptStep) => Event | null;
}

export interface ToRun<Job, Event> {
  readonly jobs: readonly Job[];
  readonly kind: Kind<Job, Event>;
  /** Of the list that they are the rest of, those made before. */
  readonly done: number;
  /** A checkpoint to go on from, where there is one. */
  readonly paused: (job: Job) => Promise<Paused | null>;
  /** What it returns is waited for before the next event of the same job. */
  readonly heard: (job: Job, event: Event | { readonly kind: 'begin' }) => Promise<void>;
  readonly stop: AbortSignal;
}

/** Resolves when all jobs are through, or soon after `stop`. @throws DissipaError as the first that fails */
export type Runner = <Job, Event>(toRun: ToRun<Job, Event>) => Promise<void>;
