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
import { isGated, recurrentBlocks, type CellActivation } from '../model/cells/cell.js';
import type { Network } from '../model/network.js';
import { inFloat64 } from '../model/float64.js';
import type { LayerReport } from '../bptt/report.js';
import { tailShape } from './curve.js';
import type { LayerProbe } from './declaration.js';
import { isResolved } from './flags.js';
import { number, numbers, type Logged } from './log.js';
import { lyapunovOf, type Lyapunov } from './lyapunov.js';
import { THIN_AT } from './memory.js';
import { largestSingularValue, spectralRadius } from './spectra.js';
import { fittedFrom } from './tail.js';
import { recurrentOf, type LayerView } from './view.js';

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

export interface TheoryFinding {
  readonly layer: number;
  readonly says:
    /** A cell without W_hh. */
    | { readonly is: 'none' }
    | { readonly is: 'gated'; readonly sigma1: number }
    | { readonly is: 'free'; readonly value: number }
    | {
        readonly is: 'bounded';
        readonly value: number;
        readonly isTheorem: boolean;
        readonly steps: number;
        /** log10 of what these steps can keep. */
        readonly left: number;
        readonly mustVanish: boolean;
      };
  readonly lyapunov: {
    readonly nats: number;
    /** By so many nats the window's halves differ; null where it has settled. */
    readonly unsettled: number | null;
    readonly timesteps: number;
  } | null;
  /** Measured: what a step of the tail keeps. */
  readonly kept: { readonly fromLag: number; readonly share: number } | null;
}
type Key = 'layer' | 'block' | 'sigma1' | 'radius';

/** log10 below which σ₁γ counts as below 1: it is measured to some nine digits. */
const BELOW_1 = -1e-6;
/** The halves of the window disagree by more than half of λ₁: it is not settled. */
const UNSETTLED = 0.5;

/** Singular values, spectral radius and Lyapunov exponent of W_hh. */
export const theory: LayerProbe & LayerView<TheoryFinding, Key, { readonly recurrent: string }> = {
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

  shows: 'theory',
  view(layers, seen) {
    const known = layers.flatMap((report) => (report.theory ? [{ ...report, theory: report.theory }] : []));
    const rows = known.flatMap(({ layer, theory: { blocks } }) =>
      (blocks ?? []).map(({ name, sigma1, spectralRadius }) => [{ layer }, name, sigma1, spectralRadius]),
    );
    return {
      about: { recurrent: recurrentOf(seen) },
      said: known.map((report) => ({
        layer: report.layer,
        says: boundOf(report.theory, seen.timesteps),
        lyapunov: exponentOf(report.theory, seen.timesteps),
        kept: keptByStep(report, seen.timesteps),
      })),
      ...(rows.length > 0 && { table: { columns: ['layer', 'block', 'sigma1', 'radius'] as const, rows } }),
      pictures: [],
    };
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

/** That a step can keep 95% at most says little of what a window must lose: 0.95⁶³ is 4%. */
function boundOf({ boundLog10, isTheorem, blocks }: Theory, timesteps: number): TheoryFinding['says'] {
  if (blocks === null) return { is: 'none' };
  if (boundLog10 === null) return { is: 'gated', sigma1: Math.max(...blocks.map(({ sigma1 }) => sigma1)) };
  const value = 10 ** boundLog10;
  if (boundLog10 >= BELOW_1) return { is: 'free', value };
  const steps = Math.max(0, timesteps - 1);
  const left = boundLog10 * steps;
  return { is: 'bounded', value, isTheorem, steps, left, mustVanish: left <= THIN_AT };
}

function exponentOf(
  { lyapunov, lyapunovDrift = null }: Theory,
  timesteps: number,
): TheoryFinding['lyapunov'] {
  const nats = lyapunov.at(0);
  if (nats === undefined || !Number.isFinite(nats)) return null;
  const drift = lyapunovDrift === null ? 0 : Math.abs(lyapunovDrift);
  return { nats, unsettled: drift > UNSETTLED * Math.abs(nats) ? drift : null, timesteps };
}

/** Only of a tail that is a line: falling, rising or level. */
function keptByStep(layer: LayerReport, timesteps: number): TheoryFinding['kept'] {
  const { memory } = layer;
  if (!memory?.tail || !isResolved(layer)) return null;
  const shape = tailShape({ ...layer, memory }, timesteps);
  if (shape !== 'falling' && shape !== 'rising' && shape !== 'level') return null;
  return { fromLag: fittedFrom(timesteps), share: 10 ** memory.tail.decadesPerStep };
}
