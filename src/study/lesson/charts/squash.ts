/** An activation and its slope, with the units of a network laid behind them. */
import * as Plot from '@observablehq/plot';
import { CURVES } from '../sections/squashing.js';
import type { PreActivations, Squashing } from '../../../words/lesson/squashing.js';
import { draw } from '../../../ui/charts/plot.js';
import { markup, type Html } from '../../../ui/html.js';
import { figure } from '../../../ui/page/blocks.js';
import type { Stage } from '../../../words/lesson/outcome.js';
import type { PictureWords, LessonWords } from '../../../words/lesson/words.js';

const POINTS = 240;
/** The highest bar's share of the height above 0. */
const TALLEST = 0.9;

/** Where the slope falls below `flatBelow`, on the right of 0. */
function flatFrom(cell: Squashing, flatBelow: number, range: number): number {
  let [steep, flat] = [0, range];
  for (let i = 0; i < 40; i++) {
    const middle = (steep + flat) / 2;
    if (CURVES[cell].slope(middle) < flatBelow) flat = middle;
    else steep = middle;
  }
  return flat;
}

export function squashChart(
  cell: Squashing,
  stage: Stage,
  { histogram }: Pick<PreActivations, 'histogram'>,
  { flatBelow, range }: { readonly flatBelow: number; readonly range: number },
  words: LessonWords,
  { squashing }: PictureWords,
): Html {
  const { y, slope } = CURVES[cell];
  const low = cell === 'tanh' ? -1 : 0;
  const xs = Array.from({ length: POINTS + 1 }, (_, i) => -range + (2 * range * i) / POINTS);
  const tallest = Math.max(...histogram);
  const width = (2 * range) / histogram.length;
  const bars = histogram.map((share, i) => ({
    x1: -range + i * width,
    x2: -range + (i + 1) * width,
    y: (share / tallest) * TALLEST,
  }));
  const flat = flatFrom(cell, flatBelow, range);
  const title = squashing.title(cell, stage);
  const lines = [
    { name: squashing.curve, stroke: 'var(--c0)', dash: '', points: xs.map((x) => ({ x, y: y(x) })) },
    { name: squashing.slope, stroke: 'var(--c5)', dash: '7 3', points: xs.map((x) => ({ x, y: slope(x) })) },
  ];
  const chart = draw(title, {
    height: 300,
    marginRight: 16,
    x: {
      domain: [-range, range],
      label: squashing.x,
      labelAnchor: 'center',
      labelArrow: 'none',
      tickFormat: words.numbers.short,
    },
    y: { domain: [low, 1], grid: true, label: null, ticks: 5, tickFormat: words.numbers.short },
    marks: [
      Plot.rect(
        [
          { x1: -range, x2: -flat },
          { x1: flat, x2: range },
        ],
        {
          x1: 'x1',
          x2: 'x2',
          y1: low,
          y2: 1,
          fill: 'var(--none)',
          fillOpacity: 0.6,
        },
      ),
      Plot.rect(bars, {
        x1: 'x1',
        x2: 'x2',
        y1: 0,
        y2: 'y',
        fill: 'var(--c4)',
        fillOpacity: 0.45,
        insetLeft: 0.5,
      }),
      Plot.ruleY([0], { stroke: 'var(--line)' }),
      ...lines.map(({ points, stroke, dash }) =>
        Plot.line(points, { x: 'x', y: 'y', stroke, strokeWidth: 2.4, strokeDasharray: dash }),
      ),
    ],
  });
  const line = (stroke: string, dash: string): Html =>
    markup`<svg class="key" width="26" height="10" aria-hidden="true"><path d="M1,5H25" fill="none" stroke="${stroke}" stroke-width="2.4" stroke-dasharray="${dash}"/></svg>`;
  return figure(
    title,
    null,
    markup`<ul class="legend">${lines.map(({ name, stroke, dash }) => markup`<li>${line(stroke, dash)}${name}</li>`)}<li><i class="key units"></i>${squashing.units}</li><li><i class="key flat"></i>${squashing.flat}</li></ul>`,
    chart,
  );
}
