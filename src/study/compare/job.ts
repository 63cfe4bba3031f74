/**
 * One contender from one seed: measured, trained, measured again, scored, sampled. Every contender is given the same
 * text, the same held-out characters and the same window to be measured on.
 */
import { rangeOf, type Symbols } from '../../text/symbols.js';
import { beginningOf } from '../../text/windows.js';
import { TrainingText } from '../quality/quality.js';
import { sampleOptions } from '../sample/sample.js';
import { runBaseline } from './baseline.js';
import { contenderOf, hiddenOf } from './contenders.js';
import type { CompareOptions } from './options.js';
import { runNgrams } from './ngrams.js';
import { runOwn } from './own.js';
import type { JobEvent } from './result.js';
import type { JobSetup, ScoredOn, Running } from './running.js';

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
  const contender = contenderOf(job.contender);
  let running: Running;
  if (contender.kind === 'ngram' || hidden === null) running = runNgrams(setup, measured);
  else if (contender.kind === 'brainjs') running = runBaseline(setup, measured, contender.net, hidden);
  else running = runOwn(setup, measured, contender, hidden);
  const ran = yield* running;
  const quality = ran.sample === '' ? null : new TrainingText(training, alphabet).qualityOf(ran.sample);
  yield { kind: 'result', result: { ...job, ...ran, quality } };
}

function measuredOf(validation: Symbols, { scored, window }: CompareOptions, seed: number): ScoredOn {
  const held = rangeOf(validation, 0, Math.min(scored, validation.length));
  return {
    scored: held,
    curve: rangeOf(held, 0, Math.min(CURVE_CHARACTERS, held.length)),
    window: beginningOf(validation, { rows: MOST_ROWS, timesteps: window }),
    sampling: sampleOptions.parse({ length: SAMPLE_LENGTH, seed }),
  };
}
