/** What stands at a curve beside its line: its label in the margin, what leads there, and marks that tell it from others. */
import type * as Plot from '@observablehq/plot';
import { svgElement } from './element.js';
import { DOT } from './looks.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Around letters, so that a curve behind them does not run through them. */
export const HALO = { stroke: 'var(--paper)', strokeWidth: 4 };

const LINE = 16;

/** Labels one below the other where their curves end closer than a line of text; in pixels. */
export function apart(places: readonly number[], lowest: number): number[] {
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

/** Marks on a curve, about so many. */
const MARKED = 6;

/** Places of marks on the i-th curve: evenly spread, and not where its neighbours have theirs. */
function markedOf<T extends { readonly x: number }>(points: readonly T[], i: number): T[] {
  if (points.length <= MARKED) return [...points];
  const [from, to] = [points[0].x, points[points.length - 1].x];
  const places = Array.from(
    { length: MARKED },
    (_, k) => from + ((k + ((i * 0.382) % 1)) / MARKED) * (to - from),
  );
  return [
    ...new Set(
      places.map((x) =>
        points.reduce((best, one) => (Math.abs(one.x - x) < Math.abs(best.x - x) ? one : best)),
      ),
    ),
  ];
}

/** Pixels to the right of the frame at which labels begin, and to which what leads there goes. */
const [LABEL, LEAD] = [18, 14];
/** A label further than this from its curve's end is led to by dots. */
const FAR = 24;

/** What belongs to a curve beside its line: marks, its label in the margin (over no curve), and what leads there. */
export const beside =
  (
    { label, points }: { readonly label: string; readonly points: readonly Point[] },
    i: number,
    { stroke, marker, shift }: { readonly stroke: string; readonly marker?: string; readonly shift: number },
  ): Plot.RenderFunction =>
  (_index, scales, _values, dimensions, context) => {
    const [toX, toY] = [scales.x, scales.y] as unknown as ((value: number) => number)[];
    const group = svgElement(context, 'g', { 'data-of': label });
    const pixel = (value: number): number => Math.round(10 * value) / 10;
    const shape = marker ?? (points.length === 1 ? DOT : undefined);
    if (shape !== undefined)
      for (const { x, y } of markedOf(points, i))
        group.append(
          svgElement(context, 'path', {
            d: shape,
            transform: `translate(${pixel(toX(x))},${pixel(toY(y))})`,
            fill: 'var(--paper)',
            stroke,
            'stroke-width': 1.6,
            ...(marker !== undefined && { 'data-marker': '' }),
          }),
        );
    const end = points[points.length - 1];
    const right = dimensions.width - dimensions.marginRight;
    const [x, y] = [toX(end.x), toY(end.y)];
    if (label === '') return group;
    group.append(
      svgElement(context, 'path', {
        d: `M${pixel(x + 2)},${pixel(y)}L${right + LEAD},${pixel(y + shift)}`,
        ...{ stroke, fill: 'none' },
        ...(right - x > FAR && { 'stroke-width': 0.8, 'stroke-dasharray': '1 4' }),
      }),
    );
    const text = svgElement(context, 'text', {
      ...{
        x: right + LABEL,
        y: pixel(y + shift),
        dy: '0.32em',
        fill: 'currentColor',
        'text-anchor': 'start',
      },
      ...{ stroke: HALO.stroke, 'stroke-width': HALO.strokeWidth, 'paint-order': 'stroke' },
      'stroke-linejoin': 'round',
    });
    text.textContent = label;
    group.append(text);
    return group;
  };

/** Of a line of words on a chart: a letter's width, its height, and how far it stands from its rule; in pixels. */
const [WIDE, TALL, OFF] = [7, 14, 2];

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Whether the stretch from a to b runs through the box. */
function crosses(a: Point, b: Point, { left, right, top, bottom }: Box): boolean {
  // The share of the way from a to b in which each coordinate is within (Liang and Barsky).
  let [from, to] = [0, 1];
  for (const [start, way, low, high] of [
    [a.x, b.x - a.x, left, right],
    [a.y, b.y - a.y, top, bottom],
  ]) {
    if (way === 0) {
      if (start < low || start > high) return false;
      continue;
    }
    const [p, q] = [(low - start) / way, (high - start) / way].sort((m, n) => m - n);
    [from, to] = [Math.max(from, p), Math.min(to, q)];
  }
  return from <= to;
}

/**
 * What level rules say, each at the end of its rule and on the side of it where the fewest curves, other rules and words
 * are: above at the right, if nothing is in the way.
 * @param rules their heights and words; @param curves their corners; @param frame all in pixels
 */
export function besideRules(
  rules: readonly { readonly at: number; readonly text: string }[],
  curves: readonly (readonly Point[])[],
  frame: Box,
): Plot.RenderFunction[] {
  const stretches = curves.flatMap((points) =>
    points.slice(1).map((point, i) => [points[i], point] as const),
  );
  const taken: Box[] = [];
  return rules.map(({ at, text }) => {
    const width = WIDE * text.length;
    const places = (['right', 'left'] as const).flatMap((end) =>
      [at - OFF - TALL, at + OFF]
        .filter((top) => top + TALL <= frame.bottom && (end === 'right' || top >= frame.top - OFF))
        .map((top): { readonly end: typeof end; readonly box: Box } => {
          const left = end === 'right' ? frame.right - OFF - width : frame.left + 2 * OFF;
          return { end, box: { left, right: left + width, top, bottom: top + TALL } };
        }),
    );
    const inTheWay = ({ box }: (typeof places)[number]): number =>
      stretches.filter(([a, b]) => crosses(a, b, box)).length +
      rules.filter((other) => other.at !== at && other.at > box.top && other.at < box.bottom).length +
      taken.filter(
        (one) => one.left < box.right && one.right > box.left && one.top < box.bottom && one.bottom > box.top,
      ).length;
    const [first] = places;
    const best = places.reduce((least, one) => (inTheWay(one) < inTheWay(least) ? one : least), first);
    taken.push(best.box);
    return (_index, _scales, _values, _dimensions, context) => {
      const [x, anchor] = best.end === 'right' ? [best.box.right, 'end'] : [best.box.left, 'start'];
      const label = svgElement(context, 'text', {
        ...{ x, y: (best.box.top + best.box.bottom) / 2, dy: '0.32em', 'text-anchor': anchor },
        ...{ fill: 'var(--soft)', stroke: HALO.stroke, 'stroke-width': HALO.strokeWidth },
        ...{ 'paint-order': 'stroke', 'stroke-linejoin': 'round', 'data-rule': '' },
      });
      label.textContent = text;
      return label;
    };
  });
}
