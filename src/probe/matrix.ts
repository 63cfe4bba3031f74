/**
 * matrix: log10 ‖∂ℓ_s/∂h_t‖ (Frobenius over N, H) for all pairs s ≥ t of a window, ℓ_s the loss of timestep s alone: the
 * lag curve of every timestep, not of the last alone. One pass for each s. Where rows begin anew on the way it is the
 * curve of within.ts, and null beyond.
 */
import * as z from 'zod';
import { listOf } from '../base/lists.js';
import { leastOf, mostOf } from '../base/figures.js';
import { backward } from '../bptt/backward.js';
import { log10Norm } from '../bptt/probing.js';
import type { Unrolled } from '../bptt/unrolled.js';
import { normOf } from '../kernels/norm.js';
import type { WindowProbe } from './declaration.js';
import { layerIndex, listedTriangle, triangle, type Logged } from './log.js';
import type { WindowView } from './view.js';
import { Within } from './within.js';

/** A window's length for which the presets are made. */
const USUAL_WINDOW = 64;

const schema = z.looseObject({ layers: listOf(z.looseObject({ layer: layerIndex, log10: triangle })) });

/** log10 ‖∂ℓ_s/∂h_t‖ for all pairs of timesteps, [s][t] with t ≤ s; null is an exact 0. */
export type PairMatrix = Logged<typeof schema>;

declare module '../bptt/report.js' {
  interface Extras {
    readonly matrix?: PairMatrix;
  }
}

/** Of the window in memory, forward and loss done. */
export function pairMatrix(unrolled: Unrolled): PairMatrix {
  const { kernels } = unrolled.network;
  const layers = unrolled.layers.map((_, layer) => ({ layer, log10: [] as (number | null)[][] }));
  for (let s = 0; s < unrolled.timesteps; s++) {
    const within = Within.of(unrolled, s);
    for (const { log10 } of layers) log10.push(new Array<number>(s + 1).fill(NaN));
    backward(unrolled, {
      from: s,
      into: null,
      rescale: true,
      tap: {
        view(view) {
          const { layer, timestep, exponent, gradients } = view;
          const gone = within?.gone(view) ?? 0;
          const norm = log10Norm(normOf(kernels, gradients.dh), exponent);
          const isKnown = norm !== null && gone !== -Infinity && within?.reaches(timestep) !== false;
          layers[layer].log10[s][timestep] = isKnown ? norm + gone : null;
        },
      },
    });
  }
  return { layers };
}

/** How much of a loss's gradient is left at `lag`, in log10, over the window. */
export interface MatrixFinding {
  readonly layer: number;
  readonly lag: number;
  readonly least: number;
  readonly most: number;
}
type Key = 'state' | 'loss';

/** The lag that is told of, or the longest there is. */
const TOLD_LAG = 8;

/** The gradient between all pairs of timesteps. */
export const matrix: WindowProbe<'matrix'> & WindowView<'matrix', MatrixFinding, Key> = {
  name: 'matrix',
  from: 'text',
  presets: { light: 0, full: 250 },
  // It takes a pass for every timestep, so beside a step it costs as much more as the window is longer.
  dearer: ({ window }) => Math.max(1, Math.ceil(window / USUAL_WINDOW)),
  log: schema,

  *figures({ layers }) {
    for (const { layer, log10 } of layers) yield* listedTriangle('matrix', log10, layer);
  },

  view({ layers }) {
    const pictures = layers.map(({ layer, log10 }) => {
      const rows = log10.map((row, s) =>
        row.map((value) => (value === null ? null : value - (row.at(s) ?? 0))),
      );
      const [x, y] = [
        { label: 'state', figures: 'count' } as const,
        { label: 'loss', figures: 'count' } as const,
      ];
      const charts = [{ is: 'triangle' as const, x, y, rows }];
      return { title: findingOf(layer, log10) ?? { of: layer }, charts };
    });
    return { about: null, said: [], pictures };
  },

  measure: ({ unrolled }) => pairMatrix(unrolled),
};

/** How much of the step from lag 0 is left, whichever loss it starts from; null where nothing is known of that. */
function findingOf(layer: number, log10: PairMatrix['layers'][number]['log10']): MatrixFinding | null {
  const lag = Math.min(TOLD_LAG, log10.length - 1);
  const kept = log10.flatMap((row, s) => {
    const [start, there] = [row.at(s), s >= lag ? row.at(s - lag) : undefined];
    return typeof start === 'number' && typeof there === 'number' ? [there - start] : [];
  });
  return lag < 1 || kept.length === 0 ? null : { layer, lag, least: leastOf(kept), most: mostOf(kept) };
}
