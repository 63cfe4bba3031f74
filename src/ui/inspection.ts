/** What there is to be shown of a run or a model. Every view takes the part it draws, and does without a missing one. */
import type { Cell } from '../model/cells/cell.js';
import { findCell } from '../model/cells/index.js';
import type { WindowLoss } from '../bptt/loss.js';
import type { Extras, GradientStep, LayerReport, LayerWith } from '../bptt/report.js';
import type { ModelShape } from '../model/shape.js';
import type { History } from '../store/history.js';
import type { WindowSize } from '../text/windows.js';
import type { Source } from '../words/inspect.js';
import { isResolved } from '../probe/flags.js';

/** One window of a text, measured now. */
export interface Measured extends Extras {
  /** What the text is called. */
  readonly text: string;
  readonly window: WindowSize;
  readonly loss: WindowLoss;
  readonly layers: readonly LayerReport[];
}

/** All that a view of an inspection shows. */
export interface InspectionData {
  /** The run or the model, as it was named. */
  readonly name: string;
  readonly model: ModelShape | null;
  readonly measured: Measured | null;
  /** The run's logs; null for a model alone. */
  readonly history: History | null;
}

/** A part of a report that is there, and where it comes from. */
export interface Found<T> {
  readonly value: T;
  readonly from: Source;
}

/** Figures of the gradient: of a layer that arithmetic cannot follow they mean nothing. */
const OF_GRADIENT: ReadonlySet<keyof LayerReport> = new Set([
  ...(['total', 'totalLog10', 'lagLog10', 'recurrent', 'memory', 'split'] as const),
]);

const having = <K extends keyof LayerReport>(layers: readonly LayerReport[], key: K): LayerWith<K>[] =>
  layers.filter(
    (layer): layer is LayerWith<K> =>
      layer[key] !== undefined && (isResolved(layer) || !OF_GRADIENT.has(key)),
  );

const stepsOf = (data: InspectionData): readonly GradientStep[] => data.history?.gradients ?? [];

/** The layers that have a quantity: as measured now, or else as last logged. */
export function layersWith<K extends keyof LayerReport>(
  data: InspectionData,
  key: K,
): Found<readonly LayerWith<K>[]> | null {
  const now = having(data.measured?.layers ?? [], key);
  if (now.length > 0) return { value: now, from: null };
  const step = stepsOf(data).findLast(({ layers }) => layers.some((layer) => layer[key] !== undefined));
  return step ? { value: having(step.layers, key), from: step.step } : null;
}

/** The layers as measured now, or else as last logged with a gradient by lag; empty where there are neither. */
export const layersNow = (data: InspectionData): readonly LayerReport[] =>
  data.measured?.layers ??
  stepsOf(data).findLast(({ layers }) => layers.some(({ lagLog10 }) => lagLog10 !== undefined))?.layers ??
  [];

/** Those beside the layers that are made of gradients through the whole net. */
const THROUGH_THE_NET: ReadonlySet<keyof Extras> = new Set(['audit', 'matrix', 'listen'] as const);

/** What was measured beside the layers: now, or else as last logged; as of layers, not where it means nothing. */
export function extraOf<K extends keyof Extras>(
  data: InspectionData,
  key: K,
): Found<NonNullable<Extras[K]>> | null {
  const of = (one: (Extras & { readonly layers: readonly LayerReport[] }) | null): Extras[K] | undefined =>
    one && (one.layers.every(isResolved) || !THROUGH_THE_NET.has(key)) ? one[key] : undefined;
  const now = of(data.measured);
  if (now) return { value: now, from: null };
  const step = stepsOf(data).findLast((one) => one[key] !== undefined);
  const logged = step && of(step);
  return logged ? { value: logged, from: step.step } : null;
}

/** What a logged quantity of one layer was, step by step, where it was logged. */
export function courseOf<K extends keyof LayerReport>(
  data: InspectionData,
  layer: number,
  key: K,
): { readonly step: number; readonly report: LayerWith<K> }[] {
  return stepsOf(data).flatMap(({ step, layers }) =>
    having(layers, key)
      .filter((report) => report.layer === layer)
      .map((report) => ({ step, report })),
  );
}

/** The layers that a run has ever logged a quantity of. */
export const loggedLayers = (data: InspectionData, key: keyof LayerReport): number[] =>
  [
    ...new Set(
      stepsOf(data).flatMap(({ layers }) =>
        layers.filter((layer) => layer[key] !== undefined).map(({ layer }) => layer),
      ),
    ),
  ].sort((a, b) => a - b);

/** The kind of cell; null where it is none of those there are. */
export const cellIn = ({ model, history }: InspectionData): Cell | null =>
  findCell(String(model?.cell ?? history?.info.options['cell']));
