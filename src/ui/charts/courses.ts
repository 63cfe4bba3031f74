/** Curves over the training: loss, norm, memory and shares by step. */
import { bins, meanOf } from '../binning.js';
import { courseOf, type InspectionData } from '../inspection.js';
import { mean, percent } from '../../words/numbers.js';
import { logAxis } from './figures.js';
import type { Html } from '../html.js';
import { lineChart, type Series } from './lines.js';

const MOST_POINTS = 300;

/** Loss, in bits per character, of the windows trained on and of the held-out text. */
export function lossCurves({ history }: InspectionData, alt: string): Html {
  const { updates = [], evaluations = [] } = history ?? {};
  const smoothed = bins(updates.length, MOST_POINTS).map(({ from, to }) => ({
    x: updates[to - 1].step,
    y: meanOf(updates.slice(from, to).map(({ lossNats }) => lossNats / Math.LN2)),
  }));
  return lineChart({
    alt,
    x: { label: 'training step', ticks: 6 },
    y: { label: 'bits per character', ticks: 6 },
    series: [
      { label: 'training', points: smoothed },
      {
        label: 'held out',
        points: evaluations.map(({ step, validationLossNats }) => ({
          x: step,
          y: validationLossNats / Math.LN2,
        })),
      },
    ],
  });
}

/** The gradient's norm before clipping, and where it is clipped. */
export function normCurve({ history }: InspectionData, alt: string): Html {
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
    x: { label: 'training step', ticks: 6 },
    y: { label: 'norm of the gradient before clipping', ...logAxis(logNorms.map(({ y }) => y)) },
    rules: isClipped ? [{ y: Math.log10(clip), text: `clipped at ${clip}` }] : [],
    series: [{ label: '', points: logNorms }],
  });
}

/** By layer the lag at which 1% is left; where the window ends before, its edge. */
export function memoryCurves(data: InspectionData, layers: readonly number[], alt: string): Html {
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
    x: { label: 'training step', ticks: 6 },
    y: { label: 'lag at which 1% is left', ticks: 6 },
    series: courses.map(({ layer, course }) => ({ label: `layer ${layer}`, points: thin(course) })),
  });
}

/** A layer's shares (saturation, mean activation) over the training, each the mean of its timesteps. */
export function shareCourse(
  data: InspectionData,
  layer: number,
  key: 'saturation' | 'activation',
  label: string,
): Html | null {
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
    alt: `${label} of layer ${layer} over the training`,
    height: 230,
    x: { label: 'training step', ticks: 6 },
    y: {
      label: `${label}, mean over timesteps`,
      domain: [Math.min(0, ...values), Math.max(0.1, ...values)],
      ticks: 5,
      tickFormat: (share: number) => percent(share),
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
