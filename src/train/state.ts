/** What a run must remember, beside its weights, to go on as if it had never stopped. */
import * as z from 'zod';
import { firstIssue } from '../base/issue.js';
import { listOf } from '../base/lists.js';
import { failure } from '../base/errors.js';
import { trainOptions } from './options.js';

/**
 * What a run began with is how it goes on. 1: rows that keep to their streams, whose ends are never read, and evaluations
 * over all of the held-out text. 2: rows that walk through the whole text. 3: rows that begin anew once in a while.
 */
export const RUN_VERSIONS = [1, 2, 3] as const;
export type RunVersion = (typeof RUN_VERSIONS)[number];
export const NEWEST_RUN: RunVersion = 3;

const schema = z.strictObject({
  /** Checkpoints of the first say nothing of it. */
  version: z.literal(RUN_VERSIONS).default(1),
  options: trainOptions,
  /** Updates made so far. */
  step: z.int().min(0),
  /** The next window's place in the pass. */
  position: z.int().min(0),
  rng: listOf(z.int()),
  best: z.strictObject({ step: z.int().min(0), lossNats: z.number() }).nullable(),
  /** Evaluations since the best one. */
  evaluationsSinceBest: z.int().min(0),
});

/** What a run goes on from, beside its tensors. */
export type TrainingState = Readonly<z.infer<typeof schema>>;

/** @throws DissipaError naming the first entry that is not as it must be */
export function parseTrainingState(value: unknown, where: string): TrainingState {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw failure('state.wrong', { where, entry: 'training', issue: firstIssue(value, parsed.error) });
}

/** A tensor as it is kept: row-major. */
export interface SavedTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
}

/** Everything of a run at one step, copied out of the engine. */
export interface Snapshot {
  readonly parameters: ReadonlyMap<string, Float32Array>;
  readonly state: TrainingState;
  /** optimizer.* and carry.* */
  readonly tensors: ReadonlyMap<string, SavedTensor>;
}
