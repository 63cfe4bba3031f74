/** dissipa/compare: kinds of cells, brain.js and n-grams on the same text, and how good what they write is. */
import './words/spoken.js';
// Each probe declares its part of a report's type.
import './probe/training.js';

export { BrainNet, type BrainSetup, type BrainStep, type BrainTraining } from './study/brainjs/net.js';
export { checkNet, type TensorCheck } from './study/brainjs/gradient-check.js';
export { NgramModel } from './study/ngrams/model.js';
export { TrainingText, type SampleQuality } from './study/quality/quality.js';
export { runJob } from './study/compare/job.js';
export type { JobSetup } from './study/compare/running.js';
export type { Job, JobEvent, JobResult } from './study/compare/result.js';
export { parseCompareOptions, type CompareOptions } from './study/compare/options.js';
export { beginComparison, jobsOf, withResult, type Comparison } from './study/compare/comparison.js';
