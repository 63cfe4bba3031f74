/** Colours that colour-blind readers tell apart too: Okabe and Ito's for categories, viridis for levels. */
import { Ansis } from 'ansis';
import { interpolateViridis } from 'd3-scale-chromatic';

/** No colours at all. */
export const plain = new Ansis(0);

/** Okabe & Ito (2008), those that stand out on black and white alike: blue, orange, green, pink, sky, vermilion. */
export const LAYER_COLOURS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00'];

/** Decades below the top that the levels reach down to, at most. */
export const DEEPEST = -8;

/** Where a level lies between the floor (0) and the top (1). */
export const levelOf = (value: number, floor: number, top: number): number =>
  Math.min(1, Math.max(0, (value - floor) / (top - floor)));

/** Colours of curves in an order, `--s0` …: the part of viridis that stands out from the paper, by theme. */
export const SHADES = 12;
const SHADED = { light: [0, 0.52], dark: [0.42, 1] } as const;
export const shadesOn = (theme: keyof typeof SHADED): string[] => {
  const [from, to] = SHADED[theme];
  return Array.from({ length: SHADES }, (_, i) =>
    interpolateViridis(from + ((to - from) * i) / (SHADES - 1)),
  );
};

/** For maps; and for the background of black text on white, whose weakest is to be pale. */
export { interpolateViridis as viridis, interpolateYlGnBu as reading } from 'd3-scale-chromatic';
