/** What came of a claim and of its parts. */

/** `open`: there was nothing to conclude from. */
export const OUTCOMES = ['holds', 'partly', 'fails', 'open'] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** A part of a claim. */
export interface ClaimPart<Name extends string = string> {
  readonly name: Name;
  /** In so many of the cases it holds. */
  readonly held: number;
  readonly cases: number;
  readonly outcome: Outcome;
  /** It stands beside the claim, which is not about it. */
  readonly isBeside: boolean;
}

export interface ClaimVerdict<Name extends string = string> {
  readonly parts: readonly ClaimPart<Name>[];
  readonly outcome: Outcome;
}

/** Before the training, and after it. */
export type Stage = 'start' | 'end';

/** A figure of a network at both stages. */
export interface Stages<T> {
  readonly start: T;
  /** Null after a training that diverged. */
  readonly end: T | null;
  /** On the held-out text, nats; null after a training that diverged. */
  readonly validationLossNats: number | null;
  /** Without it nothing is concluded from `end`. */
  readonly hasLearnt: boolean;
}

/** Those that something can be concluded from. */
export const sound = <T>({ start, end, hasLearnt }: Stages<T>): T[] =>
  hasLearnt && end !== null ? [start, end] : [start];

/** As it is after the training, or where that came to nothing, before. */
export const now = <T>(stages: Stages<T>): T => sound(stages).at(-1) ?? stages.start;
