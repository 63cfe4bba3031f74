/** recurrent: ‖Σ_n δ_t ⊗ h_{t−1}‖, what timestep t alone adds to ∂L/∂W_hh. The timesteps' matrices sum to the gradient. */
import type { Matrix } from '../base/matrix.js';
import type { Network } from '../model/network.js';
import { byLayerAndTimestep, type Probe } from '../bptt/probing.js';

/** Room for one timestep's (G·H, H): an engine's memory is never returned, so each network gets it once. */
const shares = new WeakMap<Network, Matrix>();

function shareOf(network: Network): Matrix {
  const { kernels, gates, shape } = network;
  const share = shares.get(network) ?? kernels.matrix(gates * shape.hidden, shape.hidden);
  shares.set(network, share);
  return share;
}

export const recurrent: Probe = {
  name: 'recurrent',
  from: 'window',
  begin(unrolled) {
    const { kernels } = unrolled.network;
    const share = shareOf(unrolled.network);
    const norms = byLayerAndTimestep(unrolled);
    return {
      view({ layer, timestep, exponent, gradients, step }) {
        kernels.transposedProduct(share, gradients.deltaRecurrent, step.hPrev);
        norms[layer][timestep] = Math.sqrt(kernels.sumSquares(share)) * 2 ** exponent;
      },
      result: () => norms.map((byTimestep) => ({ recurrent: byTimestep })),
    };
  },
};
