/** The page's charts, each from what the nets have told. */
import { relativeCurve, hasDrop } from '../../../probe/curve.js';
import { bins, meanOf } from '../../../ui/binning.js';
import { courseMap, floorOf } from '../../../ui/charts/heats.js';
import { pointsOf } from '../../../probe/view.js';
import { lineChart, type Series } from '../../../ui/charts/lines.js';
import type { Html } from '../../../ui/html.js';
import type { LayerReport } from '../../../bptt/report.js';
import { isGated } from '../../../model/cells/cell.js';
import { cellOf } from '../../../model/cells/index.js';
import { numbersOf } from '../../../base/figures.js';
import type { PlaygroundWords } from '../../../words/en/playground.js';
import type { ProbedStep } from '../net/protocol.js';
import { SIDES, type Side } from '../settings.js';
import type { Bench } from './bench.js';

/** Decades that the lag axis reaches down to: what falls further leaves at the edge. */
export const LOWEST = -12;
/** And up to where it is drawn on by hand: whoever expects it to grow can say so. */
export const HIGHEST_DRAWN = 2;
const DASHES = ['', '7 4', '2 3', '9 3 2 3'];

export const colourOf = (side: Side): string => `var(--net-${side})`;
export const nameOf = (words: PlaygroundWords, { side, settings }: Bench): string =>
  `${side.toUpperCase()} · ${words.cells[settings.value.cell]}`;

type Curved = LayerReport & { readonly lagLog10: NonNullable<LayerReport['lagLog10']> };
const hasLag = (layer: LayerReport): layer is Curved => layer.lagLog10 !== undefined;

/** The curve of the layer that the gradient goes furthest through: of several, each has its own. */
export const curvesOf = (measured: ProbedStep | null): (number | null)[][] =>
  measured?.layers.filter(hasLag).map((layer) => relativeCurve(layer)) ?? [];

export type Sketch = readonly (number | null)[];

export interface LagAsked {
  readonly words: PlaygroundWords;
  readonly benches: Readonly<Record<Side, Bench>>;
  readonly step: number | null;
  readonly sketches: Readonly<Record<Side, Sketch | null>>;
  /** What was measured is not shown: it is to be guessed. */
  readonly isHidden: boolean;
  /** It is being drawn on: the axis reaches as far as a hand may want, and stays where it is. */
  readonly isDrawnOn: boolean;
  readonly alt: string;
  readonly width: number;
}

export function lagChart(asked: LagAsked): Html | null {
  const { words, benches, step, sketches, isHidden, isDrawnOn, alt, width } = asked;
  const isNarrow = width < 560;
  const series: Series[] = [];
  let lags = 0;
  for (const side of SIDES) {
    const bench = benches[side];
    lags = Math.max(lags, bench.settings.value.window);
    const measured = bench.at(step);
    const layers = measured?.layers.filter(hasLag) ?? [];
    const name = isNarrow ? side.toUpperCase() : nameOf(words, bench);
    if (measured && measured.boundLog10 !== null && measured.boundLog10 < 0 && !isHidden)
      series.push({
        label: isNarrow ? '' : words.lag.bound,
        isReference: true,
        look: { colour: colourOf(side) },
        points: [0, bench.settings.value.window - 1].map((x) => ({ x, y: x * (measured.boundLog10 ?? 0) })),
      });
    if (!isHidden)
      layers.forEach((layer, l) => {
        const curve = relativeCurve(layer);
        const isTop = l === layers.length - 1;
        const { memory } = layer;
        const drop = isTop && memory && hasDrop(memory) ? memory.drop : null;
        series.push({
          label: layers.length === 1 ? name : `${name} ${l + 1}`,
          look: { colour: colourOf(side), dash: DASHES[layers.length - 1 - l], width: isTop ? 3 : 2 },
          points: curve.map((y, x) => ({ x, y })),
          ...(drop && { marks: [{ x: drop.lag, text: words.lag.tail }] }),
        });
      });
    const sketch = sketches[side];
    if (sketch)
      series.push({
        label: words.lag.sketch(side.toUpperCase()),
        look: { colour: colourOf(side), dash: '1 5', width: 3 },
        // It may have been drawn for a longer window.
        points: sketch.slice(0, bench.settings.value.window).map((y, x) => ({ x, y })),
      });
  }
  const lowest = Math.min(-4, ...series.flatMap(({ points }) => numbersOf(points.map(({ y }) => y))));
  const highest = Math.max(0, ...series.flatMap(({ points }) => numbersOf(points.map(({ y }) => y))));
  const domain: [number, number] = [
    isDrawnOn || isHidden ? LOWEST : Math.max(LOWEST, 2 * Math.floor(lowest / 2)),
    Math.min(12, isDrawnOn || isHidden ? Math.max(HIGHEST_DRAWN, highest) : highest),
  ];
  return lineChart({
    alt,
    numbers: words.numbers,
    width: Math.max(280, width),
    height: isNarrow ? 320 : 440,
    x: { label: words.lag.x, domain: [0, lags - 1], ticks: isNarrow ? 5 : 10 },
    y: { label: words.lag.y, scale: 'share', domain },
    rules: [{ y: -2, text: words.lag.onePercent }],
    series: series.length > 0 ? series : [{ label: '', points: [] }],
  });
}

const MOST_POINTS = 240;

