/**
 * lag: ‖∂ℓ/∂h_{T−1−k}‖ and ‖∂ℓ/∂c_{T−1−k}‖ (Frobenius over N, H), ℓ the loss of the last timestep alone: what is
 * left of its gradient after k steps back. In logarithms, because 10⁻¹⁰⁰ is an ordinary value here.
 */
import { memoryOf } from './memory.js';
import { byLayerAndTimestep, log10Norm, type Probe } from '../bptt/probing.js';
import { normOf } from '../kernels/norm.js';

export const lag: Probe = {
  name: 'lag',
  from: 'last',
  begin(unrolled) {
    const { kernels, cell } = unrolled.network;
    const last = unrolled.timesteps - 1;
    const h: (number | null)[][] = byLayerAndTimestep(unrolled);
    const c: (number | null)[][] | null = cell.hasCellState ? byLayerAndTimestep(unrolled) : null;
    return {
      view({ layer, timestep, exponent, gradients }) {
        const k = last - timestep;
        h[layer][k] = log10Norm(normOf(kernels, gradients.dh), exponent);
        if (c) c[layer][k] = log10Norm(normOf(kernels, gradients.dc), exponent);
      },
      result: () =>
        h.map((byLag, layer) => {
          const lagLog10 = { h: byLag, c: c?.[layer] ?? null };
          return { lagLog10, memory: memoryOf(lagLog10) };
        }),
    };
  },
};
