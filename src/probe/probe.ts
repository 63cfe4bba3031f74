/** A probe is a kind of measurement; one window's worth of it is a tap with a result. */
import type { Tap, TapView } from '../bptt/tap.js';
import type { Unrolled } from '../bptt/unrolled.js';
import type { LayerReport } from './report.js';

export interface Measurement extends Tap {
  /** By layer, from 0: what was seen since the measurement began. */
  result(): Partial<LayerReport>[];
}

export interface Probe {
  readonly name: string;
  /** The loss whose gradient it wants; 'last' costs a pass of its own. */
  readonly from: 'window' | 'last';
  begin(unrolled: Unrolled): Measurement;
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
export function combine(layers: number, measurements: readonly Measurement[]): LayerReport[] {
  const results = measurements.map((measurement) => measurement.result());
  return Array.from({ length: layers }, (_, layer) =>
    Object.assign({ layer }, ...results.map((byLayer) => byLayer[layer])) as LayerReport,
  );
}

/** A table by layer and timestep, filled with a value that a complete pass leaves nowhere. */
export const byLayerAndTimestep = (unrolled: Unrolled): number[][] =>
  unrolled.layers.map(() => new Array<number>(unrolled.timesteps).fill(NaN));
