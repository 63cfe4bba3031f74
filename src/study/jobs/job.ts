/**
 * A job of a study: one training, complete in itself. A sweep and a comparison are lists of them, and whoever makes them
 * (threads here, workers on other machines) need not know which: it is given a job and the text, and tells how far it
 * is, what it can go on from, and what came of it.
 */
import type { Kernels } from '../../kernels/kernels.js';
import { Alphabet } from '../../text/alphabet.js';
import { partsOf } from '../../text/split.js';
import { asSymbols } from '../../text/symbols.js';
import { runJob as runContender } from '../compare/job.js';
import type { CompareOptions } from '../compare/options.js';
import type { Job as Contender, JobEvent } from '../compare/result.js';
import { runSweepJob, type SweepEvent, type SweepJob } from '../sweep/job.js';

export type StudyJob =
  | { readonly study: 'sweep'; readonly job: SweepJob }
  | { readonly study: 'compare'; readonly job: Contender; readonly options: CompareOptions };
export type Study = StudyJob['study'];

export type StudyEvent = SweepEvent | JobEvent;

/** What a job is made of, beside what it is. */
export interface JobText {
  readonly alphabet: readonly string[];
  /** In memory that all threads share. */
  readonly ids: Uint16Array;
  /** What the text is called in errors. */
  readonly where: string;
}

export interface StudySetup {
  readonly made: StudyJob;
  readonly text: JobText;
  readonly kernels: Kernels;
  /** A checkpoint of this very job, where it told of one. */
  readonly from: Uint8Array | null;
  /** Seconds that were spent on it before. */
  readonly spent: number;
  /** Milliseconds since any fixed moment. */
  readonly now: () => number;
}

/** The engine that a job asks for. */
export const engineOf = (made: StudyJob): CompareOptions['engine'] =>
  made.study === 'sweep' ? made.job.options.engine : made.options.engine;

/** @throws DissipaError where the text is too short, or `from` is no checkpoint of this job */
export function runStudyJob({ made, text, from, spent, ...rest }: StudySetup): Iterable<StudyEvent> {
  const { alphabet, ids, where } = text;
  const { validation, test } =
    made.study === 'sweep' ? made.job.options : { validation: made.options.validation, test: 0 };
  const known = new Alphabet(alphabet, made.study === 'compare' ? { records: made.options.records } : {});
  const symbols = asSymbols(ids);
  const { training, validation: held } = partsOf(symbols, known.end, validation, test, where);
  if (made.study === 'sweep')
    return runSweepJob({
      ...{ job: made.job, alphabet, where, from, spent, training, validation: held },
      ...rest,
    });
  const { job, options } = made;
  return runContender({
    ...{ job, options, where, from, training, validation: held, alphabet: known },
    ...rest,
  });
}
