/**
 * total: ‖∂L/∂h_t‖ and ‖∂L/∂c_t‖ (Frobenius over N, H), L the loss of the whole window.
 * Every timestep has a loss of its own, so this curve stays flat however much is lost on the way: see lag.
 */
import { byLayerAndTimestep, type Probe } from '../bptt/probing.js';

export const total: Probe = {
  name: 'total',
  from: 'window',
  begin(unrolled) {
    const { kernels, cell } = unrolled.network;
    const h = byLayerAndTimestep(unrolled);
    const c = cell.hasCellState ? byLayerAndTimestep(unrolled) : null;
    return {
      view({ layer, timestep, exponent, gradients }) {
        const scale = 2 ** exponent;
        h[layer][timestep] = Math.sqrt(kernels.sumSquares(gradients.dh)) * scale;
        if (c) c[layer][timestep] = Math.sqrt(kernels.sumSquares(gradients.dc)) * scale;
      },
      result: () => h.map((byTimestep, layer) => ({ total: { h: byTimestep, c: c?.[layer] ?? null } })),
    };
  },
};
