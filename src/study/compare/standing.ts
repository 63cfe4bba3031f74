/** A contender over its seeds: means, and how far they are spread. */
import type { Memory, Verdict } from '../../bptt/report.js';
import { resultsOf, type Comparison } from './comparison.js';
import { CONTENDERS, type ContenderName } from './contenders.js';
import type { JobResult } from './result.js';

/** Over the seeds that have a figure. */
export interface Spread {
  readonly mean: number;
  /** Standard deviation of the sample; null with one seed. */
  readonly deviation: number | null;
}

/** The top layer's memory: of several seeds the median's lags, its verdict the one most have. */
export interface Reach extends Memory {
  /** Mean share of its units on the flat part, over its activations and timesteps. */
  readonly flat: number;
}

export interface Standing {
  readonly name: ContenderName;
  readonly about: string;
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
    about: CONTENDERS[name].about,
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

export function spreadOf(values: readonly number[]): Spread | null {
  if (values.length === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length === 1) return { mean, deviation: null };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}

const sure = (values: readonly number[]): Spread => spreadOf(values) ?? { mean: 0, deviation: null };

type Layer = NonNullable<JobResult['end']>[number];

function reachOf(layers: readonly Layer[]): Reach | null {
  const memories = layers.flatMap(({ memory }) => memory ?? []);
  if (memories.length === 0) return null;
  const flats = layers.flatMap(({ saturation = {} }) => Object.values(saturation).flat());
  const slopes = memories.flatMap(({ slope }) => slope ?? []);
  const lag = (key: 'halfLife' | 'lag1pct' | 'lag1e6'): number | null => {
    // Beyond the window is further than any lag.
    const sorted = memories.map((memory) => memory[key] ?? Infinity).sort((a, b) => a - b);
    const middle = sorted[(sorted.length - 1) >> 1];
    return middle === Infinity ? null : middle;
  };
  return {
    halfLife: lag('halfLife'),
    lag1pct: lag('lag1pct'),
    lag1e6: lag('lag1e6'),
    slope: spreadOf(slopes)?.mean ?? null,
    verdict: mostOf(memories.map(({ verdict }) => verdict)),
    flat: spreadOf(flats)?.mean ?? 0,
  };
}

const mostOf = (verdicts: readonly Verdict[]): Verdict =>
  [...verdicts].sort((a, b) => many(verdicts, b) - many(verdicts, a))[0];

const many = (verdicts: readonly Verdict[], verdict: Verdict): number =>
  verdicts.filter((one) => one === verdict).length;
