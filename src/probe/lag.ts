/**
 * lag: ‖∂ℓ/∂h_{T−1−k}‖ and ‖∂ℓ/∂c_{T−1−k}‖ (Frobenius over N, H), ℓ the loss of the last timestep alone: what is
 * left of its gradient after k steps back. In logarithms, because 10⁻¹⁰⁰ is an ordinary value here. Where rows begin anew on
 * the way, as records do, within.ts says what is counted.
 */
import { byLayerAndTimestep, log10Norm } from '../bptt/probing.js';
import { normOf } from '../kernels/norm.js';
import type { LayerProbe } from './declaration.js';
import { flags, type Flag } from './flags.js';
import { byState, lagOrNull, listed, listedByState, numbers, type Logged } from './log.js';
import { finiteOf, memoryFigures, memoryOf, memorySchema, type Memory } from './memory.js';
import { rowNorms } from './row-norms.js';
import { flatShare } from './saturation.js';
import { mean } from '../base/figures.js';
import { Within } from './within.js';

declare module '../bptt/report.js' {
  interface LayerReport {
    /** log10 of ‖∂ℓ/∂h_{T−1−k}‖ and of c by lag k; null is an exact 0 */
    readonly lagLog10?: Logged<typeof byState>;
    /**
     * Where rows begin anew within the window, as records do: by lag k, the rows that have read on for so long. Each step of
     * `lagLog10` and `split` counts in those rows alone, and the curve ends where they are too few. Absent elsewhere.
     */
    readonly lagRows?: readonly number[];
    readonly memory?: Memory;
    /** What the figures of this layer cannot be trusted for; absent where there is nothing. */
    readonly flags?: readonly Flag[];
    /** Of float32: the first lag whose figure may be wrong by 1% or more through lost digits; null for none. */
    readonly digitsFromLag?: number | null;
  }
}

/** ‖∂ℓ/∂h‖ and ‖∂ℓ/∂c‖ of the last timestep's loss, by lag. */
export const lag: LayerProbe = {
  name: 'lag',
  from: 'last',
  presets: { light: 50, full: 50 },
  log: { lagLog10: byState, lagRows: numbers, memory: memorySchema, flags, digitsFromLag: lagOrNull },

  *figures({ lagLog10, lagRows, memory }) {
    yield* listedByState('lagLog10', 'lag', lagLog10);
    yield* listed('lagRows', 'lag', lagRows);
    if (memory) yield* memoryFigures(memory);
  },

  begin(unrolled) {
    const { kernels, cell } = unrolled.network;
    const last = unrolled.timesteps - 1;
    const within = Within.of(unrolled);
    const lags = within?.lags ?? unrolled.timesteps;
    const plus = (log10: number | null, gone: number): number | null =>
      log10 === null || gone === -Infinity ? null : log10 + gone;
    const h: (number | null)[][] = byLayerAndTimestep(unrolled);
    const c: (number | null)[][] | null = cell.states.includes('c') ? byLayerAndTimestep(unrolled) : null;
    // What memory wants to know beside: the norms row by row, and of ReLU how many units are at 0.
    const rows: (number | null)[][][] = unrolled.layers.map(() =>
      Array.from({ length: unrolled.options.rows }, () => []),
    );
    const relu = cell.activations.find(({ kind }) => kind === 'relu') ?? null;
    const atZero = byLayerAndTimestep(unrolled);
    return {
      view(view) {
        const { layer, timestep, exponent, gradients } = view;
        const k = last - timestep;
        const gone = within?.gone(view) ?? 0;
        h[layer][k] = plus(log10Norm(normOf(kernels, gradients.dh), exponent), gone);
        if (c) c[layer][k] = plus(log10Norm(normOf(kernels, gradients.dc), exponent), gone);
        rowNorms(view).forEach((norm, n) => (rows[layer][n][k] = norm));
        if (relu) atZero[layer][k] = flatShare(relu, view.step);
      },
      result: () =>
        h.map((byLag, layer) => {
          const lagLog10 = { h: byLag.slice(0, lags), c: c?.[layer].slice(0, lags) ?? null };
          const alone = rows[layer].map((row) => row.slice(0, lags));
          const beside = { rows: alone, atZero: relu && mean(atZero[layer]) };
          return {
            lagLog10: finiteOf(lagLog10),
            ...(within && { lagRows: within.rows }),
            memory: memoryOf(lagLog10, beside),
          };
        }),
    };
  },
};
