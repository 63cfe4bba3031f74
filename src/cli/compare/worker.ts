/** One job of a comparison in a thread of its own, with an engine of its own; what it tells goes to the main thread. */
import { parentPort, workerData } from 'node:worker_threads';
import { DissipaError, type Problem } from '../../base/errors.js';
import { openEngine } from '../../kernels/engine.js';
import { runJob } from '../../study/compare/job.js';
import type { CompareOptions } from '../../study/compare/options.js';
import type { Job, JobEvent } from '../../study/compare/result.js';
import { Alphabet } from '../../text/alphabet.js';
import { splitText } from '../../text/split.js';
import { asSymbols } from '../../text/symbols.js';

export interface WorkerTask {
  readonly job: Job;
  readonly options: CompareOptions;
  readonly alphabet: readonly string[];
  /** The text in ids, in memory that all threads share. */
  readonly ids: Uint16Array;
  readonly where: string;
}

/** An error does not come through between threads as what it is: its key and values do, and are worded there. */
export type WorkerMessage = JobEvent | { readonly kind: 'problem'; readonly problem: Problem };

const { job, options, alphabet, ids, where } = workerData as WorkerTask;
const tell = (message: WorkerMessage): void => parentPort?.postMessage(message);
try {
  const split = splitText(asSymbols(ids), options.validation);
  const events = runJob({
    ...{ job, options, where, ...split },
    alphabet: new Alphabet(alphabet),
    kernels: await openEngine(options.engine),
    now: () => performance.now(),
  });
  for (const event of events) tell(event);
} catch (error) {
  if (!(error instanceof DissipaError) || error.problem === null) throw error;
  tell({ kind: 'problem', problem: error.problem });
}
