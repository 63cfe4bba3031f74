/** One training of a sweep in a thread of its own, with an engine of its own; what it tells goes to the main thread. */
import { parentPort, workerData } from 'node:worker_threads';
import { DissipaError } from '../../base/errors.js';
import { openEngine } from '../../kernels/engine.js';
import { runSweepJob, type SweepEvent, type SweepJob } from '../../study/sweep/job.js';
import { splitText } from '../../text/split.js';
import { asSymbols } from '../../text/symbols.js';
import type { ThreadMessage } from '../threads.js';

/** What a training is made of, beside what it is. */
export interface SweepText {
  readonly alphabet: readonly string[];
  /** In memory that all threads share. */
  readonly ids: Uint16Array;
  readonly where: string;
}

export interface SweepTask extends SweepText {
  readonly job: SweepJob;
  readonly from: Uint8Array | null;
  readonly spent: number;
}

const { job, alphabet, ids, where, from, spent } = workerData as SweepTask;
const tell = (message: ThreadMessage<SweepEvent>): void => parentPort?.postMessage(message);
try {
  const { engine, validation, test } = job.options;
  const { training, validation: held } = splitText(asSymbols(ids), validation, test);
  const events = runSweepJob({
    ...{ job, alphabet, where, from, spent, training, validation: held },
    kernels: await openEngine(engine),
    now: () => performance.now(),
  });
  for (const event of events) tell({ kind: 'event', event });
} catch (error) {
  if (!(error instanceof DissipaError)) throw error;
  tell({ kind: 'problem', problem: error.problem });
}
