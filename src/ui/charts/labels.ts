/** What stands at a curve beside its line: its label in the margin, what leads there, and marks that tell it from others. */
import type * as Plot from '@observablehq/plot';
import { DOT } from './looks.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Around letters, so that a curve behind them does not run through them. */
export const HALO = { stroke: 'var(--paper)', strokeWidth: 4 };

const LINE = 14;

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
    const make = (tag: string, attributes: Readonly<Record<string, string | number>>): Element => {
      const element = context.document.createElementNS('http://www.w3.org/2000/svg', tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
      return element;
    };
    const group = make('g', { 'data-of': label }) as SVGGElement;
    const pixel = (value: number): number => Math.round(10 * value) / 10;
    const shape = marker ?? (points.length === 1 ? DOT : undefined);
    if (shape !== undefined)
      for (const { x, y } of markedOf(points, i))
        group.append(
          make('path', {
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
      make('path', {
        d: `M${pixel(x + 2)},${pixel(y)}L${right + LEAD},${pixel(y + shift)}`,
        ...{ stroke, fill: 'none' },
        ...(right - x > FAR && { 'stroke-width': 0.8, 'stroke-dasharray': '1 4' }),
      }),
    );
    const text = make('text', {
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
