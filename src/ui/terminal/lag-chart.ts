/** The gradient by lag as a chart of characters, for a terminal. */
import asciichart from 'asciichart';
import type { Ansis } from 'ansis';
import type { LayerReport } from '../../bptt/report.js';
import { chosenLayers } from '../../probe/view.js';
import { hasCurve, relativeCurve } from '../../probe/curve.js';
import { layerNumber } from '../../words/inspect.js';
import { power } from '../../words/numbers.js';
import type { Words } from '../../words/words.js';
import { LAYER_COLOURS, plain } from '../palette.js';
import { widthOf } from './width.js';
import { textWidth } from './wrap.js';

/** Of the curves; fewer where the names of all that may end together need the room. */
const [LEAST_DRAWN, MOST_DRAWN] = [8, 54];
const MOST_ROWS = 12;
const MARGIN = 9;

/** Decades below lag 0 that the axis reaches at most: what lies lower runs along the bottom. */
export const LOWEST = -12;

/** Light, heavy, double, dashed …: the second way, beside colour, to tell the curves apart, one for each of the chosen layers. In asciichart's order. */
const STROKES = ['─╰╭╮╯│', '━┗┏┓┛┃', '═╚╔╗╝║', '╌╰╭╮╯╎', '╍┗┏┓┛╏', '┈╰╭╮╯┊'];
const BOUND_STROKE = '······';

type Symbols = NonNullable<Parameters<typeof asciichart.plot>[1]>['symbols'];
const symbolsOf = (stroke: string): Symbols =>
  ['┼', '┤', '╶', '╴', ...Array.from(stroke)] as unknown as Symbols;

interface Curve {
  /** null for the bound */
  readonly layer: number | null;
  readonly stroke: string;
  readonly colour: string | null;
  /** By lag, in decades from lag 0. */
  readonly values: readonly (number | null)[];
}

/** A curve with a value for each column. */
interface Drawn extends Curve {
  readonly points: readonly number[];
}

/**
 * The state norm √(‖∂h‖² + ‖∂c‖²) of each layer by lag, relative to lag 0, on a logarithmic axis, with the bound of
 * theory where it is a theorem, at most `width` columns wide. Empty where the window has a single timestep, or no gradient at all.
 */
export function lagChart(
  layers: readonly LayerReport[],
  words: Words,
  colours: Ansis = plain,
  width: number = textWidth(),
): string {
  const measured = layers.filter(hasCurve).filter((layer) => relativeCurve(layer)[0] === 0);
  const timesteps = measured.at(0)?.lagLog10.h.length ?? 0;
  if (timesteps < 2) return '';
  const curves: Curve[] = chosenLayers(measured).map((layer, i) => ({
    layer: layer.layer,
    stroke: STROKES[i],
    colour: LAYER_COLOURS[i % LAYER_COLOURS.length],
    values: relativeCurve(layer),
  }));
  const bounded = measured.find(({ theory }) => theory?.isTheorem === true && theory.boundLog10 !== null);
  const slope = bounded?.theory?.boundLog10;
  if (slope !== undefined && slope !== null && slope < 0)
    curves.unshift({
      layer: null,
      stroke: BOUND_STROKE,
      colour: null,
      values: Array.from({ length: timesteps }, (_, k) => k * slope),
    });
  const room = width - MARGIN - widthOf(labelsOf(curves, curves.length, words, plain));
  const columns = Math.min(MOST_DRAWN, timesteps, Math.max(LEAST_DRAWN, room));
  const lagAt = (column: number): number => Math.round((column * (timesteps - 1)) / (columns - 1));
  const drawn = curves.map((curve) => ({
    ...curve,
    points: Array.from({ length: columns }, (_, column) =>
      Math.max(LOWEST, curve.values[lagAt(column)] ?? LOWEST),
    ),
  }));
  return draw(drawn, timesteps - 1, words, colours);
}

/** Decades from one row to the next: the finest of these that `MOST_ROWS` have room for. */
const ROW_STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50];

function draw(curves: readonly Drawn[], lastLag: number, words: Words, colours: Ansis): string {
  const { lag } = words.charts.text;
  const values = curves.flatMap(({ points }) => points);
  // At least one decade high, so that a curve that keeps its level looks level.
  const [low, high] = [Math.min(-1, ...values), Math.max(0, ...values)];
  const fits = (step: number): boolean => Math.ceil(high / step) - Math.floor(low / step) <= MOST_ROWS;
  const step = ROW_STEPS.find(fits) ?? (high - low) / MOST_ROWS;
  const [min, max] = [Math.floor(low / step) * step, Math.ceil(high / step) * step];
  const columns = curves[0].points.length;
  const height = Math.round((max - min) / step);
  const plotted = curves.map(({ points, stroke }) =>
    asciichart
      .plot([...points], {
        height,
        min,
        max,
        offset: 2,
        symbols: symbolsOf(stroke),
        format: (x: number) => power(x).padStart(MARGIN - 1),
      })
      .split('\n'),
  );
  const rows = plotted[0].map((_, row) => {
    const frame = plotted[0][row].slice(0, MARGIN);
    let line = '';
    for (let column = MARGIN; column < MARGIN + columns - 1; column++) {
      const top = plotted.findLastIndex((lines) => (lines[row][column] ?? ' ') !== ' ');
      line += top < 0 ? ' ' : inColour(plotted[top][row][column], curves[top], colours);
    }
    const ending = curves.filter(({ points }) => Math.round((max - points[columns - 1]) / step) === row);
    return `${frame}${line} ${labelsOf(ending, curves.length, words, colours)}`.trimEnd();
  });
  const [first, last] = [lag('0'), lag(words.numbers.count(lastLag))];
  const gap = ' '.repeat(Math.max(1, columns - first.length - last.length));
  return `${rows.join('\n')}\n${' '.repeat(MARGIN)}${first}${gap}${last}`;
}

/** Who ends here: `━ layer 1`, `─━ layers 1, 2`. With a single curve there is nothing to tell apart. */
function labelsOf(ending: readonly Curve[], curves: number, { charts }: Words, colours: Ansis): string {
  if (ending.length === 0 || curves === 1) return '';
  const strokes = ending.map((curve) => inColour(curve.stroke[0], curve, colours)).join('');
  const layers = ending.flatMap(({ layer }) => (layer === null ? [] : [layerNumber(layer)]));
  const names = [
    ...(layers.length < ending.length ? [charts.boundBriefly] : []),
    ...(layers.length === 0 ? [] : [charts.text.layers(compact(layers), layers.length)]),
  ];
  return `${strokes} ${names.join(', ')}`;
}

/** 2; 1–4; 1, 3; 1…64 */
function compact(layers: readonly number[]): string {
  const [first, last] = [layers[0], layers[layers.length - 1]];
  if (layers.length <= 2) return layers.join(', ');
  return `${first}${last - first === layers.length - 1 ? '–' : '…'}${last}`;
}

const inColour = (text: string, { colour }: Curve, colours: Ansis): string =>
  colour === null || text === '' ? text : colours.hex(colour)(text);
