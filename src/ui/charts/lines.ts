/** Curves over lag, timestep or training step, labelled where they end. */
import * as Plot from '@observablehq/plot';
import { SHADES } from '../palette.js';
import { draw, WIDTH, type Drawn } from './plot.js';
import type { Html } from '../html.js';

export interface Series {
  readonly label: string;
  readonly points: readonly { readonly x: number; readonly y: number | null }[];
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
  readonly x: Partial<Plot.ScaleOptions> & { readonly label: string };
  /** isLog10: its numbers are logarithms of shares. */
  readonly y: Partial<Plot.ScaleOptions> & { readonly label: string; readonly isLog10?: boolean };
  readonly series: readonly Series[];
  readonly rules?: readonly { readonly y?: number; readonly x?: number; readonly text: string }[];
  readonly height?: number;
  readonly width?: number;
}

/** The second way, beside colour, to tell curves apart. */
const DASHES = ['', '7 3', '2 3', '9 3 2 3', '14 4', '5 2 1 2', '1 2'];
const COLOURS = 6;

/** More curves than colours are shaded by their order. */
function strokeOf(i: number, many: number): { stroke: string; strokeDasharray: string } {
  if (many <= COLOURS) return { stroke: `var(--c${i})`, strokeDasharray: DASHES[i] };
  const shade = Math.round((i * (SHADES - 1)) / (many - 1));
  return { stroke: `var(--s${shade})`, strokeDasharray: DASHES[i % 3] };
}

function styleOf(
  { isReference, look }: Series,
  i: number,
  many: number,
): { stroke: string; strokeDasharray: string; strokeWidth: number } {
  if (isReference === true)
    return { stroke: look?.colour ?? 'var(--c6)', strokeWidth: 1.2, strokeDasharray: '2 2' };
  if (look) return { stroke: look.colour, strokeDasharray: look.dash ?? '', strokeWidth: look.width ?? 2 };
  return { strokeWidth: 2, ...strokeOf(i, many) };
}

/** Around letters, so that a curve behind them does not run through them. */
const HALO = { stroke: 'var(--paper)', strokeWidth: 4 };

const LINE = 14;

type Point = { readonly x: number; readonly y: number };
const isPoint = (point: { x: number; y: number | null }): point is Point =>
  point.y !== null && Number.isFinite(point.y);

