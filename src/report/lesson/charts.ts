/** The lesson's curves, each on axes in the reader's language. */
import type { DepthFigures } from '../../study/lesson/depth.js';
import type { MethodsFigures } from '../../study/lesson/methods.js';
import type { Misleading } from '../../study/lesson/misleading.js';
import type { Product, ProductFigures } from '../../study/lesson/product.js';
import { relativeMoves, type SensitivityFigures } from '../../study/lesson/sensitivity.js';
import { addedUp, byIndex, logAxis } from '../charts/figures.js';
import { lineChart, type Series } from '../charts/lines.js';
import { figure } from '../page/blocks.js';
import type { Html } from '../html.js';
import type { AxisWords, PictureWords, Stage, Words } from './words/words.js';

/** What falls further leaves the picture: the others would be a line along its top. */
const DEEPEST = -20;

/** Lags of the layers' curves that are drawn: where they cross they do so early, and further on lie close. */
const CROSSING_SHOWN = 17;

const log10 = (value: number | null): number | null =>
  value === null || value <= 0 ? null : Math.log10(value);

interface LogChart {
  readonly words: AxisWords;
  readonly series: readonly Series[];
  /** Decades at which it is cut off below. */
  readonly deepest?: number;
  readonly height?: number;
  /** A mark at every whole number of x. */
  readonly isCounted?: boolean;
}

/** Curves of log10 values over whole numbers. Null where there is nothing to draw. */
function logChart(words: Words, chart: LogChart): Html | null {
  const { series, deepest = DEEPEST, height = 300, isCounted = false } = chart;
  const { title, x, y } = chart.words;
  const points = series.flatMap((one) => one.points);
  const values = points.flatMap((point) => (point.y === null ? [] : [point.y]));
  if (values.length === 0) return null;
  const high = Math.max(...values);
  const low = Math.max(Math.min(...values), Math.min(high - 1, deepest));
  const domain: [number, number] = low < high ? [low, high] : [low - 0.5, high + 0.5];
  const last = Math.max(...points.map((point) => point.x));
  return figure(
    title,
    null,
    lineChart({
      alt: title,
      height,
      x: {
        label: x,
        tickFormat: words.numbers.count,
        ...(isCounted && { ticks: Array.from({ length: last }, (_, i) => i + 1) }),
      },
      y: { label: y, ...logAxis(domain, words.numbers.short), domain },
      series,
    }),
  );
}

export function sensitivityCharts(
  figures: SensitivityFigures,
  stage: Stage,
  words: Words,
  { sensitivity }: PictureWords,
): (Html | null)[] {
  const measured = figures.nets.flatMap((net) => {
    const found = net[stage];
    return found ? [{ label: words.cells[net.cell], found }] : [];
  });
  return [
    logChart(words, {
      words: sensitivity.byLayer[stage],
      isCounted: true,
      series: measured.map(({ label, found }) => ({
        label,
        points: found.byLayer.map((moved, layer) => ({ x: layer + 1, y: log10(moved) })),
      })),
    }),
    logChart(words, {
      words: sensitivity.byLag[stage],
      series: measured.map(({ label, found }) => ({
        label,
        points: relativeMoves(found).map(({ lag, moved }) => ({ x: lag, y: log10(moved) })),
      })),
    }),
  ];
}

export function depthChart({ nets }: DepthFigures, stage: Stage, words: Words, { depth }: PictureWords) {
  return logChart(words, {
    words: depth.first[stage],
    isCounted: true,
    series: nets.map(({ cell, byDepth }) => ({
      label: words.cells[cell],
      points: byDepth.map((one, i) => ({ x: i + 1, y: log10(one[stage]?.first ?? null) })),
    })),
  });
}

export function layersChart({ lags }: DepthFigures, stage: Stage, words: Words, { depth }: PictureWords) {
  const found = lags[stage];
  return (
    found &&
    logChart(words, {
      words: depth.lags[stage],
      deepest: 2 * DEEPEST,
      series: found.layers.map((curve, layer) => ({
        label: depth.layer(layer + 1),
        points: byIndex(curve.slice(0, CROSSING_SHOWN)),
      })),
    })
  );
}

export function productCharts(found: Product, words: Words, { product }: PictureWords): (Html | null)[] {
  const last = found.curve.length - 1;
  const bound: Series[] =
    found.boundLog10 === null
      ? []
      : [
          {
            label: product.bound,
            isReference: true,
            points: [0, last].map((x) => ({ x, y: x * (found.boundLog10 ?? 0) })),
          },
        ];
  const parts = product.parts(found.cell);
  const together = found.activation.map((part, k) => {
    const weights = found.weights.at(k) ?? null;
    return part === null || weights === null ? null : part + weights;
  });
  return [
    logChart(words, {
      words: product.curve(found.cell),
      series: [...bound, { label: product.measured, points: byIndex(found.curve) }],
    }),
    figure(
      parts.title,
      null,
      lineChart({
        alt: parts.title,
        height: 300,
        x: { label: parts.x, tickFormat: words.numbers.count },
        y: { label: parts.y, ticks: 6, tickFormat: words.numbers.short },
        rules: [{ y: 0, text: '' }],
        series: [
          { label: product.derivative, points: addedUp(found.activation) },
          { label: product.weights, points: addedUp(found.weights) },
          { label: product.together, isReference: true, points: addedUp(together) },
        ],
      }),
    ),
  ];
}

/** Each step's factor by itself, of all networks; 1 would keep the gradient as it is. */
export function factorsChart({ nets }: ProductFigures, words: Words, { product }: PictureWords): Html {
  const { title, x, y } = product.factors;
  const series = nets.map(({ cell, activation, weights }) => ({
    label: words.cells[cell],
    points: activation.map((part, k) => {
      const other = weights.at(k) ?? null;
      return { x: k + 1, y: part === null || other === null ? null : 10 ** (part + other) };
    }),
  }));
  const highest = Math.max(1, ...series.flatMap(({ points }) => points.map((point) => point.y ?? 0)));
  return figure(
    title,
    null,
    lineChart({
      alt: title,
      height: 300,
      x: { label: x, tickFormat: words.numbers.count },
      y: { label: y, domain: [0, 1.1 * highest], ticks: 6, tickFormat: words.numbers.short },
      rules: [{ y: 1, text: '' }],
      series,
    }),
  );
}

export function methodsChart(
  { contenders }: MethodsFigures,
  stage: Stage,
  words: Words,
  { methods }: PictureWords,
): Html | null {
  return logChart(words, {
    words: methods.curves[stage],
    height: 360,
    series: contenders.flatMap((one) => {
      const reach = one[stage];
      return reach ? [{ label: words.contender(one), points: byIndex(reach.curve) }] : [];
    }),
  });
}

export function misleadingChart(found: Misleading, words: Words, { misleading }: PictureWords): Html | null {
  return logChart(words, {
    words: misleading.curve(found.cell),
    series: [
      { label: misleading.total, points: byIndex(found.total) },
      { label: misleading.last, points: byIndex(found.last) },
    ],
  });
}
