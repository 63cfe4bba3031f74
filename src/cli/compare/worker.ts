/** One job of a comparison in a thread of its own, with an engine of its own; what it tells goes to the main thread. */
import { parentPort, workerData } from 'node:worker_threads';
import { DissipaError } from '../../base/errors.js';
import { openEngine } from '../../kernels/engine.js';
import { runJob } from '../../study/compare/job.js';
import type { CompareOptions } from '../../study/compare/options.js';
import type { Job, JobEvent } from '../../study/compare/result.js';
import { Alphabet } from '../../text/alphabet.js';
import { splitText } from '../../text/split.js';
import { asSymbols } from '../../text/symbols.js';
import type { ThreadMessage } from '../threads.js';

export interface WorkerTask {
  readonly job: Job;
  readonly options: CompareOptions;
  readonly alphabet: readonly string[];
  /** The text in ids, in memory that all threads share. */
  readonly ids: Uint16Array;
  readonly where: string;
}

const { job, options, alphabet, ids, where } = workerData as WorkerTask;
const tell = (message: ThreadMessage<JobEvent>): void => parentPort?.postMessage(message);
try {
  const split = splitText(asSymbols(ids), options.validation);
  const events = runJob({
    ...{ job, options, where, ...split },
    alphabet: new Alphabet(alphabet),
    kernels: await openEngine(options.engine),
    now: () => performance.now(),
  });
  for (const event of events) tell({ kind: 'event', event });
} catch (error) {
  if (!(error instanceof DissipaError)) throw error;
  tell({ kind: 'problem', problem: error.problem });
}