/** A curve as far as it lies within the axis: where it leaves, it ends at the edge. */
function within(
  points: readonly { readonly x: number; readonly y: number | null }[],
  [low, high]: readonly [number, number],
): Point[] {
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

/** Labels one below the other where their curves end closer than a line of text; in pixels. */
function apart(places: readonly number[], lowest: number): number[] {
  const order = places.map((place, i) => ({ place, i })).sort((a, b) => a.place - b.place);
  for (let k = 1; k < order.length; k++) order[k].place = Math.max(order[k].place, order[k - 1].place + LINE);
  const over = Math.max(0, (order.at(-1)?.place ?? 0) - lowest);
  for (let k = order.length - 1, limit = Infinity; over > 0 && k >= 0; k--) {
    order[k].place = Math.min(order[k].place - (k === order.length - 1 ? over : 0), limit);
    limit = order[k].place - LINE;
  }
  const result = [...places];
  for (const { place, i } of order) result[i] = place;
  return result;
}

export function lineChart(chart: LineChart): Html {
  const { series, rules = [], width = WIDTH, height = 290 } = chart;
  const given = series.map((one) => ({ ...one, points: one.points.filter(isPoint) }));
  const ys = given
    .flatMap(({ points }) => points.map(({ y }) => y))
    .concat(rules.flatMap(({ y }) => y ?? []));
  const xs = given.flatMap(({ points }) => points.map(({ x }) => x));
  const domainOf = (values: readonly number[], fixed: unknown): [number, number] => {
    if (Array.isArray(fixed)) return fixed as [number, number];
    const [low, high] = [
      values.reduce((a, b) => Math.min(a, b), Infinity),
      values.reduce((a, b) => Math.max(a, b), -Infinity),
    ];
    // Rounding errors are no range.
    const isRange = high - low > 1e-9 * Math.max(1, Math.abs(low), Math.abs(high));
    return isRange ? [low, high] : [low - 0.5, high + 0.5];
  };
  const yDomain = domainOf(ys, chart.y.domain);
  const xDomain = domainOf(xs, chart.x.domain);
  const drawn = given
    .map((one) => ({ ...one, points: within(one.points, yDomain) }))
    .filter(({ points }) => points.length > 0);
  const longest = Math.max(0, ...drawn.map(({ label }) => label.length));
  const [marginTop, marginBottom, marginRight] = [26, 40, 28 + longest * 7];
  const toPixel = (y: number): number => {
    const at =
      chart.y.type === 'log'
        ? Math.log(y / yDomain[0]) / Math.log(yDomain[1] / yDomain[0])
        : (y - yDomain[0]) / (yDomain[1] - yDomain[0]);
    return height - marginBottom - Math.min(1, Math.max(0, at)) * (height - marginBottom - marginTop);
  };
  const measured = drawn.filter(({ isReference }) => isReference !== true);
  const ends = drawn.map(({ points }) => points[points.length - 1]);
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
      x: { grid: false, ...chart.x, domain: xDomain, labelAnchor: 'center', labelArrow: 'none' },
      y: { grid: true, ...chart.y, domain: yDomain, labelArrow: 'none' },
      marks: [
        ...rules.flatMap(({ x, y, text }) => [
          y === undefined
            ? Plot.ruleX([x], { stroke: 'var(--c6)', strokeDasharray: '3 3' })
            : Plot.ruleY([y], { stroke: 'var(--c6)', strokeDasharray: '3 3' }),
          y === undefined
            ? Plot.text([text], {
                x: () => x,
                frameAnchor: 'top',
                dy: 2,
                dx: 4,
                textAnchor: 'start',
                text: (one: string) => one,
                fill: 'var(--soft)',
                ...HALO,
              })
            : Plot.text([text], {
                y: () => y,
                frameAnchor: 'right',
                dx: -2,
                dy: -7,
                textAnchor: 'end',
                text: (one: string) => one,
                fill: 'var(--soft)',
                ...HALO,
              }),
        ]),
        ...drawn.flatMap((one, i) => {
          const style = styleOf(one, measured.indexOf(one), measured.length);
          const end = ends[i];
          const shift = placed[i] - toPixel(end.y);
          return [
            Plot.line(one.points, { x: 'x', y: 'y', ...style }),
            ...(one.points.length === 1
              ? [Plot.dot(one.points, { x: 'x', y: 'y', stroke: style.stroke })]
              : []),
            Plot.text([end], {
              x: 'x',
              y: 'y',
              dx: 18,
              dy: shift,
              text: () => one.label,
              textAnchor: 'start',
              fill: 'currentColor',
              ...HALO,
            }),
            leader(end, shift, style.stroke),
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
                      stroke: 'var(--paper)',
                      strokeWidth: 4,
                    }),
                  ]
                : [];
            }),
          ];
        }),
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
    drawn.forEach(({ label, isReference }, i) => {
      paths.item(i).setAttribute('data-curve', label);
      if (isReference === true) paths.item(i).setAttribute('data-reference', '');
    });
    if (y.isLog10) svg.setAttribute('data-y-log10', '');
    for (const [name, { label, type }] of [
      ['x', x],
      ['y', y],
    ] as const) {
      const scale = svg.scale(name);
      if (!scale?.domain || !scale.range) continue;
      const numbers = [...scale.domain, ...scale.range].map(Number);
      svg.setAttribute(`data-${name}`, [type === 'log' ? 'log' : 'linear', ...numbers].join(' '));
      svg.setAttribute(`data-${name}-label`, label);
    }
  };

/** From a curve's end to its label, where that had to move. */
const leader =
  (end: Point, shift: number, stroke: string): Plot.RenderFunction =>
  (_index, scales, _values, _dimensions, context) => {
    const x = (scales.x as unknown as (value: number) => number)(end.x);
    const y = (scales.y as unknown as (value: number) => number)(end.y);
    const path = context.document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', `M${x + 2},${y}L${x + 14},${y + shift}`);
    path.setAttribute('stroke', stroke);
    path.setAttribute('fill', 'none');
    return path;
  };
