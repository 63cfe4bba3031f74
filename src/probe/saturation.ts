/**
 * saturation: the share of units whose activation is on its flat part, where no gradient passes: derivative below
 * 0.05 for tanh and σ, output exactly 0 for ReLU. By activation (each gate by its name) and timestep.
 */
import type { Floats } from '../base/matrix.js';
import type { CellActivation, CellStep } from '../model/cells/cell.js';
import { byLayerAndTimestep } from '../bptt/probing.js';
import type { LayerProbe } from './declaration.js';
import { sharesView, type SharesFinding, type SharesKey } from './shares.js';
import type { LayerView } from './view.js';
import { byName, listedByName, type Logged } from './log.js';

declare module '../bptt/report.js' {
  interface LayerReport {
    /** Share of units on the flat part, by activation and timestep */
    readonly saturation?: Logged<typeof byName>;
  }
}

export const FLAT_BELOW = 0.05;

/** Flat or not, from the activation's value. */
export const isFlat: Record<CellActivation['kind'], (y: number) => boolean> = {
  tanh: (y) => 1 - y * y < FLAT_BELOW,
  sigmoid: (y) => y * (1 - y) < FLAT_BELOW,
  relu: (y) => y <= 0,
};

/** Where an activation's values (N, H) stand: row n from `start + n·stride` on. */
export const valuesOf = (
  { place }: CellActivation,
  { cache, gates, h }: CellStep,
): { readonly from: Floats; readonly stride: number; readonly start: number } =>
  place === 'cache'
    ? { from: cache.data, stride: h.cols, start: 0 }
    : { from: gates.data, stride: gates.cols, start: place * h.cols };

/** Share of the (N, H) values of one activation at one timestep that are flat. */
export function flatShare(activation: CellActivation, step: CellStep): number {
  const { rows, cols: hidden } = step.h;
  const { from, stride, start } = valuesOf(activation, step);
  const isFlatHere = isFlat[activation.kind];
  let flat = 0;
  for (let n = 0; n < rows; n++)
    for (let j = 0; j < hidden; j++) if (isFlatHere(from[n * stride + start + j])) flat++;
  return flat / (rows * hidden);
}

/** The share of units on the flat part of their activation. */
export const saturation: LayerProbe & LayerView<SharesFinding & { readonly below: number }, SharesKey> = {
  name: 'saturation',
  from: 'window',
  presets: { light: 0, full: 50 },
  log: { saturation: byName },
  figures: (report) => listedByName('saturation', report.saturation),

  shows: 'saturation',
  view: (layers, seen) => sharesView(layers, 'saturation', seen, { below: FLAT_BELOW }),

  begin(unrolled) {
    const { activations } = unrolled.network.cell;
    const shares = activations.map(() => byLayerAndTimestep(unrolled));
    return {
      view({ layer, timestep, step }) {
        activations.forEach((activation, i) => {
          shares[i][layer][timestep] = flatShare(activation, step);
        });
      },
      result: () =>
        unrolled.layers.map((_, layer) => ({
          saturation: Object.fromEntries(activations.map(({ name }, i) => [name, shares[i][layer]])),
        })),
    };
  },
};
