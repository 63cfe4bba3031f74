/**
 * What the figures say: the titles of charts and the heads of sections, in a terminal and on a page alike, as values that
 * `words.inspect.findings` makes sentences of. Each is computed from what it stands above; null where that is missing.
 */
import type { LayerReport } from '../../bptt/report.js';
import { THIN_AT } from '../../probe/memory.js';
import { clippingOf } from './clipping.js';
import { hasGrown, leftAtEnd, totalLog10Of } from '../../ui/curve.js';
import { courseOf, extraOf, layersNow, layersWith, type InspectionData } from '../../ui/inspection.js';
import { memoryFinding, tellsReach } from './memory.js';
import type * as values from '../../words/inspect.js';
import { mean, numbersOf } from '../../words/numbers.js';

export const timestepsOf = (layers: readonly LayerReport[]): number =>
  layers.find(({ lagLog10 }) => lagLog10)?.lagLog10?.h.length ?? 0;

/** Each layer's memory, one finding each. @param all see `headline` */
export function memoryFindings(
  layers: readonly LayerReport[],
  all: number = layers.length,
): values.MemoryFinding[] {
  const timesteps = timestepsOf(layers);
  return layers.flatMap((layer) => memoryFinding(layer, all, timesteps) ?? []);
}

/** Most that the total may vary along the window and still count as level: a factor of ten. */
export const LEVEL_FACTOR = 10;

/** What the total gradient shows beside the lag curve; null where there is nothing to compare. */
export function totalFinding(data: InspectionData): values.TotalFinding | null {
  const totals = layersWith(data, 'total');
  const lags = layersWith(data, 'lagLog10');
  if (!totals || !lags) return null;
  // The layer that loses most shows it best.
  const report = [...lags.value].sort((a, b) => (leftAtEnd(a) ?? -Infinity) - (leftAtEnd(b) ?? -Infinity))[0];
  const found = totals.value.find((one) => one.layer === report.layer);
  const curve = found ? totalLog10Of(found) : [];
  const numbers = numbersOf(curve);
  // Of one timestep there is nothing to compare; with an exact 0 among them, or no number, there is no factor.
  if (curve.length < 2 || numbers.length < curve.length || report.memory?.verdict === 'not-finite')
    return null;
  const range = numbers.reduce((a, b) => Math.max(a, b)) - numbers.reduce((a, b) => Math.min(a, b));
  if (!Number.isFinite(range)) return null;
  const log10 = leftAtEnd(report);
  const layer = layersNow(data).length === 1 ? null : report.layer;
  const left = { log10, hasGrown: hasGrown(log10) };
  if (range <= Math.log10(LEVEL_FACTOR))
    return { layer, how: { is: 'level', decades: range }, hides: log10 === null || log10 <= THIN_AT, left };
  const change = numbers[0] - numbers[numbers.length - 1];
  const is = Math.abs(change) < 1 ? 'varies' : change > 0 ? 'grows' : 'falls';
  return { layer, how: { is, decades: is === 'varies' ? range : Math.abs(change) }, hides: false, left };
}

/** Where the lag at which 1% is left went in training. */
export function courseFinding(data: InspectionData, layer: number): values.CourseFinding | null {
  const course = courseOf(data, layer, 'memory');
  if (course.length < 2) return null;
  const [first, last] = [course[0], course[course.length - 1]];
  // Where a gradient was no number, or grew, no lag tells how far it reached.
  if ([first, last].some(({ report }) => !tellsReach(report.memory))) return null;
  const at = ({ step, report }: typeof first) => ({ step, lag: report.memory.lag1pct });
  return {
    ...{ layer, from: at(first), to: at(last) },
    timesteps: first.report.lagLog10?.h.length ?? null,
  };
}

export function clippingFinding(data: InspectionData): values.ClippingFinding | null {
  const updates = data.history?.updates ?? [];
  if (updates.length === 0) return null;
  const { clip, clipMode } = data.history?.info.options ?? {};
  return {
    ...clippingOf(updates),
    mode: clipMode === 'none' || clipMode === 'value' ? clipMode : 'norm',
    limit: clip === undefined ? null : JSON.stringify(clip),
  };
}

export function updatesFinding(data: InspectionData): values.UpdatesFinding | null {
  const updates = extraOf(data, 'updates');
  const ratios = Object.entries(updates?.value ?? {}).sort(([, a], [, b]) => a - b);
  if (!updates || ratios.length === 0) return null;
  return { from: updates.from, least: ratios[0], most: ratios[ratios.length - 1] };
}

export function matrixFinding(data: InspectionData, layer: number): values.MatrixFinding | null {
  const matrix = extraOf(data, 'matrix');
  const found = matrix?.value.layers.find((one) => one.layer === layer);
  if (!matrix || !found) return null;
  // How much of the step from lag 0 is left at lag 8 (or the longest there is), whichever loss it starts from.
  const last = found.log10.length - 1;
  const lag = Math.min(8, last);
  const kept = found.log10.flatMap((row, s) => {
    const [start, there] = [row.at(s), s >= lag ? row.at(s - lag) : undefined];
    return typeof start === 'number' && typeof there === 'number' ? [there - start] : [];
  });
  if (lag < 1 || kept.length === 0) return null;
  const [least, most] = [kept.reduce((a, b) => Math.min(a, b)), kept.reduce((a, b) => Math.max(a, b))];
  return { layer, lag, least, most };
}

export function listenFinding(data: InspectionData): values.ListenFinding | null {
  const listen = extraOf(data, 'listen');
  if (!listen) return null;
  // How far back one has to go for 1% of the strongest influence, on average over the predictions.
  const reaches = listen.value.log10.flatMap((row, s) => {
    const known = numbersOf(row);
    if (known.length === 0) return [];
    const level = known.reduce((a, b) => Math.max(a, b)) - 2;
    const first = row.findIndex((value) => value !== null && value >= level);
    return [s - first];
  });
  if (reaches.length === 0) return null;
  return { mean: mean(reaches), most: reaches.reduce((a, b) => Math.max(a, b)) };
}
