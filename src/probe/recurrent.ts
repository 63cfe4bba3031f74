/** recurrent: ‖Σ_n δ_t ⊗ h_{t−1}‖, what timestep t alone adds to ∂L/∂W_hh. The timesteps' matrices sum to the gradient. */
import type { Matrix } from '../base/matrix.js';
import { normOf } from '../kernels/norm.js';
import type { Network } from '../model/network.js';
import { byLayerAndTimestep } from '../bptt/probing.js';
import { leastOf, mostOf } from '../base/figures.js';
import type { LayerProbe } from './declaration.js';
import { listed, orNulls } from './log.js';
import { pointsOf, recurrentOf, type LayerView } from './view.js';

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

export interface RecurrentFinding {
  readonly layer: number;
  readonly recurrent: string;
  /** By so many the timestep that adds most exceeds the one that adds least. */
  readonly decades: number;
}
type Key = 'timestep' | 'norm';

/** What each timestep alone adds to W_hh's gradient. */
export const recurrent: LayerProbe & LayerView<RecurrentFinding, Key, Pick<RecurrentFinding, 'recurrent'>> = {
  name: 'recurrent',
  from: 'window',
  presets: { light: 0, full: 50 },
  log: { recurrent: orNulls.nullable() },
  figures: (report) => listed('recurrent', 'timestep', report.recurrent),

  shows: 'recurrent',
  view(layers, seen) {
    const about = { recurrent: recurrentOf(seen) };
    const pictures = layers.flatMap(({ layer, recurrent: norms }) => {
      // From a state of zero the first timestep adds nothing.
      const logs = (norms ?? []).map((norm) => (norm > 0 && norm < Infinity ? Math.log10(norm) : null));
      const told = logs.filter((norm) => norm !== null);
      if (told.length < 2) return [];
      const charts = [
        {
          ...{ is: 'curves' as const, curves: [{ label: { name: '' }, points: pointsOf(logs, 1) }] },
          ...{ x: { label: 'timestep' } as const, y: { label: 'norm', scale: 'log10' } as const },
        },
      ];
      return [{ title: { ...about, layer, decades: mostOf(told) - leastOf(told) }, charts }];
    });
    return pictures.length === 0 ? null : { about, said: [], pictures };
  },

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
