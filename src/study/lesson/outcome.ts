/** What the figures say of a claim. Each section computes its own, with the thresholds that stand there. */
export type Outcome = 'holds' | 'partly' | 'fails';

/** All of them: it holds; some: partly; none: it fails. */
export function outcomeOf(parts: readonly boolean[]): Outcome {
  if (parts.every((part) => part)) return 'holds';
  return parts.some((part) => part) ? 'partly' : 'fails';
}

/** A figure before the training and after it; null after one that diverged. */
export interface BeforeAndAfter<T> {
  readonly start: T;
  readonly end: T | null;
}
