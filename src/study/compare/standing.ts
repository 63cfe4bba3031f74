/** A contender over its seeds: means, and how far they are spread. */
import { spreadOf, type Spread } from '../../base/figures.js';
import type { Memory, Verdict } from '../../probe/memory.js';
import { leftAtEnd } from '../../probe/curve.js';
import { standardErrorOf, timeConstantOf } from '../../probe/tail.js';
import { resultsOf, type Comparison } from './comparison.js';
import type { ContenderName } from './contenders.js';
import type { JobResult } from './result.js';

/** The top layer's memory: of several seeds the median's lags, the means of drop and tail, the verdict that most have. */
export interface Reach extends Memory {
  /** log10 of what is left at the window's far end, the median; null where nothing is. */
  readonly left: number | null;
  /** Mean share of its units on the flat part, over its activations and timesteps. */
  readonly flat: number;
}

export interface Standing {
  readonly name: ContenderName;
  readonly results: readonly JobResult[];
  /** null where it has diverged from every seed. */
  readonly bitsPerChar: Spread | null;
  readonly bitsPerByte: Spread | null;
  readonly charactersPerSecond: Spread;
  readonly charactersSeen: Spread;
  readonly parameters: number;
  readonly start: Reach | null;
  readonly end: Reach | null;
}

export const standingsOf = (comparison: Comparison): Standing[] =>
  comparison.options.only.flatMap((name) => {
    const results = resultsOf(comparison, name);
    return results.length === 0 ? [] : [standingOf(name, results)];
  });

function standingOf(name: ContenderName, results: readonly JobResult[]): Standing {
  const scores = results.flatMap(({ heldOut }) => heldOut ?? []);
  const seen = results.map(({ charactersSeen }) => charactersSeen);
  return {
    name,
    results,
    bitsPerChar: spreadOf(scores.map(({ bitsPerChar }) => bitsPerChar)),
    bitsPerByte: spreadOf(scores.map(({ bitsPerByte }) => bitsPerByte)),
    charactersPerSecond: sure(
      results.map(({ charactersSeen, seconds }) => (seconds > 0 ? charactersSeen / seconds : 0)),
    ),
    charactersSeen: sure(seen),
    parameters: results[0].parameters,
    start: reachOf(results.flatMap(({ start }) => start?.slice(-1) ?? [])),
    end: reachOf(results.flatMap(({ end }) => end?.slice(-1) ?? [])),
  };
}

const sure = (values: readonly number[]): Spread => spreadOf(values) ?? { mean: 0, deviation: null };

type Layer = NonNullable<JobResult['end']>[number];

function reachOf(layers: readonly Layer[]): Reach | null {
  const memories = layers.flatMap(({ memory }) => memory ?? []);
  if (memories.length === 0) return null;
  const flats = layers.flatMap(({ saturation = {} }) => Object.values(saturation).flat());
  // Beyond the window is further than any lag; nothing is less than any share.
  const lag = (of: (memory: Memory) => number | null | undefined): number | null =>
    finite(median(memories.map((memory) => of(memory) ?? Infinity)));
  const drops = memories.flatMap(({ drop }) => drop ?? []);
  const slopes = memories.flatMap(({ tail }) => tail?.decadesPerStep ?? []);
  const mean = spreadOf(slopes)?.mean ?? null;
  // Seeds are more independent of each other than rows are: their scatter tells more, where there are several.
  const standardError = slopes.length > 1 ? standardErrorOf(slopes) : memories[0].tail?.standardError;
  return {
    halfLife: lag(({ halfLife }) => halfLife),
    lag1pct: lag(({ lag1pct }) => lag1pct),
    lag1e6: lag(({ lag1e6 }) => lag1e6),
    drop:
      drops.length === 0
        ? null
        : {
            decades: sure(drops.map(({ decades }) => decades)).mean,
            // As its decades: the median may be a seed's that drops at once.
            lag: Math.round(sure(drops.map(({ lag: at }) => at)).mean),
          },
    tail: mean === null ? null : { decadesPerStep: mean, standardError: standardError ?? null },
    timeConstant: mean === null ? null : timeConstantOf(mean),
    verdict: mostOf(memories.map(({ verdict }) => verdict)),
    left: finite(median(layers.map((layer) => leftAtEnd(layer) ?? -Infinity))),
    flat: spreadOf(flats)?.mean ?? 0,
  };
}

/** The lower one of two in the middle. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[(sorted.length - 1) >> 1];
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

const mostOf = (verdicts: readonly Verdict[]): Verdict =>
  [...verdicts].sort((a, b) => many(verdicts, b) - many(verdicts, a))[0];

const many = (verdicts: readonly Verdict[], verdict: Verdict): number =>
  verdicts.filter((one) => one === verdict).length;
