/** What a contender is given to run, and what it answers with. */
import type { Kernels } from '../../kernels/kernels.js';
import type { Alphabet } from '../../text/alphabet.js';
import type { Symbols } from '../../text/symbols.js';
import type { Beginning } from '../../text/windows.js';
import type { SampleOptions } from '../sample/sample.js';
import type { CompareOptions } from './options.js';
import type { CheckpointEvent } from '../jobs/checkpoint.js';
import type { Job, JobProgress, JobResult } from './result.js';

/** What a job is run with. */
export interface JobSetup {
  readonly job: Job;
  readonly options: CompareOptions;
  readonly alphabet: Alphabet;
  readonly training: Symbols;
  readonly validation: Symbols;
  /** What the text is called in errors. */
  readonly where: string;
  readonly kernels: Kernels;
  /** A checkpoint of this very job, where it told of one; null to begin anew. */
  readonly from?: Uint8Array | null;
  /** Milliseconds since any fixed moment. */
  readonly now: () => number;
}

/** What all contenders are measured on. */
export interface ScoredOn {
  /** The held-out characters that are scored. */
  readonly scored: Symbols;
  /** The beginning of them that the learning curve is scored on. */
  readonly curve: Symbols;
  /** What the lag curve is measured on. */
  readonly window: Beginning;
  readonly sampling: SampleOptions;
}

export type Ran = Omit<JobResult, 'contender' | 'seed' | 'quality'>;
export type Running = Generator<JobProgress | CheckpointEvent, Ran>;

/** The figures of a contender that can no longer predict. */
export const FAILED = { heldOut: null, end: null, sample: '' } as const;
