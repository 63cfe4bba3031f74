/** Where an axis has ticks: whole where what it counts is whole, at least two wherever there is a range, round ones. */

import type { Axis } from '../../probe/view.js';
import type { Numbers } from '../../words/numbers.js';

export type Domain = readonly [low: number, high: number];

/** Lengths of a step, as multiples of a power of ten. */
const ROUND = [1, 2, 5, 10];

/** Round numbers from low to high, about `many` of them and two at least; a step is `least` at least. */
export function roundTicks([low, high]: Domain, many: number, least = 0): number[] {
  const rough = Math.max((high - low) / Math.max(1, many), least);
  if (!(rough > 0) || !Number.isFinite(rough)) return [low];
  const power = Math.floor(Math.log10(rough));
  const unit = 10 ** power;
  // Rounding errors make no larger step.
  const step = (ROUND.find((one) => one * unit >= rough * (1 - 1e-9)) ?? 10) * unit;
  const [first, last] = [Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9)];
  const digits = Math.max(0, -power);
  if (last <= first && step > least) return roundTicks([low, high], 2 * many, least);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    digits > 90 ? (first + i) * step : Number(((first + i) * step).toFixed(digits)),
  );
}

export const wholeTicks = (domain: Domain, many: number): number[] => roundTicks(domain, many, 1);

const MOST_DECADES = 8;
/** Decades between two ticks. */
const DECADES = [1, 2, 5, 10, 20, 50];

/** Of an axis of log10 values: powers of ten; within two decades also twice and five times them; within less round numbers. */
export function logTicks([low, high]: Domain): number[] {
  const within = (ticks: readonly number[]): number[] =>
    ticks.filter((tick) => tick >= low - 1e-9 && tick <= high + 1e-9);
  const least = (high - low) / MOST_DECADES;
  if (!Number.isFinite(least)) return [low, high];
  const every = DECADES.find((one) => one >= least) ?? 10 ** Math.ceil(Math.log10(least));
  const first = Math.floor(low / every);
  // Multiples, so that 10⁰ is among them where the axis reaches it.
  const powers = Array.from(
    { length: Math.floor(high / every + 1e-9) + 2 - first },
    (_, i) => (first + i) * every,
  );
  if (high - low > 2) return within(powers);
  const finer = within(powers.flatMap((power) => [power, power + Math.log10(2), power + Math.log10(5)]));
  if (finer.length >= 3) return finer;
  return roundTicks([10 ** low, 10 ** high], 4)
    .filter((value) => value > 0)
    .map(Math.log10);
}

/** Of a logarithmic axis: the same places, as the values themselves. */
export const factorTicks = ([low, high]: Domain): number[] =>
  logTicks([Math.log10(low), Math.log10(high)]).map((log10) => Number((10 ** log10).toPrecision(12)));

/** Powers of ten that are as easily read written out: 0.001 to 100,000. */
const [LEAST_PLAIN, MOST_PLAIN] = [-3, 5];
/** So are the round numbers between them, and the decade below: 0.0002. */
const [LEAST_ROUND, MOST_ROUND] = [1e-4, 1e5];

/** A round number: 0.0002, 12,500, 2.5×10⁻⁵ */
function written(value: number, { count, power }: Numbers): string {
  const [digits, exponent] = value.toExponential().split('e');
  const isPlain = value === 0 || (Math.abs(value) >= LEAST_ROUND && Math.abs(value) <= MOST_ROUND);
  return isPlain ? count(value) : `${count(Number(digits))}×${power(Number(exponent))}`;
}

/** How ticks of a log10 axis are written: all of an axis in one way. */
export function logFormat(ticks: readonly number[], numbers: Numbers): (log10: number) => string {
  const isPlain =
    ticks.some((tick) => Math.abs(tick - Math.round(tick)) > 1e-9) ||
    ticks.every((tick) => tick >= LEAST_PLAIN && tick <= MOST_PLAIN);
  return isPlain ? (log10) => written(Number((10 ** log10).toPrecision(6)), numbers) : numbers.power;
}

/** How ticks of a linear axis are written: with as many decimals as one of them needs, 5.0 beside 5.5. */
export function linearFormat(
  ticks: readonly number[],
  figures: NonNullable<Axis['figures']>,
  numbers: Numbers,
): (value: number) => string {
  if (figures !== 'short') return numbers[figures];
  const told = ticks.map((tick) => tick.toString());
  const isFixed = ticks.every((tick) => tick === 0 || Math.abs(tick) >= LEAST_ROUND);
  if (!isFixed || told.some((one) => one.includes('e'))) return (value) => written(value, numbers);
  const decimals = Math.max(0, ...told.map((one) => (one.split('.')[1] ?? '').length));
  return (value) => numbers.fixed(value, decimals);
}

/** A letter of an axis, about; and what is to be free between two labels. In pixels. */
const [LETTER, BETWEEN] = [7.5, 6];

/** Of ticks that are given, in their order, those whose labels stand clear of each other; the last is among them. */
export function roomy(
  ticks: readonly number[],
  toPixel: (tick: number) => number,
  format: (tick: number) => string,
): number[] {
  const half = (tick: number): number => (LETTER * format(tick).length) / 2;
  const isClear = (a: number, b: number): boolean =>
    Math.abs(toPixel(a) - toPixel(b)) >= half(a) + half(b) + BETWEEN;
  const kept: number[] = [];
  for (const tick of ticks) {
    const before = kept.at(-1);
    if (before === undefined || isClear(before, tick)) kept.push(tick);
    else if (tick === ticks.at(-1)) {
      while (kept.length > 1 && !isClear(kept[kept.length - 1], tick)) kept.pop();
      kept.push(tick);
    }
  }
  return kept;
}
