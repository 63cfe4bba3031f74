/** What becomes of one contender trained from one seed: figures alone, as compare.json keeps them. */
import type { LayerReport } from '../../bptt/report.js';
import type { TensorCheck } from '../brainjs/gradient-check.js';
import type { EvaluationReport } from '../evaluate/evaluate.js';
import type { SampleQuality } from '../quality/quality.js';
import type { ContenderName } from './contenders.js';

/** One contender from one seed. */
export interface Job {
  readonly contender: ContenderName;
  readonly seed: number;
}

export interface CurvePoint {
  /** Trained on so far. */
  readonly characters: number;
  /** Spent on training so far; scoring does not count. */
  readonly seconds: number;
  /** Of the beginning of the held-out text. */
  readonly bitsPerChar: number;
}

export interface JobResult extends Job {
  /** H, L; null for a model without layers. */
  readonly hidden: number | null;
  readonly layers: number | null;
  /** Of the n-gram model: n-grams counted. */
  readonly parameters: number;
  readonly charactersSeen: number;
  /** Spent on training. */
  readonly seconds: number;
  /** By the budget; by the cap that the baseline has; or because the numbers were no longer finite. */
  readonly ended: 'budget' | 'cap' | 'diverged';
  /** null where it has diverged. */
  readonly heldOut: EvaluationReport | null;
  readonly curve: readonly CurvePoint[];
  /** Lag curve, memory and saturation by layer, before the training and after it; null for what has no layers. */
  readonly start: readonly LayerReport[] | null;
  readonly end: readonly LayerReport[] | null;
  readonly sample: string;
  readonly quality: SampleQuality | null;
  /** The n-gram model's order. */
  readonly order?: number;
  /** brain.js: are its gradients right, tensor by tensor? */
  readonly gradientCheck?: readonly TensorCheck[];
}

export interface JobProgress {
  readonly kind: 'progress';
  /** Of the budget, 0 to 1. */
  readonly share: number;
  readonly characters: number;
  /** As last scored. */
  readonly bitsPerChar: number | null;
}

/** What a job tells on its way. */
export type JobEvent = JobProgress | { readonly kind: 'result'; readonly result: JobResult };
