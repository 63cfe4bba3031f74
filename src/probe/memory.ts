/**
 * memory: how far back a layer's gradient reaches, from the state norm by lag: where it is down to ½, 1% and 10⁻⁶, the
 * drop at its beginning, the tail after it, and a verdict from both. The thresholds' reasons stand in README.md beside this.
 */
import * as z from 'zod';
import { exp10, log10 } from '../base/elementary.js';
import { lagOrNull, number, type ByState, type Figure, type Logged } from './log.js';
import {
  dropOf,
  dropSchema,
  isSignificant,
  standardErrorOf,
  tailLine,
  tailSchema,
  timeConstantOf,
  type Curve,
  type Tail,
} from './tail.js';

/** In words, see `Verdict`; a file may hold them. */
export const verdictName = z.enum(['vanishing', 'thin', 'preserved', 'exploding', 'not-finite', 'dead']);
/** See src/probe/README.md for what each means, and its threshold. */
export type Verdict = z.infer<typeof verdictName>;

export const memorySchema = z.looseObject({
  /** First lag at or below ½, 1%, 10⁻⁶; null where the window ends before. */
  halfLife: lagOrNull,
  lag1pct: lagOrNull,
  lag1e6: lagOrNull,
  /** null without a tail */
  drop: dropSchema.nullable(),
  /** null with fewer than three lags ≥ T/2, or an exact 0 among them. */
  tail: tailSchema.nullable(),
  /** Steps in which the tail loses a factor e; null where it does not fall. */
  timeConstant: number.nullable(),
  verdict: verdictName,
});

/** How far back the last loss reaches; relative to lag 0, of the state norm √(‖∂h‖² + ‖∂c‖²). */
export type Memory = Logged<typeof memorySchema> & {
  /** In `inspect` alone; null where text or window is too short for it. */
  readonly tailOverWindows?: TailOverWindows | null;
};

/** The tail measured elsewhere too: mean over windows of the text and over the timesteps whose loss is sent back. */
export type TailOverWindows = Tail & {
  readonly windows: number;
  /** Timesteps whose loss was sent back, in each window. */
  readonly sources: number;
};

/** A row each in the tables. */
export function* memoryFigures(memory: Memory): Generator<Figure> {
  const { halfLife, lag1pct, lag1e6, drop, tail, timeConstant, tailOverWindows } = memory;
  const figures = {
    ...{ halfLife, lag1pct, lag1e6, timeConstant },
    ...{ dropDecades: drop?.decades, dropLag: drop?.lag },
    ...{ tailDecadesPerStep: tail?.decadesPerStep, tailStandardError: tail?.standardError },
    ...(tailOverWindows && {
      tailOverWindowsDecadesPerStep: tailOverWindows.decadesPerStep,
      tailOverWindowsStandardError: tailOverWindows.standardError,
    }),
  };
  for (const [key, value] of Object.entries(figures))
    yield { quantity: `memory.${key}`, value: value ?? null };
}

/** The curve rises a hundredfold above lag 0: exploding, whatever comes after. */
export const EXPLODES_AT = 2;
/** At a hundredth of lag 0 and below, what is left is thin. */
export const THIN_AT = -2;
/** Decades that a tail loses in T timesteps when it falls, and gains when it explodes. */
export const TAIL_FALLS = 1;
export const TAIL_EXPLODES = 2;
/** Share of a ReLU layer's units at 0 from which on it is dead. */
export const DEAD_AT = 0.95;

/** What is known beside the norm over all rows. */
export interface BesideNorm {
  /** The same curve of each row alone. */
  readonly rows?: readonly Curve[];
  /** Of a ReLU layer: the mean share of its units at 0; null for other cells. */
  readonly atZero?: number | null;
}

/** log10 √(10^2h + 10^2c) without leaving the logarithms. */
function join(h: number | null, c: number | null): number | null {
  if (h === null || c === null) return h ?? c;
  const larger = Math.max(h, c);
  return larger + log10(1 + exp10(2 * (Math.min(h, c) - larger))) / 2;
}

/** The state norm √(‖∂h‖² + ‖∂c‖²) by lag, as log10; null where it is exactly 0. */
export const stateLog10 = ({ h, c }: ByState<number | null>): (number | null)[] =>
  h.map((value, k) => join(value, c?.[k] ?? null));

/** What is no finite number as null, for JSON has no other word for it; the verdict `not-finite` says that it is no exact 0. */
export const finiteOf = ({ h, c }: ByState<number | null>): ByState<number | null> => {
  const finite = (values: readonly (number | null)[]): (number | null)[] =>
    values.map((value) => (value !== null && Number.isFinite(value) ? value : null));
  return { h: finite(h), c: c && finite(c) };
};

/**
 * How far back a lag curve reaches, and its verdict.
 * @param lagLog10 by lag, from lag 0 on; null is an exact 0. With a number that is not finite nothing else is said.
 */
export function memoryOf(
  lagLog10: ByState<number | null>,
  { rows = [], atZero = null }: BesideNorm = {},
): Memory {
  const curve = stateLog10(lagLog10);
  const start = curve.at(0) ?? null;
  // An exact 0 lies below every level.
  const relative = curve.map((value) => (value === null || start === null ? -Infinity : value - start));
  const all = [...lagLog10.h, ...(lagLog10.c ?? []), ...relative.filter((value) => value !== -Infinity)];
  if (!all.every((value) => value === null || Number.isFinite(value))) return NOT_FINITE;
  const firstAtOrBelow = (level: number): number | null => {
    const k = relative.findIndex((value) => value <= level);
    return k < 0 ? null : k;
  };
  const line = tailLine(curve);
  const tail = line && {
    decadesPerStep: line.decadesPerStep,
    standardError: standardErrorOf(rows.flatMap((row) => tailLine(row)?.decadesPerStep ?? [])),
  };
  const level = line && start !== null ? line.level - start : null;
  return {
    halfLife: firstAtOrBelow(log10(0.5)),
    lag1pct: firstAtOrBelow(THIN_AT),
    lag1e6: firstAtOrBelow(-6),
    drop: dropOf(curve, line),
    tail,
    timeConstant: line && timeConstantOf(line.decadesPerStep),
    verdict: verdictOf(relative, tail, level, atZero),
  };
}

/** Nothing else is said of such a curve: the numbers before the first that is none are no more to be relied on. */
const NOT_FINITE: Memory = {
  halfLife: null,
  lag1pct: null,
  lag1e6: null,
  drop: null,
  tail: null,
  timeConstant: null,
  verdict: 'not-finite',
};

/**
 * @param relative decades above lag 0; −Infinity is an exact 0
 * @param level the same, the mean over the tail; null without one
 */
function verdictOf(
  relative: readonly number[],
  tail: Tail | null,
  level: number | null,
  atZero: number | null,
): Verdict {
  // What chance can have made is no fall and no rise.
  const tailGains = tail && isSignificant(tail) ? tail.decadesPerStep * relative.length : 0;
  const isThin = (value: number): boolean => value <= THIN_AT;
  if (relative.some((value) => value >= EXPLODES_AT) || tailGains >= TAIL_EXPLODES) return 'exploding';
  if (atZero !== null && atZero >= DEAD_AT) return 'dead';
  if (relative.includes(-Infinity)) return 'vanishing';
  // In a window too short for a tail nothing shows that what is left lasts.
  if (level === null) return isThin(relative.at(-1) ?? 0) ? 'vanishing' : 'preserved';
  if (relative.some(isThin) && tailGains <= -TAIL_FALLS) return 'vanishing';
  return isThin(level) ? 'thin' : 'preserved';
}
