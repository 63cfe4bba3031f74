/** The page's charts, each with what it shows in a sentence above it. */
import type { LayerReport } from '../../bptt/report.js';
import type { LayerWith } from '../inspection.js';
import { relativeCurve, totalLog10Of } from '../curve.js';
import { numbersOf, power } from '../../words/numbers.js';
import type { Words } from '../../words/words.js';

import type { Html } from '../html.js';
import { lineChart, type Series } from './lines.js';

export const byIndex = (values: readonly (number | null)[]): Series['points'] =>
  values.map((y, x) => ({ x, y }));

/** Whole powers of ten; within less than two decades also twice and five times them, as plain shares. */
export function logAxis(
  values: readonly (number | null)[],
  format: (x: number) => string,
): {
  ticks: number[];
  tickFormat: (log10: number) => string;
  isLog10: true;
} {
  const numbers = numbersOf(values);
  const [low, high] = [
    numbers.reduce((a, b) => Math.min(a, b), Infinity),
    numbers.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  if (numbers.length === 0) return { ticks: [], tickFormat: power, isLog10: true };
  const from = Math.floor(low);
  const decades = Math.ceil(high) - from;
  const every = Math.max(1, Math.ceil(decades / 8));
  // Multiples, so that 10⁰ is always among them.
  const first = Math.ceil(from / every);
  const whole = Array.from(
    { length: Math.floor(Math.ceil(high) / every) - first + 1 },
    (_, i) => (first + i) * every,
  );
  const between =
    decades <= 2 ? whole.flatMap((decade) => [decade - Math.log10(2), decade - Math.log10(5)]) : [];
  return {
    ticks: [...whole, ...between].filter((tick) => tick >= low - 1e-9 && tick <= high + 1e-9),
    tickFormat: (log10) => (decades <= 2 || !Number.isInteger(log10) ? format(10 ** log10) : power(log10)),
    isLog10: true,
  };
}

const ysOf = (series: readonly Series[]): (number | null)[] =>
  series.flatMap(({ points }) => points.map(({ y }) => y));

/** All layers' lag curves, and the bound where it is a theorem. */
export function lagCurves(layers: readonly LayerWith<'lagLog10'>[], title: string, words: Words): Html {
  const { charts, inspect, numbers } = words;
  const lastLag = Math.max(...layers.map(({ lagLog10 }) => lagLog10.h.length)) - 1;
  const bounds: Series[] = layers.flatMap(({ theory }) => {
    const slope = theory?.isTheorem === true ? theory.boundLog10 : null;
    if (slope === null || slope >= 0) return [];
    return [
      { label: charts.bound, isReference: true, points: [0, lastLag].map((x) => ({ x, y: x * slope })) },
    ];
  });
  const series: Series[] = [
    ...bounds,
    ...layers.map((layer) => ({
      label: inspect.memory.layer(layer.layer),
      points: byIndex(relativeCurve(layer)),
    })),
  ];
  return lineChart({
    alt: title,
    height: 340,
    width: 500,
    x: { label: charts.lag },
    y: { label: charts.left, ...logAxis(ysOf(series), numbers.short) },
    rules: [{ y: -2, text: charts.onePercent }],
    series,
  });
}

/** One layer's total and lag gradient over the same timesteps, both relative to the last timestep. */
export function totalBesideLag(
  layer: LayerReport,
  floor: number,
  title: string,
  { charts, numbers }: Words,
): Html {
  const { lagLog10 } = layer;
  const series: Series[] = [];
  const total = totalLog10Of(layer);
  const last = total.at(-1) ?? null;
  if (total.length > 0)
    series.push({
      label: charts.total,
      points: total.map((norm, x) => ({ x, y: norm === null || last === null ? null : norm - last })),
    });
  if (lagLog10) {
    const curve = relativeCurve({ lagLog10 });
    series.push({
      label: charts.lastLoss,
      points: curve.map((_, t) => ({ x: t, y: curve[curve.length - 1 - t] })),
    });
  }
  const values = series.flatMap(({ points }) => numbersOf(points.map(({ y }) => y)));
  const top = values.reduce((a, b) => Math.max(a, b), 0);
  return lineChart({
    alt: title,
    height: 230,
    x: { label: charts.timestep },
    y: {
      label: charts.relativeToLast,
      ...logAxis([floor, top], numbers.short),
      domain: [Math.min(floor, -1), Math.max(top, 0.5)],
    },
    series,
  });
}
