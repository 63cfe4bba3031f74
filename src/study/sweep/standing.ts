/**
 * What came of a sweep, by setting and by axis. Trainings that differ in nothing but the seed are one setting; of several
 * seeds the mean counts, and how far they spread is said.
 */
import { spreadOf, type Spread } from '../../base/figures.js';
import type { GridAxis, GridPoint, Value } from './grid.js';
import type { ResultLine } from './folder.js';
import type { SweepPlan } from './options.js';
import { finalResults } from './running.js';

export interface CountedSpread extends Spread {
  readonly count: number;
}

function spreadOver(values: readonly number[]): CountedSpread | null {
  const spread = spreadOf(values);
  return spread && { ...spread, count: values.length };
}

/** One setting, over its seeds. */
export interface Setting {
  /** Without the seed. */
  readonly point: GridPoint;
  readonly results: readonly ResultLine[];
  /** Nats a character, held out; null where one of its trainings has no such figure. */
  readonly loss: CountedSpread | null;
  /** All of its trainings went to their ends. */
  readonly isWhole: boolean;
}

export interface ByValue {
  readonly value: Value;
  readonly loss: CountedSpread | null;
  /** The lowest of them. */
  readonly best: number | null;
  readonly diverged: number;
  readonly stopped: number;
}

export interface AxisStanding {
  readonly name: string;
  readonly values: readonly ByValue[];
  /** Anywhere between two numbers: not a list of values but a course, told by thirds where it has many. */
  readonly isBetween: boolean;
}

const without = (point: GridPoint, name: string): GridPoint =>
  Object.fromEntries(Object.entries(point).filter(([key]) => key !== name));

/** From the best to the worst: those that went to their ends before those that were stopped, diverged ones last. */
export function settingsOf({ points }: SweepPlan, results: readonly ResultLine[]): Setting[] {
  const groups = new Map<string, { readonly point: GridPoint; readonly results: ResultLine[] }>();
  for (const result of finalResults(results)) {
    const point = without(points[result.index], 'seed');
    const key = JSON.stringify(point);
    const group = groups.get(key) ?? { point, results: [] };
    group.results.push(result);
    groups.set(key, group);
  }
  const settings = [...groups.values()].map(({ point, results: made }): Setting => {
    const losses = made.map(lossOf);
    const isSound = losses.every((loss) => loss !== null);
    return {
      ...{ point, results: made },
      loss: isSound ? spreadOver(losses) : null,
      isWhole: made.every(({ ended }) => ended === 'steps' || ended === 'patience'),
    };
  });
  const rank = ({ loss, isWhole }: Setting): number => (loss === null ? 2 : isWhole ? 0 : 1);
  return settings.sort((a, b) => rank(a) - rank(b) || (a.loss?.mean ?? 0) - (b.loss?.mean ?? 0));
}

/** A training that diverged has no loss, whatever it was before. */
export const lossOf = ({ ended, best }: ResultLine): number | null =>
  ended === 'diverged' ? null : (best?.lossNats ?? null);

const THIRDS = 3;
/** So few values of a course are told one by one: in thirds, two of them might read the same. */
const MOST_VALUES = 5;

/** Seeds are no settings: how far they spread stands with each setting. */
export const settingAxes = ({ axes }: Pick<SweepPlan, 'axes'>): readonly GridAxis[] =>
  axes.filter(({ name }) => name !== 'seed');

/** Each axis by itself, over all trainings that have a value there. */
export function axesOf(plan: SweepPlan, results: readonly ResultLine[]): AxisStanding[] {
  const made = finalResults(results);
  return settingAxes(plan).map(({ name, values, between }) => {
    const valueOf = (result: ResultLine): Value => plan.points[result.index][name];
    const distinct = [...new Set(made.map(valueOf))].sort((a, b) => Number(a) - Number(b));
    if (between === null || distinct.length <= MOST_VALUES) {
      const of = (value: Value): ByValue =>
        byValue(
          value,
          made.filter((one) => valueOf(one) === value),
        );
      const told = between === null ? values : distinct;
      return { name, isBetween: between !== null, values: told.map(of).filter(isMade) };
    }
    const sorted = [...made].sort((a, b) => Number(valueOf(a)) - Number(valueOf(b)));
    const parts = Array.from({ length: THIRDS }, (_, i) =>
      sorted.slice(Math.round((i * sorted.length) / THIRDS), Math.round(((i + 1) * sorted.length) / THIRDS)),
    ).filter((part) => part.length > 0);
    return {
      name,
      isBetween: true,
      values: parts.map((part) => {
        const [from, to] = [valueOf(part[0]), valueOf(part[part.length - 1])];
        return byValue(from === to ? from : `${from}–${to}`, part);
      }),
    };
  });
}

const isMade = ({ loss, diverged }: ByValue): boolean => loss !== null || diverged > 0;

function byValue(value: Value, results: readonly ResultLine[]): ByValue {
  const losses = results.flatMap((result) => lossOf(result) ?? []);
  return {
    value,
    loss: spreadOver(losses),
    best: losses.length > 0 ? Math.min(...losses) : null,
    diverged: results.filter(({ ended }) => ended === 'diverged').length,
    stopped: results.filter(({ ended }) => ended === 'halving').length,
  };
}
