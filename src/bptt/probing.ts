/**
 * A probe is a kind of measurement; one window's worth of it is a tap with a result. The probes themselves are in
 * probe/; here is what they have in common, and the pass that serves them.
 */
import { scoped } from '../kernels/scoped.js';
import { log10 } from '../base/elementary.js';
import type { Network } from '../model/network.js';
import type { Parameters } from '../model/parameters.js';
import type { Symbols } from '../text/symbols.js';
import { backward } from './backward.js';
import type { Extras, LayerReport } from './report.js';
import type { Tap, TapView } from './tap.js';
import type { Unrolled } from './unrolled.js';

/** One window's worth of a probe: a tap that has a result. */
export interface Measurement<Result extends object = Partial<LayerReport>> extends Tap {
  /** By layer, from 0: what was seen since the measurement began. */
  result(): Result[];
}

/**
 * A kind of measurement, which can be begun on any window.
 * @template Result what it adds to the report of a layer; a probe of one's own has names of its own for it
 */
export interface Probe<Result extends object = Partial<LayerReport>> {
  readonly name: string;
  /**
   * The loss whose gradient it wants to see; 'last' costs a pass of its own. 'own': it sees none, and makes the passes it
   * needs itself when it is asked for its result.
   */
  readonly from: 'window' | 'last' | 'own';
  /** Begins to measure a window, which has gone forward. What it allocates is given back after the result. */
  begin(unrolled: Unrolled): Measurement<Result>;
}

/** Where a survey measures: the window in memory, and the text that it is from. */
export interface Site {
  /** Forward and loss done, and the window's own gradient no longer needed. */
  readonly unrolled: Unrolled;
  /** Ids of the text trained on, and of the text held out, which may be empty. */
  readonly training: Symbols;
  readonly validation: Symbols;
  /** What the ids stand for. */
  readonly symbols: readonly string[];
  /** Updates made before. */
  readonly step: number;
  /** Characters of a passage that is read by itself, at most [64]. */
  readonly passage?: number;
}

/** A measurement with passes of its own, reported beside the layers; null where there is nothing to be measured. */
export interface Survey<Name extends keyof Extras = keyof Extras> {
  readonly name: Name;
  readonly from: 'text';
  /** @returns null where there is nothing to be measured */
  measure(site: Site): NonNullable<Extras[Name]> | null;
}

/** Looks at the weights before and after an update. */
export interface UpdateProbe<Name extends keyof Extras = keyof Extras> {
  readonly name: Name;
  readonly from: 'update';
  /** To be called before the update; what it returns, after it. */
  begin(network: Network): () => NonNullable<Extras[Name]>;
}

/** One tap that hands every view to each of several. */
export const tee = (taps: readonly Tap[]): Tap | null =>
  taps.length === 0
    ? null
    : {
        view(view: TapView): void {
          for (const tap of taps) tap.view(view);
        },
      };

/** Several measurements of one window as one report by layer. */
export function combine<Result extends object = object>(
  layers: number,
  measurements: readonly Measurement<Result>[],
): (LayerReport & Result)[] {
  const results = measurements.map((measurement) => measurement.result());
  return Array.from(
    { length: layers },
    (_, layer) =>
      Object.assign({ layer }, ...results.map((byLayer) => byLayer[layer])) as LayerReport & Result,
  );
}

/** log10 of a norm that was measured as `norm` · 2^exponent; null for an exact 0. */
export const log10Norm = (norm: number, exponent: number): number | null =>
  norm === 0 ? null : log10(norm) + exponent * Math.LOG10E * Math.LN2;

/** A table by layer and timestep, filled with a value that a complete pass leaves nowhere. */
export const byLayerAndTimestep = (unrolled: Unrolled): number[][] =>
  unrolled.layers.map(() => new Array<number>(unrolled.timesteps).fill(NaN));

/**
 * Sends the window's loss back (into `gradients`, where given), and the last timestep's after it where a probe asks.
 * `forward` and `loss` must have been called. Without probes this is the bare backward pass. Without `gradients`, when
 * nothing is trained, both passes rescale, so that what grows is measured like what shrinks.
 * @returns a report by layer, or null where there are no probes
 */
export function backwardWithProbes<Result extends object>(
  unrolled: Unrolled,
  gradients: Parameters | null,
  probes: readonly Probe<Result>[],
): (LayerReport & Result)[] | null {
  return scoped(unrolled.network.kernels, () => probed(unrolled, gradients, probes));
}

function probed<Result extends object>(
  unrolled: Unrolled,
  gradients: Parameters | null,
  probes: readonly Probe<Result>[],
): (LayerReport & Result)[] | null {
  const begun = probes.map((probe) => ({ probe, measurement: probe.begin(unrolled) }));
  const tapFor = (from: Probe['from']) =>
    tee(begun.filter(({ probe }) => probe.from === from).map(({ measurement }) => measurement));

  const window = tapFor('window');
  if (gradients !== null || window !== null)
    backward(unrolled, { from: 'window', into: gradients, rescale: gradients === null, tap: window });
  const last = tapFor('last');
  if (last !== null) backward(unrolled, { from: 'last', into: null, rescale: true, tap: last });

  if (probes.length === 0) return null;
  return combine(
    unrolled.layers.length,
    begun.map(({ measurement }) => measurement),
  );
}
