/**
 * matrix: log10 ‖∂ℓ_s/∂h_t‖ (Frobenius over N, H) for all pairs s ≥ t of a window, ℓ_s the loss of timestep s alone: the
 * lag curve of every timestep, not of the last alone. One pass for each s. Where rows begin anew on the way it is the
 * curve of within.ts, and null beyond.
 */
import * as z from 'zod';
import { listOf } from '../base/lists.js';
import { backward } from '../bptt/backward.js';
import { log10Norm } from '../bptt/probing.js';
import type { Unrolled } from '../bptt/unrolled.js';
import { normOf } from '../kernels/norm.js';
import type { WindowProbe } from './declaration.js';
import { layerIndex, listedTriangle, triangle, type Logged } from './log.js';
import { Within } from './within.js';

/** A window's length for which the presets are made. */
const USUAL_WINDOW = 64;

const schema = z.looseObject({ layers: listOf(z.looseObject({ layer: layerIndex, log10: triangle })) });

/** log10 ‖∂ℓ_s/∂h_t‖ for all pairs of timesteps, [s][t] with t ≤ s; null is an exact 0. */
export type PairMatrix = Logged<typeof schema>;

declare module '../bptt/report.js' {
  interface Extras {
    readonly matrix?: PairMatrix;
  }
}

/** Of the window in memory, forward and loss done. */
export function pairMatrix(unrolled: Unrolled): PairMatrix {
  const { kernels } = unrolled.network;
  const layers = unrolled.layers.map((_, layer) => ({ layer, log10: [] as (number | null)[][] }));
  for (let s = 0; s < unrolled.timesteps; s++) {
    const within = Within.of(unrolled, s);
    for (const { log10 } of layers) log10.push(new Array<number>(s + 1).fill(NaN));
    backward(unrolled, {
      from: s,
      into: null,
      rescale: true,
      tap: {
        view(view) {
          const { layer, timestep, exponent, gradients } = view;
          const gone = within?.gone(view) ?? 0;
          const norm = log10Norm(normOf(kernels, gradients.dh), exponent);
          const isKnown = norm !== null && gone !== -Infinity && within?.reaches(timestep) !== false;
          layers[layer].log10[s][timestep] = isKnown ? norm + gone : null;
        },
      },
    });
  }
  return { layers };
}

/** The gradient between all pairs of timesteps. */
export const matrix: WindowProbe<'matrix'> = {
  name: 'matrix',
  from: 'text',
  presets: { light: 0, full: 250 },
  // It takes a pass for every timestep, so beside a step it costs as much more as the window is longer.
  dearer: ({ window }) => Math.max(1, Math.ceil(window / USUAL_WINDOW)),
  log: schema,

  *figures({ layers }) {
    for (const { layer, log10 } of layers) yield* listedTriangle('matrix', log10, layer);
  },

  measure: ({ unrolled }) => pairMatrix(unrolled),
};
