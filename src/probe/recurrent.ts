/** recurrent: ‖Σ_n δ_t ⊗ h_{t−1}‖, what timestep t alone adds to ∂L/∂W_hh. The timesteps' matrices sum to the gradient. */
import type { Matrix } from '../base/matrix.js';
import { normOf } from '../kernels/norm.js';
import type { Network } from '../model/network.js';
import { byLayerAndTimestep } from '../bptt/probing.js';
import type { LayerProbe } from './declaration.js';
import { listed, orNulls } from './log.js';

declare module '../bptt/report.js' {
  interface LayerReport {
    /** ‖Σ_n δ_t ⊗ h_{t−1}‖ by timestep, null of a cell without W_hh; infinite (JSON: null) where float64 has no such number */
    readonly recurrent?: readonly number[] | null;
  }
}

/** Room for one timestep's, (G·H, H) or where a vector stands for W_hh (1, H); null without either. */
const shareFor = ({ kernels, gates, shape, recurrence }: Network): Matrix | null =>
  recurrence === 'none'
    ? null
    : kernels.matrix(recurrence === 'matrix' ? gates * shape.hidden : 1, shape.hidden);

/** What each timestep alone adds to W_hh's gradient. */
export const recurrent: LayerProbe = {
  name: 'recurrent',
  from: 'window',
  presets: { light: 0, full: 50 },
  log: { recurrent: orNulls.nullable() },
  figures: (report) => listed('recurrent', 'timestep', report.recurrent),

  begin(unrolled) {
    const { kernels, recurrence } = unrolled.network;
    const share = shareFor(unrolled.network);
    const norms = byLayerAndTimestep(unrolled);
    return {
      view({ layer, timestep, exponent, gradients, step }) {
        if (share === null) return;
        if (recurrence === 'matrix')
          kernels.transposedProduct(share, gradients.deltaRecurrent, step.hPrev, null);
        else kernels.sumProducts(share, gradients.deltaRecurrent, step.hPrev);
        norms[layer][timestep] = normOf(kernels, share) * 2 ** exponent;
      },
      result: () => norms.map((byTimestep) => ({ recurrent: share === null ? null : byTimestep })),
    };
  },
};
