/**
 * What the figures say of a claim. Each section names the parts of its claim, counts in how many of its cases each part
 * holds, and has an outcome from them, by the thresholds that stand there.
 */

/** `open`: there was nothing to conclude from. */
export const OUTCOMES = ['holds', 'partly', 'fails', 'open'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** A part of a claim. */
export interface Part<Name extends string = string> {
  readonly name: Name;
  /** In so many of the cases it holds. */
  readonly held: number;
  readonly cases: number;
  readonly outcome: Outcome;
  /** It stands beside the claim, which is not about it. */
  readonly isBeside: boolean;
}

export interface Verdict<Name extends string = string> {
  readonly parts: readonly Part<Name>[];
  readonly outcome: Outcome;
}

/** All of them: it holds; some: partly; none: it fails; of no case at all nothing can be said. */
export function outcomeOf(cases: readonly boolean[]): Outcome {
  if (cases.length === 0) return 'open';
  if (cases.every((held) => held)) return 'holds';
  return cases.some((held) => held) ? 'partly' : 'fails';
}

export const partOf = <Name extends string>(
  name: Name,
  cases: readonly boolean[],
  isBeside = false,
): Part<Name> => ({
  name,
  held: cases.filter((held) => held).length,
  cases: cases.length,
  outcome: outcomeOf(cases),
  isBeside,
});

/** The claim as a whole; parts that are open say nothing of it, and those beside it neither. */
export function verdictOf<Name extends string>(parts: readonly Part<Name>[]): Verdict<Name> {
  const told = parts.flatMap(({ outcome, isBeside }) => (isBeside || outcome === 'open' ? [] : [outcome]));
  const alike = told.every((outcome) => outcome === told[0]);
  return { parts, outcome: told.length === 0 ? 'open' : alike ? told[0] : 'partly' };
}

/** A figure of a network before its training and after it. */
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
