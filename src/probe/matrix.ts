/**
 * matrix: log10 ‖∂ℓ_s/∂h_t‖ (Frobenius over N, H) for all pairs s ≥ t of a window, ℓ_s the loss of timestep s alone: the
 * lag curve of every timestep, not of the last alone. One pass for each s.
 */
import { backward } from '../bptt/backward.js';
import { log10Norm, type Survey } from '../bptt/probing.js';
import type { PairMatrix } from '../bptt/report.js';
import type { Unrolled } from '../bptt/unrolled.js';
import { normOf } from '../kernels/norm.js';

/** Of the window in memory, forward and loss done. */
export function pairMatrix(unrolled: Unrolled): PairMatrix {
  const { kernels } = unrolled.network;
  const layers = unrolled.layers.map((_, layer) => ({ layer, log10: [] as (number | null)[][] }));
  for (let s = 0; s < unrolled.timesteps; s++) {
    for (const { log10 } of layers) log10.push(new Array<number>(s + 1).fill(NaN));
    backward(unrolled, {
      from: s,
      into: null,
      rescale: true,
      tap: {
        view({ layer, timestep, exponent, gradients }) {
          layers[layer].log10[s][timestep] = log10Norm(normOf(kernels, gradients.dh), exponent);
        },
      },
    });
  }
  return { layers };
}

/** The gradient between all pairs of timesteps. */
export const matrix: Survey<'matrix'> = {
  name: 'matrix',
  from: 'text',
  measure: ({ unrolled }) => pairMatrix(unrolled),
};
