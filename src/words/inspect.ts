/**
 * What an inspection finds, as values: sentences in `<language>/memory.ts` and `<language>/findings.ts` are made of them.
 * Layers are numbered as in files, from 0; people are told them from 1 (`layerNumber`). Of a single layer the number is null.
 */
import type { Flag } from '../probe/flags.js';
import type { Left } from '../probe/curve.js';
import type { Verdict } from '../probe/memory.js';
import type { Numbers } from './numbers.js';

/** Layers count from 1 for people, from 0 in files. */
export const layerNumber = (layer: number): number => layer + 1;

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** How many layers are named one by one in a line. */
const MOST_NAMED = 4;

/** `7, 12, >63`; of many the least and the most. */
export function lagsInWords(lags: readonly number[], window: number, { count }: Numbers): string {
  const named = (lag: number): string => (lag === Infinity ? `>${count(window - 1)}` : count(lag));
  const [least, most] = [Math.min(...lags), Math.max(...lags)];
  if (least === most) return named(least);
  return lags.length <= MOST_NAMED ? lags.map(named).join(', ') : `${named(least)}–${named(most)}`;
}

/** Where a figure comes from: the run's log at a step, or null: measured on the window that is shown. */
export type Source = number | null;

export type Growth =
  | { readonly by: 'rise'; readonly decades: number; readonly timesteps: number }
  | { readonly by: 'hundredfold'; readonly timesteps: number }
  | { readonly by: 'tail'; readonly fromLag: number; readonly decadesPerStep: number };

export type Then =
  | { readonly is: 'level' | 'uncertain' | 'uneven-fall' | 'uneven-rise' }
  | { readonly is: 'rising'; readonly decadesPerStep: number }
  | { readonly is: 'keeps'; readonly share: number }
  | { readonly is: 'halves'; readonly steps: number };

export interface TailPart {
  /** Lost before the tail; null where the curve is one line. */
  readonly drop: { readonly decades: number; readonly lag: number } | null;
  readonly then: Then;
  /** The tail is the line of the lags from here on. */
  readonly fromLag: number;
}

/** At most so much is left, from this lag on. */
export interface Level {
  readonly share: 'half' | 'percent' | 'millionth' | 'nothing';
  readonly lag: number;
}

export type MemoryFinding = { readonly layer: number | null } & (
  | { readonly is: 'no-way-back' | 'not-finite' }
  | { readonly is: 'exploding'; readonly growth: Growth }
  /** The share of units at 0, or at least `DEAD_AT` where it is not known. */
  | { readonly is: 'dead'; readonly share: number; readonly orMore: boolean }
  | {
      readonly is: 'reach';
      /** `levels`: empty where there is nothing from the beginning. `left`: null where it is not known. */
      readonly how:
        { readonly levels: readonly Level[] } | { readonly steps: number; readonly left: Left | null };
      readonly tail: TailPart | null;
      readonly end: 'vanishes' | 'thin' | 'preserved' | 'would-vanish' | 'would-explode';
    }
);

/** All layers of a training in a part of a line. */
export interface MemoryLine {
  /** The lags at which 1% is left, Infinity beyond the window; empty where no lag tells. */
  readonly lags: readonly number[];
  readonly timesteps: number;
  readonly tail: TailBrief | null;
  readonly troubles: readonly Trouble[];
}
/** The steepest and the flattest; null where all are level. */
export type TailBrief = { readonly steepest: number; readonly flattest: number } | 'level';
export interface Trouble {
  readonly verdict: Verdict;
  readonly many: number;
  readonly of: number;
}

export type MemoryWarning = { readonly layer: number } & (
  | {
      readonly is: 'vanishing';
      readonly lag: number;
      readonly timesteps: number;
      readonly tail: TailBrief | null;
    }
  | { readonly is: 'exploding'; readonly growth: Growth }
  | { readonly is: 'dead'; readonly share: number; readonly orMore: boolean }
  | { readonly is: 'not-finite' }
);

/** The layers' fates. `all`: how many layers there are. */
export interface Headline {
  readonly fates: readonly { readonly verdict: Verdict; readonly layers: readonly number[] }[];
  readonly all: number;
  readonly reach:
    | null
    | { readonly is: 'growth'; readonly growth: Growth }
    | { readonly is: 'more'; readonly timesteps: number }
    /** Infinity: beyond the window. `left` of a single thin layer. */
    | {
        readonly is: 'lags';
        readonly least: number;
        readonly most: number;
        readonly timesteps: number;
        readonly left: number | null | undefined;
      };
}

export interface TailsOverWindows {
  readonly windows: number;
  readonly sources: number;
  readonly tails: readonly {
    readonly layer: number | null;
    readonly decadesPerStep: number;
    readonly standardError: number | null;
  }[];
}

/** Rows that read on from lag 0, and those left at the last lag. */
export interface WithinRecords {
  readonly rows: number;
  readonly left: number;
  readonly lag: number;
}

export interface FlagFinding {
  readonly flag: Flag;
  readonly layers: readonly number[];
  /** Of float32: the lag from which digits are lost, where it is known. */
  readonly fromLag: number | null;
  /** A rounding error grows by more than e to this. */
  readonly nats: number;
}

/** null of a lag: beyond the window, of `timesteps` where that is known. */
export interface CourseFinding {
  readonly layer: number;
  readonly from: { readonly lag: number | null; readonly step: number };
  readonly to: { readonly lag: number | null; readonly step: number };
  readonly timesteps: number | null;
}

export interface ClippingFinding {
  readonly mode: 'none' | 'value' | 'norm';
  /** As it was given. */
  readonly limit: string | null;
  readonly steps: number;
  readonly clipped: number;
  readonly medianScale: number | null;
  readonly smallestScale: number | null;
}

/** What is told of the character chosen in a passage. */
export interface ListeningTold {
  readonly symbol: string;
  /** How the symbol is called where it cannot be seen. */
  readonly name: string;
  /** Characters before it. */
  readonly before: number;
  readonly probability: number | null;
  /** How many of them it listens to strongly, and the furthest; of none null. */
  readonly strong: { readonly many: number; readonly furthest: number } | null;
  /** What counts as strong, beside the strongest. */
  readonly level: number;
}
