/** Curves of log10 values on axes in the reader's language. */
import { lineChart, type LineChart, type Series } from '../../../ui/charts/lines.js';
import type { Html } from '../../../ui/html.js';
import { figure } from '../../../ui/page/blocks.js';
import type { AxisWords, LessonWords } from '../../../words/lesson/words.js';

/** What falls further leaves the picture: the others would be a line along its top. */
export const DEEPEST_DRAWN = -20;

/** log10, null of nothing. */
export const log10OrNull = (value: number | null): number | null =>
  value === null || value <= 0 ? null : Math.log10(value);

const FEW = 12;

/** A mark at each place where there are few: the axis would find others between them. */
export function fewTicks(series: readonly Series[]): { ticks?: number[] } {
  const places = [
    ...new Set(series.flatMap(({ points }) => points.flatMap(({ x, y }) => (y === null ? [] : [x])))),
  ];
  return places.length > FEW ? {} : { ticks: places };
}

interface LogChart {
  readonly words: AxisWords;
  readonly series: readonly Series[];
  /** Decades at which it is cut off below. */
  readonly deepest?: number;
  readonly height?: number;
  /** The places on the x-axis that have a mark, where they are no scale. */
  readonly marks?: readonly number[];
  /** On the x-axis each doubling is as far. */
  readonly isDoubling?: boolean;
}

/** A chart under its title. */
export const titledChart = (
  title: string,
  numbers: LessonWords['numbers'],
  chart: Omit<LineChart, 'alt' | 'numbers'>,
): Html => figure(title, null, lineChart({ alt: title, numbers, height: 300, ...chart }));

/** Null where there is nothing to draw. */
export function logChart({ numbers }: Pick<LessonWords, 'numbers'>, chart: LogChart): Html | null {
  const { series, deepest = DEEPEST_DRAWN, height = 300, marks, isDoubling = false } = chart;
  const { title, x, y } = chart.words;
  const values = series.flatMap(({ points }) =>
    points.flatMap((point) => (point.y === null ? [] : [point.y])),
  );
  if (values.length === 0) return null;
  const high = Math.max(...values);
  const low = Math.max(Math.min(...values), Math.min(high - 1, deepest));
  const domain: [number, number] = low < high ? [low, high] : [low - 0.5, high + 0.5];
  return titledChart(title, numbers, {
    height,
    x: {
      label: x,
      figures: 'count',
      ...(marks ? { ticks: [...marks] } : fewTicks(series)),
      ...(isDoubling && { scale: 'log' as const, base: 2 }),
    },
    y: { label: y, scale: 'share', domain },
    series,
  });
}

/** 1, 2 … `last` */
export const counting = (last: number): number[] => Array.from({ length: last }, (_, i) => i + 1);
