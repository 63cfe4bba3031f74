/** Jobs of a comparison side by side, each in a worker thread. */
import { CONTENDERS } from '../../study/compare/contenders.js';
import type { Job, JobEvent } from '../../study/compare/result.js';
import { inThreads } from '../threads.js';
import type { WorkerTask } from './worker.js';

export interface SideBySide extends Omit<WorkerTask, 'job'> {
  readonly jobs: readonly Job[];
  /** How many run at the same time. */
  readonly threads: number;
  readonly stop: AbortSignal;
  /** A job begins, tells of itself, ends. What it returns is waited for before the thread takes another. */
  readonly heard: (job: Job, event: JobEvent | { readonly kind: 'begin' }) => Promise<void>;
}

/** @throws DissipaError as the first job that fails */
export function runSideBySide({ jobs, threads, stop, heard, ...task }: SideBySide): Promise<void> {
  // brain.js takes longest: begun last, it would run alone.
  const isSlow = ({ contender }: Job): boolean => CONTENDERS[contender].kind === 'brainjs';
  return inThreads<Job, JobEvent>({
    ...{ threads, stop, heard },
    jobs: [...jobs.filter(isSlow), ...jobs.filter((job) => !isSlow(job))],
    script: new URL('./worker.js', import.meta.url),
    dataOf: (job): WorkerTask => ({ ...task, job }),
  });
}
