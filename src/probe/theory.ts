/**
 * theory: what is known of a layer's recurrence without sending a loss back.
 *   σ₁ and the spectral radius of W_hh, by gate block
 *   the bound ‖∂h_{t−1}‖ ≤ σ₁·γ·‖∂h_t‖ of a vanilla cell, γ = max φ′ (Pascanu et al. 2013). A theorem for the top layer;
 *   below it gradient arrives from above as well.
 *   Lyapunov exponents along the window's first row
 * All of it in float64.
 */
import * as z from 'zod';
import { listOf } from '../base/lists.js';
import { log10 } from '../base/elementary.js';
import { isGated, recurrentBlocks } from '../model/cells/cell.js';
import type { CellActivation } from '../model/cells/cell.js';
import type { Network } from '../model/network.js';
import { inFloat64 } from '../model/float64.js';
import type { LayerProbe } from './declaration.js';
import { number, numbers, type Logged } from './log.js';
import { lyapunovOf, type Lyapunov } from './lyapunov.js';
import { largestSingularValue, spectralRadius } from './spectra.js';

const schema = z.looseObject({
  /** W_hh by gate (one block, named after the activation, for a vanilla cell); null: a cell without W_hh. */
  blocks: listOf(z.looseObject({ name: z.string(), sigma1: number, spectralRadius: number })).nullable(),
  /** log10(σ₁·γ): the bound's slope by lag; null for gated cells. */
  boundLog10: number.nullable(),
  /** The bound is a theorem here: the top layer of a vanilla net. */
  isTheorem: z.boolean(),
  /** Largest Lyapunov exponents along the text, nats a timestep, in descending order. */
  lyapunov: numbers,
  /**
   * The largest exponent over the earlier half of the window less that over the later half: how far it is from converged.
   * null where no direction is left. Absent in logs of earlier versions.
   */
  lyapunovDrift: number.nullable().optional(),
});

/** What theory says of a layer's recurrence, to be set beside what was measured. */
export type Theory = Logged<typeof schema>;

declare module '../bptt/report.js' {
  interface LayerReport {
    readonly theory?: Theory;
  }
}

/** γ, the largest derivative of each activation. */
export const STEEPEST: Readonly<Record<CellActivation['kind'], number>> = { tanh: 1, relu: 1, sigmoid: 0.25 };

function theoryOf(
  { kernels, cell, recurrence, shape, parameters }: Network,
  layer: number,
  lyapunov: Lyapunov,
): Theory {
  const { hidden: H, layers } = shape;
  const { weightHh } = parameters.layers[layer];
  const parts = recurrentBlocks(cell);
  const blocks = parts.map(({ name }, place) => {
    if (recurrence === 'vector') {
      // diag(u): its singular values and the sizes of its eigenvalues are |u|.
      const largest = Array.from(weightHh.data, Math.abs).reduce((a, b) => Math.max(a, b), 0);
      return { name, sigma1: largest, spectralRadius: largest };
    }
    const { data } = weightHh.rowRange(place * H, H);
    return {
      name,
      sigma1: largestSingularValue(kernels, data, H),
      spectralRadius: spectralRadius(kernels, data, H),
    };
  });
  // What a cell does that declares no activation, or has other ways back, W_hh alone does not bound.
  const into = isGated(cell) || parts.length !== 1 ? null : parts[0].into;
  const bound = into === null ? 0 : blocks[0].sigma1 * STEEPEST[into.kind];
  return {
    blocks: recurrence === 'none' ? null : blocks,
    boundLog10: bound > 0 ? log10(bound) : null,
    isTheorem: bound > 0 && layer === layers - 1,
    lyapunov: lyapunov.exponents,
    lyapunovDrift: lyapunov.drift,
  };
}

/** Singular values, spectral radius and Lyapunov exponent of W_hh. */
export const theory: LayerProbe = {
  name: 'theory',
  from: 'own',
  presets: { light: 0, full: 500 },
  log: { theory: schema },

  *figures({ theory: found }) {
    if (!found) return;
    for (const { name, sigma1, spectralRadius } of found.blocks ?? []) {
      yield { quantity: 'theory.sigma1', value: sigma1, state: name };
      yield { quantity: 'theory.spectralRadius', value: spectralRadius, state: name };
    }
    const { boundLog10, lyapunovDrift = null } = found;
    if (boundLog10 !== null) yield { quantity: 'theory.boundLog10', value: boundLog10 };
    if (lyapunovDrift !== null) yield { quantity: 'theory.lyapunovDrift', value: lyapunovDrift };
    for (const [i, value] of found.lyapunov.entries())
      yield { quantity: 'theory.lyapunov', value, state: String(i + 1) };
  },

  begin: (unrolled) => ({
    view: () => undefined,
    result: () => {
      // In float64 also where the window is float32: one exponent among others is soon below float32's rounding.
      const network = inFloat64(unrolled.network);
      return lyapunovOf(network, unrolled).map((lyapunov, layer) => ({
        theory: theoryOf(network, layer, lyapunov),
      }));
    },
  }),
};
