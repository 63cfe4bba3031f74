/** Curves over the training: loss, norm, memory and shares by step. */
import { thinnedPoints } from '../binning.js';
import { courseOf, type InspectionData } from '../inspection.js';
import type { Words } from '../../words/words.js';
import type { Html } from '../html.js';
import { lineChart } from './lines.js';

const MOST_POINTS = 300;

/** Loss, in bits per character, of the windows trained on and of the held-out text. */
export function lossCurves({ history }: InspectionData, alt: string, { charts, numbers }: Words): Html {
  const { updates = [], evaluations = [] } = history ?? {};
  const losses = updates.map(({ step, lossNats }) => ({ x: step, y: lossNats / Math.LN2 }));
  return lineChart({
    alt,
    numbers,
    x: { label: charts.step, ticks: 6, figures: 'count' },
    y: { label: charts.bits, ticks: 6 },
    series: [
      { label: charts.training, points: thinnedPoints(losses, MOST_POINTS) },
      {
        label: charts.heldOut,
        points: evaluations.map(({ step, validationLossNats }) => ({
          x: step,
          y: validationLossNats / Math.LN2,
        })),
      },
    ],
  });
}

/** The gradient's norm before clipping, and where it is clipped. */
export function normCurve({ history }: InspectionData, alt: string, { charts, numbers }: Words): Html {
  const updates = history?.updates ?? [];
  const { clip, clipMode } = history?.info.options ?? {};
  const logNorms = updates.map(({ step, gradientNorm }) => ({
    x: step,
    y: gradientNorm > 0 ? Math.log10(gradientNorm) : null,
  }));
  const isClipped =
    clipMode === 'norm' && typeof clip === 'number' && updates.some(({ clipScale }) => clipScale < 1);
  return lineChart({
    alt,
    numbers,
    x: { label: charts.step, ticks: 6, figures: 'count' },
    y: { label: charts.norm, scale: 'log10' },
    rules: isClipped ? [{ y: Math.log10(clip), text: charts.clippedAt(clip) }] : [],
    series: [{ label: '', points: thinnedPoints(logNorms, MOST_POINTS) }],
  });
}

/** By layer the lag at which 1% is left; where the window ends before, its edge. */
export function memoryCurves(
  data: InspectionData,
  layers: readonly number[],
  alt: string,
  words: Words,
): Html {
  const { charts, inspect, numbers } = words;
  const courses = layers.map((layer) => ({
    layer,
    course: courseOf(data, layer, 'memory').map(({ step, report }) => ({
      x: step,
      y:
        report.memory.verdict === 'not-finite'
          ? null
          : (report.memory.lag1pct ?? report.lagLog10?.h.length ?? null),
    })),
  }));
  return lineChart({
    alt,
    numbers,
    height: 250,
    x: { label: charts.step, ticks: 6, figures: 'count' },
    y: { label: charts.lagOfOnePercent, ticks: 6, figures: 'count' },
    isOrdered: true,
    series: courses.map(({ layer, course }) => ({
      label: inspect.memory.layer(layer),
      points: thinnedPoints(course, MOST_POINTS),
    })),
  });
}
