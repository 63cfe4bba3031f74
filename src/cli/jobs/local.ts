/** The jobs of a study in threads of this process. */
import type { JobText } from '../../study/jobs/job.js';
import type { Runner } from '../../study/jobs/runner.js';
import { inThreads } from '../threads.js';
import type { JobTask } from './thread.js';

export const JOB_THREAD = new URL('./thread.js', import.meta.url);

/** @param threads jobs side by side */
export const inOwnThreads =
  (text: JobText, threads: number): Runner =>
  ({ jobs, kind, paused, heard, stop }) =>
    inThreads({
      ...{ jobs, threads, stop, heard, script: JOB_THREAD },
      dataOf: async (job): Promise<JobTask> => {
        const before = await paused(job);
        return { made: kind.made(job), text, from: before?.bytes ?? null, spent: before?.seconds ?? 0 };
      },
    });
