/**
 * What the figures say: the titles of charts and the heads of sections, in a terminal and on a page alike, as values that
 * `words.inspect.findings` makes sentences of. Each is computed from what it stands above; null where that is missing.
 */
import type { LayerReport } from '../../bptt/report.js';
import { clippingOf } from './clipping.js';
import { courseOf, type InspectionData } from '../../ui/inspection.js';
import { memoryFinding, tellsReach } from './memory.js';
import type * as values from '../../words/inspect.js';

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
