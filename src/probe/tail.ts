/**
 * The two parts of a lag curve. That of a trained gated net falls steeply first and then stays level, or nearly: one
 * line through both describes neither. The tail is the line through the lags ≥ T/2; what is lost before the curve comes
 * to that line is the drop.
 */
import * as z from 'zod';
import { mean } from '../base/figures.js';
import { wants } from '../base/wanted.js';
import { number, type Logged } from './log.js';

export const tailSchema = z.looseObject({
  decadesPerStep: number,
  /** Of decadesPerStep, over the rows; null with one row, and where rows are not known. */
  standardError: number.nullable(),
});
/** Least squares of log10 on the lag over the lags ≥ T/2, where the losses of a gated net's first steps are over. */
export type Tail = Logged<typeof tailSchema>;

export const dropSchema = z.looseObject({ decades: number, lag: z.int(wants({ is: 'lag' })).min(0) });
/** What is lost before the tail begins, positive for a loss, and the lag at which it begins. */
export type Drop = Logged<typeof dropSchema>;

/** log10 by lag; null for an exact 0. */
export type Curve = readonly (number | null)[];

/** Decades from its line within which the curve belongs to the tail: a factor of 2. */
export const WITHIN = 0.3;

export interface TailLine {
  readonly decadesPerStep: number;
  /** log10 on the line at lag 0, extended there. */
  readonly atStart: number;
  /** The mean of the curve over the tail's lags. */
  readonly level: number;
  /** How far the curve goes from the line at most, in decades, within the tail's lags. */
  readonly wander: number;
}

/** The lag from which on the tail's line is fitted, T/2 or the next. */
export const fittedFrom = (timesteps: number): number => Math.ceil(timesteps / 2);

/** Least squares over the lags from `from` on; null with fewer than three of them, and where one is no finite number. */
export function tailLine(curve: Curve, from: number = fittedFrom(curve.length)): TailLine | null {
  const fitted = curve.slice(from).filter((y) => y !== null && Number.isFinite(y)) as number[];
  if (fitted.length < 3 || fitted.length < curve.length - from) return null;
  const middle = (from + curve.length - 1) / 2;
  const level = mean(fitted);
  let [rise, run] = [0, 0];
  fitted.forEach((y, i) => {
    const k = from + i - middle;
    rise += k * (y - level);
    run += k * k;
  });
  const decadesPerStep = rise / run + 0; // −0 is 0
  const atStart = level - decadesPerStep * middle;
  const wander = fitted.reduce(
    (most, y, i) => Math.max(most, Math.abs(y - atStart - decadesPerStep * (from + i))),
    0,
  );
  const line = { decadesPerStep, atStart, level, wander };
  return Object.values(line).every(Number.isFinite) ? line : null;
}

/**
 * What the curve loses before its tail, which begins at the first lag from which on it stays within `WITHIN` of the
 * line. Where it wanders further than that among the fitted lags themselves, that far: the tail begins at T/2 at the latest.
 */
export function dropOf(curve: Curve, line: TailLine | null): Drop | null {
  const start = curve.at(0) ?? null;
  if (line === null || start === null) return null;
  const room = Math.max(WITHIN, line.wander);
  let lag = fittedFrom(curve.length);
  for (; lag > 0; lag--) {
    const y = curve[lag - 1];
    if (y === null || !(Math.abs(y - line.atStart - line.decadesPerStep * (lag - 1)) <= room)) break;
  }
  const there = curve[lag];
  return there === null ? null : { decades: start - there, lag };
}

/** Steps in which the line loses a factor e; null where it does not fall. */
export function timeConstantOf(decadesPerStep: number): number | null {
  const steps = -Math.LOG10E / decadesPerStep;
  return steps > 0 && Number.isFinite(steps) ? steps : null;
}

/** Of the line's slope, from the slopes of several curves that are independent of one another; null of fewer than two. */
export function standardErrorOf(slopes: readonly number[]): number | null {
  const n = slopes.length;
  if (n < 2) return null;
  const middle = mean(slopes);
  const squares = slopes.reduce((sum, slope) => sum + (slope - middle) * (slope - middle), 0);
  return Math.sqrt(squares / (n - 1) / n);
}

/** Twice the standard error, which chance alone exceeds one time in twenty; where none is known, any slope counts. */
export const isSignificant = ({ decadesPerStep, standardError }: Tail): boolean =>
  standardError === null || Math.abs(decadesPerStep) > 2 * standardError;
