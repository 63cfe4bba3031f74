/** The page's charts, each with what it shows in a sentence above it. */
import type { LayerWith } from '../../bptt/report.js';
import { relativeCurve } from '../../probe/curve.js';
import { pointsOf } from '../../probe/view.js';
import type { Words } from '../../words/words.js';

import type { Html } from '../html.js';
import { lineChart, type Series } from './lines.js';

/** All layers' lag curves, and the bound where it is a theorem. */
export function lagCurves(layers: readonly LayerWith<'lagLog10'>[], title: string, words: Words): Html {
  const { charts, inspect, numbers } = words;
  const lastLag = Math.max(...layers.map(({ lagLog10 }) => lagLog10.h.length)) - 1;
  const bounds: Series[] = layers.flatMap(({ theory }) => {
    const slope = theory?.isTheorem === true ? theory.boundLog10 : null;
    if (slope === null || slope >= 0) return [];
    return [
      { label: charts.bound, isReference: true, points: [0, lastLag].map((x) => ({ x, y: x * slope })) },
    ];
  });
  const series: Series[] = [
    ...bounds,
    ...layers.map((layer) => ({
      label: inspect.memory.layer(layer.layer),
      points: pointsOf(relativeCurve(layer)),
    })),
  ];
  return lineChart({
    alt: title,
    numbers,
    height: 340,
    width: 500,
    x: { label: charts.lag },
    y: { label: charts.left, scale: 'share' },
    rules: [{ y: -2, text: charts.onePercent }],
    isOrdered: true,
    series,
  });
}
