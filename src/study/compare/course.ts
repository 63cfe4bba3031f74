/** How a training is driven to the end of its budget: its clock, its budget, its learning curve. */
import * as z from 'zod';
import { listOf } from '../../base/lists.js';
import type { CheckpointEvent } from '../jobs/checkpoint.js';
import type { CompareOptions } from './options.js';
import { curvePoint, type CurvePoint, type JobProgress, type JobResult } from './result.js';

/** Points of a learning curve after the first. */
const POINTS = 10;
/** Between two words of progress. */
const TELL_MS = 100;
/** Between two checkpoints. */
const KEEP_MS = 10_000;

/** How far a course is: what it goes on from. */
export const wayPoint = z.object({
  characters: z.number().min(0),
  seconds: z.number().min(0),
  curve: listOf(curvePoint),
});
export type WayPoint = Readonly<z.infer<typeof wayPoint>>;

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
  /** Where it was interrupted. */
  readonly from?: WayPoint | undefined;
  /** The training as it is, for whoever goes on with it; where it can be gone on with. */
  readonly keep?: (at: WayPoint) => CheckpointEvent;
}

export type Driven = Pick<JobResult, 'charactersSeen' | 'seconds' | 'ended' | 'curve'>;

/** Trains until the budget, the cap or the numbers end. Scores along the way stop the clock. */
export function* drive({
  advance,
  score,
  now,
  limits,
  from,
  keep,
}: Course): Generator<JobProgress | CheckpointEvent, Driven> {
  const curve: CurvePoint[] = from ? [...from.curve] : beginning(score());
  let [characters, seconds] = [from?.characters ?? 0, from?.seconds ?? 0];
  let [told, kept] = [-Infinity, now()];
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
    if (keep !== undefined && now() - kept >= KEEP_MS) {
      yield keep({ characters, seconds, curve });
      kept = now();
    }
    if (now() - told < TELL_MS) continue;
    told = now();
    yield { kind: 'progress', share: share(), characters, bitsPerChar: curve.at(-1)?.bitsPerChar ?? null };
  }
}

const beginning = (bitsPerChar: number): CurvePoint[] =>
  Number.isFinite(bitsPerChar) ? [{ characters: 0, seconds: 0, bitsPerChar }] : [];
