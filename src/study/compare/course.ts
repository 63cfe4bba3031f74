/** How a training is driven to the end of its budget: its clock, its budget, its learning curve. */
import type { CompareOptions } from './options.js';
import type { CurvePoint, JobProgress, JobResult } from './result.js';

/** Points of a learning curve after the first. */
const POINTS = 10;
/** Between two words of progress. */
const TELL_MS = 100;

export interface Limits {
  readonly characters: number;
  readonly seconds: number;
}

/** @param isBaseline brain.js: with a budget of characters it is stopped by the clock as well */
export function limitsOf(
  { characters, minutes, baselineMinutes }: CompareOptions,
  isBaseline: boolean,
): Limits {
  if (characters === undefined) return { characters: Infinity, seconds: 60 * (minutes ?? 0) };
  return { characters, seconds: isBaseline ? 60 * baselineMinutes : Infinity };
}

export interface Course {
  /** Trains a little more. @returns characters seen in all; null where the numbers are no longer finite */
  readonly advance: () => number | null;
  /** Bits per character of the curve's text. */
  readonly score: () => number;
  /** Milliseconds since any fixed moment. */
  readonly now: () => number;
  readonly limits: Limits;
}

export type Driven = Pick<JobResult, 'charactersSeen' | 'seconds' | 'ended' | 'curve'>;

/** Trains until the budget, the cap or the numbers end. Scores along the way stop the clock. */
export function* drive({ advance, score, now, limits }: Course): Generator<JobProgress, Driven> {
  const first = score();
  const curve: CurvePoint[] = Number.isFinite(first)
    ? [{ characters: 0, seconds: 0, bitsPerChar: first }]
    : [];
  let [characters, seconds, told] = [0, 0, -Infinity];
  const share = (): number => Math.min(1, Math.max(characters / limits.characters, seconds / limits.seconds));
  for (;;) {
    const started = now();
    const seen = advance();
    seconds += Math.max(0, now() - started) / 1000;
    if (seen === null) return { charactersSeen: characters, seconds, ended: 'diverged', curve };
    characters = seen;
    const isOver = share() >= 1;
    if (isOver || share() >= curve.length / POINTS) {
      const bitsPerChar = score();
      if (!Number.isFinite(bitsPerChar))
        return { charactersSeen: characters, seconds, ended: 'diverged', curve };
      curve.push({ characters, seconds, bitsPerChar });
    }
    if (isOver) {
      const isCapped = Number.isFinite(limits.characters) && characters < limits.characters;
      return { charactersSeen: characters, seconds, ended: isCapped ? 'cap' : 'budget', curve };
    }
    if (now() - told < TELL_MS) continue;
    told = now();
    yield { kind: 'progress', share: share(), characters, bitsPerChar: curve.at(-1)?.bitsPerChar ?? null };
  }
}