export function lossChart(
  words: PlaygroundWords,
  benches: Readonly<Record<Side, Bench>>,
  counting: number | null,
  alt: string,
  width: number,
): Html | null {
  const series: Series[] = SIDES.flatMap((side) => {
    const { rows, evaluations } = benches[side];
    if (rows.length === 0) return [];
    const points = bins(rows.length, MOST_POINTS).map(({ from, to }) => ({
      x: rows[to - 1].step,
      y: meanOf(rows.slice(from, to).map(({ lossNats }) => lossNats / Math.LN2)),
    }));
    const name = side.toUpperCase();
    return [
      { label: name, look: { colour: colourOf(side), width: 2 }, points },
      ...(evaluations.length > 1
        ? [
            {
              label: `${name} ${words.loss.heldOut}`,
              look: { colour: colourOf(side), dash: '1 4', width: 2 },
              points: evaluations.map(({ step, lossNats }) => ({ x: step, y: lossNats / Math.LN2 })),
            },
          ]
        : []),
    ];
  });
  if (series.length === 0) return null;
  const symbols = benches.a.opened.value?.shape.symbols ?? 2;
  const guessing = Math.log2(symbols);
  const ys = numbersOf(series.flatMap(({ points }) => points.map(({ y }) => y)));
  const low = Math.min(counting ?? Infinity, ...ys);
  const high = Math.max(guessing, ...ys.filter((y) => y < 2 * guessing));
  return lineChart({
    alt,
    numbers: words.numbers,
    width: Math.max(280, width),
    height: 280,
    x: { label: words.loss.x, ticks: 5 },
    y: { label: words.loss.y, ticks: 6, domain: [Math.max(0, low - 0.1), high + 0.1] },
    rules: [
      { y: guessing, text: words.loss.guessing },
      ...(counting === null ? [] : [{ y: counting, text: words.loss.counting }]),
    ],
    series,
  });
}

const [MOST_COLUMNS, MOST_LAGS] = [80, 32];

/** The top layer's curve at each measured step. */
export function heatChart(words: PlaygroundWords, bench: Bench, alt: string, width: number): Html | null {
  const all = bench.measured.flatMap(({ step, layers }) => {
    const top = layers.at(-1);
    return top && hasLag(top) ? [{ step, curve: relativeCurve(top) }] : [];
  });
  if (all.length < 3) return null;
  const timesteps = Math.max(...all.map(({ curve }) => curve.length));
  const rows = bins(timesteps, MOST_LAGS);
  const columns = bins(all.length, MOST_COLUMNS).map(({ from, to }) => ({
    firstStep: all[from].step,
    lastStep: all[to - 1].step,
    values: rows.map((lag) =>
      meanOf(all.slice(from, to).flatMap(({ curve }) => curve.slice(lag.from, lag.to))),
    ),
  }));
  const floor = floorOf(
    columns.flatMap(({ values }) => values),
    -8,
  );
  const course = { columns, rows: rows.map(({ from, to }) => ({ firstLag: from, lastLag: to - 1 })) };
  const axes = { x: words.heat.x, y: words.heat.y, count: words.numbers.count };
  return courseMap(course, floor, alt, axes, { width: Math.max(280, width), height: 240 });
}

/** Saturation, or the gates' mean activation, of the top layer by timestep. */
export function sharesChart(
  words: PlaygroundWords,
  bench: Bench,
  step: number | null,
  which: 'saturation' | 'activation',
  width: number,
): Html | null {
  const all = bench.at(step)?.layers.at(-1)?.[which];
  // Of the activations only gates are open or closed: a candidate is a value.
  const gates = cellOf(bench.settings.value.cell).activations.filter(({ kind }) => kind === 'sigmoid');
  const byName =
    all &&
    Object.fromEntries(
      Object.entries(all).filter(
        ([name]) => which === 'saturation' || gates.some((gate) => gate.name === name),
      ),
    );
  if (!byName || Object.keys(byName).length === 0) return null;
  const isAlone = Object.keys(byName).length === 1;
  const flat = Object.values(byName).flat();
  return lineChart({
    alt: words.gates.alt(nameOf(words, bench)),
    numbers: words.numbers,
    width: Math.max(280, width),
    height: 220,
    x: { label: words.gates.x, ticks: 5 },
    y: {
      label: which === 'saturation' ? words.gates.y : words.gates.yMean,
      domain: [Math.min(0, ...flat), Math.max(0.1, ...flat)],
      ticks: 5,
      figures: 'percent',
    },
    series: Object.entries(byName).map(([name, values]) => ({
      label: name,
      // A lone curve is its net's; the others' colours would be taken for A's and B's.
      ...(isAlone && { look: { colour: colourOf(bench.side) } }),
      points: pointsOf(values, 1),
    })),
  });
}

/** What the letters of its gates stand for, of each that has a curve of its own. */
export const lettersOf = (words: PlaygroundWords, { settings }: Bench): string =>
  cellOf(settings.value.cell)
    .activations.filter(({ name }) => name in words.gates.letters)
    .map(({ name }) => `${name}: ${words.gates.letters[name]}`)
    .join(' · ');

export const hasGates = ({ settings }: Bench): boolean => isGated(cellOf(settings.value.cell));

export function nudgeChart(
  words: PlaygroundWords,
  moved: Readonly<Record<Side, readonly number[]>>,
  width: number,
): Html {
  const series: Series[] = SIDES.map((side) => ({
    label: side.toUpperCase(),
    look: { colour: colourOf(side), width: 2 },
    points: moved[side].map((y, x) => ({ x, y: y > 0 ? Math.log10(y) : null })),
  }));
  const ys = numbersOf(series.flatMap(({ points }) => points.map(({ y }) => y)));
  const domain: [number, number] = [Math.max(-16, Math.floor(Math.min(-2, ...ys))), 0];
  return lineChart({
    alt: words.nudge.alt,
    numbers: words.numbers,
    width: Math.max(280, width),
    height: 240,
    x: { label: words.nudge.x, ticks: 5 },
    y: { label: words.nudge.y, scale: 'share', domain },
    series,
  });
}
