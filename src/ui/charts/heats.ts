/** Heat maps: lag by training step, and the matrix of losses and states. */
import type { Triangle } from '../../probe/log.js';
import type { LagCourse } from '../course.js';
import { levelOf } from '../palette.js';
import { numbersOf } from '../../base/figures.js';
import { power } from '../../words/numbers.js';
import type { Words } from '../../words/words.js';
import type { Html } from '../html.js';
import { wholeTicks } from './axes.js';
import { cells, draw, ramp, type HeatCell } from './plot.js';

/** The deepest decade that a map's colours tell apart: whole, between 1 and `deepest` below. */
export function floorOf(values: readonly (number | null)[], deepest: number): number {
  const lowest = numbersOf(values).reduce((a, b) => Math.min(a, b), -1);
  return Math.max(deepest, Math.floor(lowest));
}

/** The colours from `floor` decades below to 1. */
export function shareRamp(floor: number, { charts }: Words): Html {
  const step = -floor > 4 ? 2 : 1;
  const decades = Array.from({ length: Math.floor(-floor / step) + 1 }, (_, i) => -i * step);
  return ramp(
    charts.ramp,
    decades.map((decade) => ({
      level: levelOf(decade, floor, 0),
      text: decade === floor ? `≤${power(decade)}` : power(decade),
    })),
  );
}

const levelIn = (value: number | null | undefined, floor: number): number | null =>
  value === null || value === undefined ? null : levelOf(value, floor, 0);

/** What the axes are called, and how their figures are written. */
export interface MapAxes {
  readonly x: string;
  readonly y: string;
  readonly count: (x: number) => string;
}

export interface MapLook {
  readonly width?: number;
  readonly height?: number;
}

/** A layer's lag curve (upwards: further back) at each logged step. */
export function courseMap(
  course: LagCourse,
  floor: number,
  label: string,
  { x, y, count }: MapAxes,
  look: MapLook = {},
): Html {
  const { columns, rows } = course;
  const edges = edgesOf(columns.map(({ firstStep, lastStep }) => (firstStep + lastStep) / 2));
  const data: HeatCell[] = columns.flatMap(({ values }, column) =>
    rows.map(({ firstLag, lastLag }, row) => ({
      x1: edges[column],
      x2: edges[column + 1],
      y1: firstLag - 0.5,
      y2: lastLag + 0.5,
      level: levelIn(values[row], floor),
    })),
  );
  return draw(label, {
    ...(look.width !== undefined && { width: look.width }),
    height: look.height ?? 250,
    marginRight: 12,
    x: {
      domain: [edges[0], edges[edges.length - 1]],
      label: x,
      labelAnchor: 'center',
      labelArrow: 'none',
      ticks: wholeTicks([edges[0], edges[edges.length - 1]], 6),
      tickFormat: count,
    },
    y: {
      domain: [-0.5, rows[rows.length - 1].lastLag + 0.5],
      label: y,
      labelArrow: 'none',
      ticks: wholeTicks([0, rows[rows.length - 1].lastLag], 5),
      tickFormat: count,
    },
    marks: [cells(data)],
  });
}

/** Borders halfway between neighbouring middles; the outer ones as far out as the next is in. */
function edgesOf(middles: readonly number[]): number[] {
  if (middles.length === 1) return [middles[0] - 0.5, middles[0] + 0.5];
  const inner = middles.slice(1).map((middle, i) => (middle + middles[i]) / 2);
  const last = middles.length - 1;
  return [2 * middles[0] - inner[0], ...inner, 2 * middles[last] - inner[last - 1]];
}

/** Rows and columns of a matrix that are drawn; a longer window is shown by every second, third … timestep. */
const MOST_SHOWN = 72;

/** Row s from above, as far as its diagonal: shares in log10. Timesteps count from 1 for people. */
export function triangleMap(
  triangle: Triangle,
  floor: number,
  alt: string,
  [x, y]: readonly [string, string],
  { numbers }: Words,
): Html {
  const every = Math.ceil(triangle.length / MOST_SHOWN);
  const data: HeatCell[] = [];
  for (let s = 0; s < triangle.length; s += every)
    for (let t = 0; t <= s; t += every) {
      const level = levelIn(triangle[s].at(t), floor);
      data.push({ x1: t + 1, x2: t + 1 + every, y1: s + 1, y2: s + 1 + every, level });
    }
  const end = Math.ceil(triangle.length / every) * every;
  const axis = {
    domain: [1, end + 1],
    ticks: wholeTicks([1, end], 6),
    labelAnchor: 'center' as const,
    labelArrow: 'none' as const,
    tickFormat: numbers.count,
  };
  return draw(alt, {
    width: 400,
    height: 380,
    marginRight: 12,
    x: { ...axis, label: x },
    y: { ...axis, labelAnchor: 'top', label: y, reverse: true },
    marks: [cells(data)],
  });
}
