/** One job of a study in a thread of its own, with an engine of its own; what it tells goes to the main thread. */
import { parentPort, workerData } from 'node:worker_threads';
import { DissipaError } from '../../base/errors.js';
import { openEngine } from '../../kernels/engine.js';
import { engineOf, runStudyJob, type JobText, type StudyEvent, type StudyJob } from '../../study/jobs/job.js';
import type { ThreadMessage } from '../threads.js';

export interface JobTask {
  readonly made: StudyJob;
  readonly text: JobText;
  readonly from: Uint8Array | null;
  readonly spent: number;
}

const task = workerData as JobTask;
const tell = (message: ThreadMessage<StudyEvent>): void => parentPort?.postMessage(message);
try {
  const kernels = await openEngine(engineOf(task.made));
  for (const event of runStudyJob({ ...task, kernels, now: () => performance.now() }))
    tell({ kind: 'event', event });
} catch (error) {
  if (!(error instanceof DissipaError)) throw error;
  tell({ kind: 'problem', problem: error.problem });
}
