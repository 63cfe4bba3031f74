/** How curves are told apart: by colour, by dash, and where there are many by marks on them as well. */
import { SHADES } from '../palette.js';

export interface Look {
  readonly stroke: string;
  readonly strokeDasharray: string;
  readonly strokeWidth: number;
  /** A path around (0, 0), drawn at some of its points. */
  readonly marker?: string;
}

const DASHES = ['', '7 3', '2 3', '9 3 2 3', '14 4', '5 2 1 2', '1 2'];
const COLOURS = 6;

/** Of a curve that is a single point. */
export const DOT = 'M-3.5,0a3.5,3.5 0 1,0 7,0a3.5,3.5 0 1,0 -7,0z';

/** Disc, square, triangle, diamond, triangle downwards, cross, plus: as many as dashes. */
const MARKERS = [
  'M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0z',
  'M-3.5,-3.5h7v7h-7z',
  'M0,-4.5L4.5,3.5H-4.5z',
  'M0,-5L5,0L0,5L-5,0z',
  'M0,4.5L4.5,-3.5H-4.5z',
  'M-3.5,-3.5L3.5,3.5M-3.5,3.5L3.5,-3.5',
  'M-4.5,0H4.5M0,-4.5V4.5',
];

/**
 * Of curve `i` of `many`. More than there are colours repeat those, each time with another dash and mark, so that no two of
 * forty look alike; where they have an order, their shades show it.
 */
export function lookOf(i: number, many: number, isOrdered: boolean): Look {
  const [strokeDasharray, strokeWidth] = [DASHES[i % DASHES.length], 2];
  if (many <= COLOURS) return { stroke: `var(--c${i})`, strokeDasharray, strokeWidth };
  const shade = Math.round((i * (SHADES - 1)) / (many - 1));
  const stroke = isOrdered ? `var(--s${shade})` : `var(--c${i % COLOURS})`;
  return { stroke, strokeDasharray, strokeWidth, marker: MARKERS[i % MARKERS.length] };
}
