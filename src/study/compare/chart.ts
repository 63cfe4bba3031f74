/** The curves of all contenders of a comparison, those of its first seed. */
import type { JobResult } from './result.js';
import type { Html } from '../../ui/html.js';
import { relativeCurve } from '../../probe/curve.js';
import { numbersOf } from '../../base/figures.js';
import type { Words } from '../../words/words.js';
import { pointsOf } from '../../probe/view.js';
import { lineChart, type Series } from '../../ui/charts/lines.js';

const HEIGHT = 340;
/** Decades that the lag axis reaches down to, at most: where a curve falls lower, it ends at the edge. */
const LOWEST = -12;

/** Bits per character on the way; logarithmic, for the contenders differ a hundredfold. */
export function learningCurves(
  results: readonly JobResult[],
  by: 'characters' | 'seconds',
  symbols: number,
  alt: string,
  { charts, numbers }: Words,
): Html {
  const series: Series[] = results.map(({ contender, curve }) => ({
    label: contender,
    points: curve
      .filter((point) => point[by] > 0)
      .map((point) => ({ x: Math.log10(point[by]), y: point.bitsPerChar })),
  }));
  const ys = numbersOf(series.flatMap(({ points }) => points.map(({ y }) => y)));
  // Worse than guessing (brain.js's first updates can be, by any amount) is beyond the chart.
  const guessing = Math.log2(symbols);
  const [low, high] = [Math.min(guessing, ...ys), Math.min(guessing, Math.max(...ys, 0))];
  return lineChart({
    alt,
    numbers,
    height: HEIGHT,
    x: { label: charts[by], scale: 'log10' },
    y: {
      label: charts.bitsHeldOut,
      ticks: 6,
      domain: low < high ? [low, high] : [guessing - 1, guessing],
    },
    series,
  });
}

/** The top layer's state norm by lag, relative to lag 0, on one axis. */
export function contendersLag(
  results: readonly JobResult[],
  when: 'start' | 'end',
  alt: string,
  { charts, numbers }: Words,
): Html {
  const series: Series[] = results.flatMap((result) => {
    const lagLog10 = result[when]?.at(-1)?.lagLog10;
    return lagLog10 ? [{ label: result.contender, points: pointsOf(relativeCurve({ lagLog10 })) }] : [];
  });
  const ys = numbersOf(series.flatMap(({ points }) => points.map(({ y }) => y)));
  const low = Math.max(LOWEST, Math.min(-2, ...ys));
  const high = Math.max(0, ...ys);
  return lineChart({
    alt,
    numbers,
    height: HEIGHT,
    x: { label: charts.lag },
    y: { label: charts.left, scale: 'share', domain: [low, high] },
    rules: [{ y: -2, text: charts.onePercent }],
    series,
  });
}
