/** The trainings of a sweep in threads of this process. */
import type { SweepEvent, SweepJob } from '../../study/sweep/job.js';
import type { Runner } from '../../study/sweep/runner.js';
import { inThreads } from '../threads.js';
import type { SweepTask, SweepText } from './thread.js';

export const SWEEP_THREAD = new URL('./thread.js', import.meta.url);

export const inOwnThreads =
  (text: SweepText, threads: number): Runner =>
  ({ jobs, paused, heard, stop }) =>
    inThreads<SweepJob, SweepEvent>({
      ...{ jobs, threads, stop, heard, script: SWEEP_THREAD },
      dataOf: async (job): Promise<SweepTask> => {
        const before = await paused(job.index);
        return { ...text, job, from: before?.bytes ?? null, spent: before?.seconds ?? 0 };
      },
    });
