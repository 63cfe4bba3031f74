/**
 * total: ‖∂L/∂h_t‖ and ‖∂L/∂c_t‖ (Frobenius over N, H), L the loss of the whole window.
 * Every timestep has a loss of its own, so this curve does not fall however much is lost on the way: see lag. In logarithms
 * too, since what explodes leaves the numbers there are.
 */
import { byLayerAndTimestep, log10Norm } from '../bptt/probing.js';
import { normOf } from '../kernels/norm.js';
import type { LayerProbe } from './declaration.js';
import { byState, listedByState, type ByState, type Logged } from './log.js';

declare module '../bptt/report.js' {
  interface LayerReport {
    /** ‖∂L/∂h_t‖ and ‖∂L/∂c_t‖ by timestep; infinite (JSON: null) where float64 has no such number */
    readonly total?: ByState<number>;
    /** The same as log10; null is an exact 0. Absent in logs of earlier versions. */
    readonly totalLog10?: Logged<typeof byState>;
  }
}

/** ‖∂L/∂h_t‖ and ‖∂L/∂c_t‖ of the whole window's loss, by timestep. */
export const total: LayerProbe = {
  name: 'total',
  from: 'window',
  presets: { light: 10, full: 10 },
  log: { total: byState, totalLog10: byState },

  *figures({ total, totalLog10 }) {
    yield* listedByState('total', 'timestep', total);
    yield* listedByState('totalLog10', 'timestep', totalLog10);
  },

  begin(unrolled) {
    const { kernels, cell } = unrolled.network;
    const states = cell.hasCellState ? (['h', 'c'] as const) : (['h'] as const);
    const norms = states.map(() => byLayerAndTimestep(unrolled));
    const logs: (number | null)[][][] = states.map(() => byLayerAndTimestep(unrolled));
    return {
      view({ layer, timestep, exponent, gradients }) {
        states.forEach((state, i) => {
          const norm = normOf(kernels, state === 'h' ? gradients.dh : gradients.dc);
          norms[i][layer][timestep] = norm * 2 ** exponent;
          logs[i][layer][timestep] = log10Norm(norm, exponent);
        });
      },
      result: () =>
        unrolled.layers.map((_, layer) => ({
          total: { h: norms[0][layer], c: norms.at(1)?.[layer] ?? null },
          totalLog10: { h: logs[0][layer], c: logs.at(1)?.[layer] ?? null },
        })),
    };
  },
};
