/**
 * One contender from one seed: measured, trained, measured again, scored, sampled. Every contender is given the same
 * text, the same held-out characters and the same window to be measured on.
 */
import type { Kernels } from '../../kernels/kernels.js';
import type { Alphabet } from '../../text/alphabet.js';
import { rangeOf, type Symbols } from '../../text/symbols.js';
import { shortestText, type WindowSize } from '../../text/windows.js';
import { TrainingText } from '../quality/quality.js';
import { sampleOptions, type SampleOptions } from '../sample.js';
import { runBaseline } from './baseline.js';
import { CONTENDERS, hiddenOf } from './contenders.js';
import type { CompareOptions } from './options.js';
import { runNgrams } from './ngrams.js';
import { runOwn } from './own.js';
import type { Job, JobEvent, JobProgress, JobResult } from './result.js';

export interface JobSetup {
  readonly job: Job;
  readonly options: CompareOptions;
  readonly alphabet: Alphabet;
  readonly training: Symbols;
  readonly validation: Symbols;
  /** What the text is called in errors. */
  readonly where: string;
  readonly kernels: Kernels;
  readonly now: () => number;
}

/** What all contenders are measured on. */
export interface Measured {
  /** The held-out characters that are scored. */
  readonly scored: Symbols;
  /** The beginning of them that the learning curve is scored on. */
  readonly curve: Symbols;
  /** N·T + 1 ids for the lag curve, and how they are cut into rows. */
  readonly window: Uint16Array;
  readonly size: WindowSize;
  readonly sampling: SampleOptions;
}

export type Ran = Omit<JobResult, 'contender' | 'seed' | 'quality'>;
export type Running = Generator<JobProgress, Ran>;

/** Rows that the lag curve is measured on, at most: brain.js takes a second for so many. */
const MOST_ROWS = 8;
/** Scored ten times on the way: brain.js reads some 2,000 a second. */
export const CURVE_CHARACTERS = 2_000;
export const SAMPLE_LENGTH = 1_000;

/** @throws DissipaError where the text is too short */
export function* runJob(setup: JobSetup): Generator<JobEvent, void> {
  const { job, options, alphabet, training, validation } = setup;
  const hidden = hiddenOf(job.contender, options, alphabet.size);
  const measured = measuredOf(validation, options, job.seed);
  const contender = CONTENDERS[job.contender];
  let running: Running;
  if (contender.kind === 'ngram' || hidden === null) running = runNgrams(setup, measured);
  else if (contender.kind === 'brainjs') running = runBaseline(setup, measured, contender.net, hidden);
  else running = runOwn(setup, measured, contender, hidden);
  const ran = yield* running;
  const quality = ran.sample === '' ? null : new TrainingText(training, alphabet).qualityOf(ran.sample);
  yield { kind: 'result', result: { ...job, ...ran, quality } };
}

function measuredOf(validation: Symbols, { scored, window }: CompareOptions, seed: number): Measured {
  const held = rangeOf(validation, 0, Math.min(scored, validation.length));
  const timesteps = Math.min(window, validation.length - 1);
  const rows = Math.min(MOST_ROWS, Math.floor((validation.length - 1) / timesteps));
  const size = { rows, timesteps };
  const ids = new Uint16Array(shortestText(size));
  validation.read(0, ids);
  return {
    scored: held,
    curve: rangeOf(held, 0, Math.min(CURVE_CHARACTERS, held.length)),
    window: ids,
    size,
    sampling: sampleOptions.parse({ length: SAMPLE_LENGTH, seed }),
  };
}

/** The figures of a contender that can no longer predict. */
export const FAILED = { heldOut: null, end: null, sample: '' } as const;
