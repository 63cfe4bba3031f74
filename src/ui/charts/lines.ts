/** Curves over lag, timestep or training step, labelled where they end. */
import * as Plot from '@observablehq/plot';
import { leastOf, mostOf } from '../../base/figures.js';
import type { Numbers } from '../../words/numbers.js';
import type { Points } from '../binning.js';
import type { Html } from '../html.js';
import type { Domain } from './axes.js';
import { apart, beside, besideRules, HALO, type Point } from './labels.js';
import { lookOf, type Look } from './looks.js';
import { draw, MARGIN_LEFT, WIDTH, type Drawn } from './plot.js';
import { isLog10, scaleOf, shareOf, type ChartAxis } from './scale.js';

export interface Series {
  readonly label: string;
  readonly points: Points;
  /** Drawn thin and grey: a bound, a reference. */
  readonly isReference?: boolean;
  /** Where it is not the next of the page's: a colour and a dash by which it is known in other charts as well. */
  readonly look?: { readonly colour: string; readonly dash?: string; readonly width?: number };
  /** Places on it that have a name. */
  readonly marks?: readonly { readonly x: number; readonly text: string }[];
}

export interface LineChart {
  /** What is seen, for readers who cannot. */
  readonly alt: string;
  /** How the reader's language writes the figures of the axes. */
  readonly numbers: Numbers;
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  readonly series: readonly Series[];
  /** The curves are in an order (layers, sizes): where they are many their shades show it. */
  readonly isOrdered?: boolean;
  readonly rules?: readonly { readonly y?: number; readonly x?: number; readonly text: string }[];
  readonly height?: number;
  readonly width?: number;
}

function styleOf({ isReference, look }: Series, i: number, many: number, isOrdered: boolean): Look {
  if (isReference === true)
    return { stroke: look?.colour ?? 'var(--c6)', strokeWidth: 1.2, strokeDasharray: '2 2' };
  if (look) return { stroke: look.colour, strokeDasharray: look.dash ?? '', strokeWidth: look.width ?? 2 };
  return lookOf(i, many, isOrdered);
}

const isPoint = (point: { x: number; y: number | null }): point is Point =>
  point.y !== null && Number.isFinite(point.y);

/** A curve as far as it lies within the axis: where it leaves, it ends at the edge. */
function within(points: Points, [low, high]: readonly [number, number]): Point[] {
  const edge = (a: Point, b: Point): Point[] =>
    [low, high]
      .filter((level) => (a.y - level) * (b.y - level) < 0)
      .map((level) => ({ x: a.x + ((b.x - a.x) * (level - a.y)) / (b.y - a.y), y: level }))
      .sort((p, q) => (p.x - q.x) * Math.sign(b.x - a.x));
  const numbers = points.filter(isPoint);
  return numbers.flatMap((point, i) => [
    ...(i > 0 ? edge(numbers[i - 1], point) : []),
    ...(point.y >= low && point.y <= high ? [point] : []),
  ]);
}

/** As far as the values reach, and not less than a share of their size. */
function domainOf(values: readonly number[], axis: ChartAxis, least: number): Domain {
  if (axis.domain) return axis.domain;
  if (values.length === 0) return [0, 1];
  const [low, high] = [leastOf(values), mostOf(values)];
  const size = isLog10(axis) ? 1 : Math.max(Math.abs(low), Math.abs(high));
  if (high - low <= 1e-9 * Math.max(1, size)) return [low - 0.5, high + 0.5];
  const missing = Math.max(0, least * size - (high - low)) / 2;
  return [low - missing, high + missing];
}

