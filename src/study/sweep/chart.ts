/** Parallel coordinates: an axis for each option and one for the loss, a line for each training. */
import * as Plot from '@observablehq/plot';
import { flagOf } from '../../base/options.js';
import { draw } from '../../ui/charts/plot.js';
import type { Html } from '../../ui/html.js';
import type { Numbers } from '../../words/numbers.js';
import type { Value } from './grid.js';
import type { ResultLine } from './folder.js';
import type { SweepPlan } from './options.js';
import { lossOf } from './standing.js';

interface Scale {
  readonly name: string;
  /** 0 at the bottom, 1 at the top. */
  readonly at: (value: Value) => number;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

/** With more values than this only some are named. */
const MOST_TICKS = 8;
/** Beyond this ratio a scale is logarithmic. */
const WIDE = 20;

/** Text that a number is short in: 0.00464, 1e-5 */
const short = (value: number): string => String(Number(value.toPrecision(3)));

function scaleOf(name: string, values: readonly Value[]): Scale {
  const distinct = [...new Set(values)];
  const numbers = distinct.filter((value): value is number => typeof value === 'number');
  if (numbers.length < distinct.length) {
    const place = new Map(distinct.map((value, i) => [value, (i + 0.5) / distinct.length]));
    const at = (value: Value): number => place.get(value) ?? 0;
    return { name, at, ticks: distinct.map((value) => ({ at: at(value), text: String(value) })) };
  }
  const sorted = numbers.sort((a, b) => a - b);
  const [low, high] = [sorted[0], sorted[sorted.length - 1]];
  const isLog = low > 0 && high / low >= WIDE;
  const scaled = (value: number): number => (isLog ? Math.log(value) : value);
  const span = scaled(high) - scaled(low);
  const at = (value: Value): number => (span === 0 ? 0.5 : (scaled(Number(value)) - scaled(low)) / span);
  const step = Math.ceil(sorted.length / MOST_TICKS);
  const named = sorted.filter((_, i) => i % step === 0 || i === sorted.length - 1);
  return { name, at, ticks: apart(named.map((value) => ({ at: at(value), text: short(value) }))) };
}

/** Evenly spaced figures beside it: no one value of a loss is more than another. */
function lossScale(name: string, values: readonly number[], numbers: Numbers): Scale {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const at = (value: Value): number => (high === low ? 0.5 : (Number(value) - low) / (high - low));
  const ticks = Array.from({ length: high === low ? 1 : 5 }, (_, i) => low + (i / 4) * (high - low));
  return { name, at, ticks: ticks.map((value) => ({ at: at(value), text: numbers.fixed(value, 2) })) };
}

/** Labels that would stand on one another are left out. */
function apart(ticks: readonly Scale['ticks'][number][]): Scale['ticks'] {
  const kept: Scale['ticks'][number][] = [];
  for (const tick of ticks) if (kept.every((other) => Math.abs(other.at - tick.at) > 0.045)) kept.push(tick);
  return kept;
}

/** Lines that cross an axis at one value stand a little apart, each always at its place (golden ratio). */
const aside = (index: number): number => 0.03 * (((index * 0.618034) % 1) - 0.5);

/** A label this far above a value is clear of the lines that cross there. */
const ASIDE_PX = 15;
const WIDTH = 1000;
/** Of the trainings, those that are coloured. */
const BEST_SHARE = 0.1;

/** @param loss what the last axis is called; @param label for who cannot see it */
export function parallelCoordinates(
  { axes: all, points }: SweepPlan,
  results: readonly ResultLine[],
  loss: string,
  label: string,
  numbers: Numbers,
): Html {
  const axes = all.filter(({ name }) => name !== 'seed');
  const sound = results.flatMap((result) => {
    const nats = lossOf(result);
    return nats === null ? [] : [{ result, bits: nats / Math.LN2 }];
  });
  const ranked = [...sound].sort((a, b) => a.bits - b.bits);
  const best = new Set(
    ranked.slice(0, Math.max(1, Math.round(BEST_SHARE * ranked.length))).map((one) => one.result.index),
  );
  const scales = [
    ...axes.map(({ name }) =>
      scaleOf(
        flagOf(name).slice(2),
        sound.map(({ result }) => points[result.index][name]),
      ),
    ),
    lossScale(
      loss,
      sound.map(({ bits }) => bits),
      numbers,
    ),
  ];
  const lines = sound.flatMap(({ result, bits }) =>
    scales.map((scale, x) => ({
      x,
      y:
        x < axes.length ? scale.at(points[result.index][axes[x].name]) + aside(result.index) : scale.at(bits),
      index: result.index,
      isBest: best.has(result.index),
      isStopped: result.ended === 'halving',
    })),
  );
  const ticks = scales.flatMap((scale, x) => scale.ticks.map(({ at, text }) => ({ x, y: at, text })));
  const last = scales.length - 1;
  /** Outside where there is one; between two axes above the lines that meet there, so that none runs through it. */
  const named = (of: (x: number) => boolean, place: Plot.TextOptions) =>
    Plot.text(
      ticks.filter(({ x }) => of(x)),
      {
        ...{ x: 'x', y: 'y', text: 'text', dx: -6, textAnchor: 'end', fill: 'currentColor' },
        ...{ stroke: 'var(--paper)', strokeWidth: 4, ...place },
      },
    );
  const mark = (of: (line: (typeof lines)[number]) => boolean, options: Plot.LineOptions) =>
    Plot.line(lines.filter(of), { x: 'x', y: 'y', z: 'index', curve: 'bump-x', ...options });
  return draw(label, {
    width: WIDTH,
    height: 420,
    marginLeft: 60,
    marginRight: 60,
    marginTop: 42,
    marginBottom: 16,
    x: { domain: [0, scales.length - 1], axis: null },
    y: { domain: [-0.02, 1.02], axis: null },
    marks: [
      Plot.ruleX(
        scales.map((_, x) => x),
        { stroke: 'currentColor', strokeOpacity: 0.35 },
      ),
      mark((line) => !line.isBest && !line.isStopped, { stroke: 'currentColor', strokeOpacity: 0.28 }),
      mark((line) => !line.isBest && line.isStopped, {
        ...{ stroke: 'currentColor', strokeOpacity: 0.28, strokeDasharray: '3 3' },
      }),
      mark((line) => line.isBest, { stroke: 'var(--c1)', strokeWidth: 2.2 }),
      named((x) => x === 0 && x < last, {}),
      named((x) => x > 0 && x < last, { dy: -ASIDE_PX }),
      named((x) => x === last, { dx: 6, textAnchor: 'start' }),
      Plot.text(scales, {
        ...{ x: (_: Scale, i: number) => i, frameAnchor: 'top', dy: -34, text: 'name' },
        ...{ fill: 'currentColor', fontWeight: 'bold' },
      }),
    ],
  });
}
