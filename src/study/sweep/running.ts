/**
 * The order of a sweep: which trainings are to be made, paused and gone on with. Whoever runs them (threads here, other
 * machines by a queue) is told a list, and answers with results in any order; what is decided follows from the results
 * alone.
 *
 * Successive halving (Jamieson & Talwalkar 2016): all trainings are made up to a share of their steps; one in `halving`,
 * those with the lowest held-out loss, goes on to `halving` times that share, and so on to the end.
 */
import type { SweepJob } from './job.js';
import type { ResultLine } from './folder.js';
import type { SweepPlan } from './options.js';

/** A comparison of successive halving, from 0: up to this share of its steps a training is made before it. */
export interface Rung {
  readonly rung: number;
  readonly share: number;
}

/** Before a hundredth of the steps nothing tells a good setting from a bad one. */
const LEAST_SHARE = 0.01;

export function rungsOf(jobs: number, halving: number | null): Rung[] {
  if (halving === null) return [{ rung: 0, share: 1 }];
  let rungs = 0;
  while (halving ** (rungs + 1) <= jobs && halving ** -(rungs + 1) >= LEAST_SHARE) rungs++;
  return Array.from({ length: rungs + 1 }, (_, rung) => ({ rung, share: halving ** (rung - rungs) }));
}

/** Every n-th from the i-th on. */
export const indicesOf = (
  jobs: number,
  part: { readonly part: number; readonly of: number } | null,
): number[] =>
  Array.from({ length: jobs }, (_, index) => index).filter(
    (index) => part === null || index % part.of === part.part - 1,
  );

export interface SweepStage {
  readonly rung: number;
  /** To be made now. */
  readonly jobs: readonly SweepJob[];
  /** Of this comparison, those made already among them. */
  readonly all: readonly number[];
}

/** What is to be made next, by what has come of it so far; null where all is through. */
export function nextStage(
  plan: SweepPlan,
  indices: readonly number[],
  results: readonly ResultLine[],
): SweepStage | null {
  let candidates = [...indices];
  for (const { rung, share } of rungsOf(indices.length, plan.halving)) {
    const made = new Map(
      results.filter((result) => result.rung === rung).map((result) => [result.index, result]),
    );
    const missing = candidates.filter((index) => !made.has(index));
    if (missing.length > 0) {
      const jobs = missing.map((index) => ({
        index,
        options: plan.options[index],
        share: share < 1 ? share : null,
      }));
      return { rung, jobs, all: candidates };
    }
    if (plan.halving === null) break;
    const going = candidates.flatMap((index) => made.get(index) ?? []).filter(goesOn);
    const most = Math.ceil(candidates.length / plan.halving);
    candidates = going
      .sort(byLoss)
      .slice(0, most)
      .map(({ index }) => index);
    candidates.sort((a, b) => a - b);
    if (candidates.length === 0) break;
  }
  return null;
}

/** One that is at its end already has nowhere to go. */
const goesOn = ({ ended, best }: ResultLine): boolean => ended === 'halving' && best !== null;

/** The lowest loss first; where two are alike, the order of the grid. */
export const byLoss = (a: ResultLine, b: ResultLine): number =>
  (a.best?.lossNats ?? Infinity) - (b.best?.lossNats ?? Infinity) || a.index - b.index;

/** The last word on each training, in their order. */
export function finalResults(results: readonly ResultLine[]): ResultLine[] {
  const last = new Map<number, ResultLine>();
  for (const result of results) {
    const before = last.get(result.index);
    if (before === undefined || result.rung >= before.rung) last.set(result.index, result);
  }
  return [...last.values()].sort((a, b) => a.index - b.index);
}