export function lineChart(chart: LineChart): Html {
  const { series, numbers, rules = [], width = WIDTH, height = 290, isOrdered = false } = chart;
  const given = series.map((one) => ({ ...one, points: one.points.filter(isPoint) }));
  const ys = given
    .flatMap(({ points }) => points.map(({ y }) => y))
    .concat(rules.flatMap(({ y }) => y ?? []));
  const xs = given.flatMap(({ points }) => points.map(({ x }) => x));
  // Rounding errors are no range; and what is told in three digits shows no finer one.
  const yDomain = domainOf(ys, chart.y, isLog10(chart.y) ? 0.3 : 0.02);
  const xDomain = domainOf(xs, chart.x, 1e-9);
  const drawn = given
    .map((one) => ({ ...one, points: within(one.points, yDomain) }))
    .filter(({ points }) => points.length > 0);
  const longest = Math.max(0, ...drawn.map(({ label }) => label.length));
  const [marginTop, marginBottom, marginRight] = [26, 44, 28 + longest * 7.6];
  const [wide, high] = [width - MARGIN_LEFT - marginRight, height - marginTop - marginBottom];
  const toPixel = (y: number): number => {
    const at = shareOf(y, yDomain, chart.y.scale);
    return height - marginBottom - Math.min(1, Math.max(0, at)) * high;
  };
  const measured = drawn.filter(({ isReference }) => isReference !== true);
  const ends = drawn.map(({ points }) => points[points.length - 1]);
  const told = besideRules(
    rules.flatMap(({ y, text }) => (y === undefined || text === '' ? [] : [{ at: toPixel(y), text }])),
    drawn.map(({ points }) =>
      points.map(({ x, y }) => ({
        x: MARGIN_LEFT + wide * shareOf(x, xDomain, chart.x.scale),
        y: toPixel(y),
      })),
    ),
    { left: MARGIN_LEFT, right: MARGIN_LEFT + wide, top: marginTop, bottom: height - marginBottom },
  );
  const placed = apart(
    ends.map(({ y }) => toPixel(y)),
    height - marginBottom,
  );
  return draw(
    chart.alt,
    {
      width,
      height,
      marginTop,
      marginBottom,
      marginRight,
      x: {
        ...scaleOf(
          chart.x,
          xDomain,
          wide,
          Math.max(2, Math.round(wide / 70)),
          xs.every(Number.isInteger),
          numbers,
        ),
        grid: false,
        labelAnchor: 'center',
        labelArrow: 'none',
      },
      y: {
        ...scaleOf(chart.y, yDomain, high, Math.max(2, Math.round(high / 36)), false, numbers),
        grid: true,
        labelArrow: 'none',
      },
      marks: [
        ...rules.map(({ x, y }) => {
          const look = { stroke: 'var(--c6)', strokeDasharray: '3 3' };
          return y === undefined ? Plot.ruleX([x], look) : Plot.ruleY([y], look);
        }),
        ...drawn.flatMap((one, i) => {
          const { marker, ...style } = styleOf(one, measured.indexOf(one), measured.length, isOrdered);
          return [
            Plot.line(one.points, { x: 'x', y: 'y', ...style }),
            beside(one, i, { stroke: style.stroke, marker, shift: placed[i] - toPixel(ends[i].y) }),
            ...(one.marks ?? []).flatMap(({ x, text }) => {
              const point = one.points.find((place) => place.x === x);
              return point
                ? [
                    Plot.dot([point], {
                      x: 'x',
                      y: 'y',
                      r: 4,
                      fill: 'var(--paper)',
                      stroke: style.stroke,
                      strokeWidth: 2,
                    }),
                    Plot.text([point], {
                      x: 'x',
                      y: 'y',
                      text: () => text,
                      dx: 8,
                      dy: -9,
                      textAnchor: 'start',
                      fill: 'var(--soft)',
                      ...HALO,
                    }),
                  ]
                : [];
            }),
          ];
        }),
        // Last, so that no curve runs through the words.
        ...rules.flatMap(({ x, y, text }) =>
          y === undefined
            ? [
                Plot.text([text], {
                  ...{ x: () => x, frameAnchor: 'top', dy: 2, dx: 4, textAnchor: 'start' },
                  ...{ text: (one: string) => one, fill: 'var(--soft)', ...HALO },
                }),
              ]
            : [],
        ),
        ...told,
      ],
    },
    describe(drawn, chart),
  );
}

/** What a script beside the chart needs to tell its values: the curves by name, the axes by two places each. */
const describe =
  (drawn: readonly Series[], { x, y }: LineChart) =>
  (svg: Drawn): void => {
    const paths = svg.querySelectorAll('g[data-mark="line"]');
    const xs = drawn.flatMap(({ points }) => points.map((point) => point.x));
    drawn.forEach(({ label, isReference }, i) => {
      paths.item(i).setAttribute('data-curve', label);
      if (isReference === true) paths.item(i).setAttribute('data-reference', '');
    });
    for (const [name, axis] of [
      ['x', x],
      ['y', y],
    ] as const) {
      const scale = svg.scale(name);
      if (!scale?.domain || !scale.range) continue;
      const numbers = [...scale.domain, ...scale.range].map(Number);
      svg.setAttribute(`data-${name}`, [axis.scale === 'log' ? 'log' : 'linear', ...numbers].join(' '));
      svg.setAttribute(`data-${name}-label`, axis.label);
      if (isLog10(axis)) svg.setAttribute(`data-${name}-log10`, axis.scale === 'share' ? 'share' : 'number');
      else if (axis.figures === 'percent') svg.setAttribute(`data-${name}-percent`, '');
      else if (name === 'x' && xs.every(Number.isInteger)) svg.setAttribute('data-x-whole', '');
    }
  };
