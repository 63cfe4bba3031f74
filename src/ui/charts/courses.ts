/** Curves over the training: loss, norm, memory and shares by step. */
import { bins, meanOf } from '../binning.js';
import { courseOf, type InspectionData } from '../inspection.js';
import { mean } from '../../words/numbers.js';
import type { Words } from '../../words/words.js';
import { logAxis } from './figures.js';
import type { Html } from '../html.js';
import { lineChart, type Series } from './lines.js';

const MOST_POINTS = 300;

/** Loss, in bits per character, of the windows trained on and of the held-out text. */
export function lossCurves({ history }: InspectionData, alt: string, { charts, numbers }: Words): Html {
  const { updates = [], evaluations = [] } = history ?? {};
  const smoothed = bins(updates.length, MOST_POINTS).map(({ from, to }) => ({
    x: updates[to - 1].step,
    y: meanOf(updates.slice(from, to).map(({ lossNats }) => lossNats / Math.LN2)),
  }));
  return lineChart({
    alt,
    x: { label: charts.step, ticks: 6, tickFormat: numbers.count },
    y: { label: charts.bits, ticks: 6, tickFormat: numbers.short },
    series: [
      { label: charts.training, points: smoothed },
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
  const logNorms = bins(updates.length, MOST_POINTS).map(({ from, to }) => ({
    x: updates[to - 1].step,
    y: meanOf(
      updates.slice(from, to).map(({ gradientNorm }) => (gradientNorm > 0 ? Math.log10(gradientNorm) : null)),
    ),
  }));
  const isClipped =
    clipMode === 'norm' && typeof clip === 'number' && updates.some(({ clipScale }) => clipScale < 1);
  return lineChart({
    alt,
    x: { label: charts.step, ticks: 6, tickFormat: numbers.count },
    y: {
      label: charts.norm,
      ...logAxis(
        logNorms.map(({ y }) => y),
        numbers.short,
      ),
    },
    rules: isClipped ? [{ y: Math.log10(clip), text: charts.clippedAt(clip) }] : [],
    series: [{ label: '', points: logNorms }],
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
    height: 250,
    x: { label: charts.step, ticks: 6, tickFormat: numbers.count },
    y: { label: charts.lagOfOnePercent, ticks: 6, tickFormat: numbers.short },
    series: courses.map(({ layer, course }) => ({
      label: inspect.memory.layer(layer),
      points: thin(course),
    })),
  });
}

/** A layer's shares (saturation, mean activation) over the training, each the mean of its timesteps. */
export function shareCourse(
  data: InspectionData,
  layer: number,
  key: 'saturation' | 'activation',
  label: string,
  words: Words,
): Html | null {
  const { charts, inspect, numbers } = words;
  const course = courseOf(data, layer, key);
  if (course.length < 2) return null;
  const names = Object.keys(course[0].report[key]);
  const series: Series[] = names.map((name) => ({
    label: name,
    points: thin(
      course.map(({ step, report }) => ({
        x: step,
        y: name in report[key] ? mean(report[key][name]) : null,
      })),
    ),
  }));
  const values = series.flatMap(({ points }) => points.flatMap(({ y }) => y ?? []));
  return lineChart({
    alt: charts.overTraining(label, inspect.memory.layer(layer)),
    height: 230,
    x: { label: charts.step, ticks: 6, tickFormat: numbers.count },
    y: {
      label: charts.meanOverTimesteps(label),
      domain: [Math.min(0, ...values), Math.max(0.1, ...values)],
      ticks: 5,
      tickFormat: numbers.percent,
    },
    series,
  });
}

/** At most `MOST_POINTS`, each the mean of its neighbours. */
const thin = (points: Series['points']): Series['points'] =>
  bins(points.length, MOST_POINTS).map(({ from, to }) => ({
    x: points[to - 1].x,
    y: meanOf(points.slice(from, to).map(({ y }) => y)),
  }));
