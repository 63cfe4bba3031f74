/**
 * audit: what a window of T timesteps discards. On a window of 4T, the share of ∂ℓ/∂(rnn.*) that comes from lag k and
 * beyond: ‖Σ_{lag ≥ k} δ_t ⊗ (x_t, h_{t−1}, 1)‖ / ‖Σ_{all}‖, for k on a logarithmic grid with T on it. A window of k
 * timesteps that is carried on gives exactly the lags below k.
 *
 * The parts are summed from the earliest timestep on, so that a small far part is not the difference of two large ones.
 */
import * as z from 'zod';
import { listOf } from '../base/lists.js';
import { exp10, log10 } from '../base/elementary.js';
import { backward, layerGradient } from '../bptt/backward.js';
import { log10Norm } from '../bptt/probing.js';
import type { Unrolled } from '../bptt/unrolled.js';
import { normOf } from '../kernels/norm.js';
import { scoped } from '../kernels/scoped.js';
import type { Network } from '../model/network.js';
import { Parameters } from '../model/parameters.js';
import type { Symbols } from '../text/symbols.js';
import { shortestText, type WindowSize } from '../text/windows.js';
import type { WindowProbe } from './declaration.js';
import type { Chart, WindowView } from './view.js';
import { numbers, orNulls, type Logged } from './log.js';
import { curvesOver, cutsFor, fillLong, LENGTHS, longWindow, placeOf, tensorsOf } from './long-window.js';

const schema = z.looseObject({
  /** Timesteps of the long window. */
  timesteps: z.int().min(1),
  /** Ascending: a window of `cut` timesteps keeps the lags below it. The trained window's length is one of them. */
  cuts: numbers,
  /** By cut: ‖what the lags from it on add to ∂ℓ/∂(rnn.*)‖ / ‖∂ℓ/∂(rnn.*)‖; null where float32 cannot tell it from 0. */
  share: orNulls,
  /** The same for each layer's own tensors, [layer][cut]. */
  byLayer: listOf(orNulls),
});

/** What truncation discards, measured on a window longer than the one trained with. */
export type Truncation = Logged<typeof schema>;

declare module '../bptt/report.js' {
  interface Extras {
    readonly audit?: Truncation;
  }
}

/** More would cost more and show the same. */
const MOST_ROWS = 8;

/** Characters that the audit of a window reads where its rows stand one after the other, at most. */
export const longestAudited = ({ rows, timesteps }: WindowSize): number =>
  shortestText({ rows: Math.min(rows, MOST_ROWS), timesteps: LENGTHS * timesteps });

/** Room for the gradient of one stretch of lags, and for the sum. */
const roomFor = ({ kernels, shape }: Network) => ({
  stretch: new Parameters(kernels, shape),
  sum: new Parameters(kernels, shape),
});

/** In float32 a part that small beside the whole may have been rounded away: it is not told. */
const RESOLVED = { f32: 1e-30, f64: 0 } as const;

/**
 * @param unrolled a long window, forward and loss done
 * @param cuts ascending lags, each below the window's length
 * @returns null where the gradient is 0 altogether, or not finite
 */
export const truncation = (unrolled: Unrolled, cuts: readonly number[]): Truncation | null =>
  scoped(unrolled.network.kernels, () => truncationAt(unrolled, cuts));

function truncationAt(unrolled: Unrolled, cuts: readonly number[]): Truncation | null {
  const { network, timesteps, gradients } = unrolled;
  const { kernels } = network;
  if (!gradients) throw new RangeError('this window has no room for gradients');
  const { stretch, sum } = roomFor(network);
  /** log10 of the norm of the part from each cut on, and last of the whole, by layer. */
  const norms = unrolled.layers.map(() => [] as number[]);
  const exponents = new Int32Array(timesteps);
  const largestFactor = kernels.scalar === 'f32' ? 2 ** 127 : Infinity;
  /** δ of all timesteps, from their own exponents to one, or back. What becomes 0 on the way is nothing beside the whole. */
  const bring = (toCommon: boolean, common: number): void => {
    exponents.forEach((exponent, t) => {
      if (exponent === common) return;
      const factor = 2 ** (toCommon ? exponent - common : common - exponent);
      const { delta, deltaRecurrent } = gradients.steps[t];
      for (const matrix of delta === deltaRecurrent ? [delta] : [delta, deltaRecurrent])
        if (factor < largestFactor) kernels.scale(matrix, factor);
    });
  };
  const measure = (l: number): void => {
    const common = exponents.reduce((a, b) => Math.max(a, b));
    bring(true, common);
    for (const tensor of tensorsOf(sum, l)) kernels.zero(tensor);
    let end = timesteps;
    for (const cut of [...cuts, 0].sort((a, b) => b - a)) {
      layerGradient(unrolled, stretch, l, timesteps - end, end - cut);
      tensorsOf(sum, l).forEach((tensor, i) => {
        kernels.add(tensor, tensor, tensorsOf(stretch, l)[i]);
      });
      const norm = normOf(kernels, ...tensorsOf(sum, l));
      norms[l].unshift(log10Norm(norm, common) ?? -Infinity);
      end = cut;
    }
    norms[l].push(...norms[l].splice(0, 1));
    bring(false, common);
  };
  backward(unrolled, {
    from: 'last',
    into: null,
    rescale: true,
    tap: {
      view({ layer, timestep, exponent }) {
        exponents[timestep] = exponent;
        if (timestep === 0) measure(layer);
      },
    },
  });
  const least = RESOLVED[kernels.scalar];
  const shares = (byPart: readonly number[]): (number | null)[] => {
    const whole = byPart[cuts.length];
    return cuts.map((_, i) => {
      const share = whole === -Infinity ? 0 : exp10(byPart[i] - whole);
      return share <= least && least > 0 ? null : share;
    });
  };
  const together = norms[0].map((_, i) => log10Root(norms.map((byPart) => byPart[i])));
  const whole = together[cuts.length];
  if (whole === -Infinity || together.some((norm) => Number.isNaN(norm) || norm === Infinity)) return null;
  return { timesteps, cuts, share: shares(together), byLayer: norms.map(shares) };
}

/** log10 √Σ 10^2x without leaving the logarithms. */
function log10Root(logs: readonly number[]): number {
  const most = logs.reduce((a, b) => Math.max(a, b));
  if (!Number.isFinite(most)) return most;
  return most + log10(logs.reduce((sum, x) => sum + exp10(2 * (x - most)), 0)) / 2;
}

/**
 * The audit of a window of a text: rows of 4T characters, as many as the text has up to 8, the carry zero.
 * @param start where in each of the rows' streams the long windows begin; beyond the end it begins again
 * @returns null where the text is too short for one row, or the gradient overflows
 */
export function auditOf(window: Unrolled, text: Uint16Array | Symbols, start: number): Truncation | null {
  const { network, options } = window;
  const mostRows = Math.min(options.rows, MOST_ROWS);
  return scoped(network.kernels, () => {
    const long = longWindow(network, options.timesteps, mostRows, text.length);
    if (long === null) return null;
    fillLong(long, text, start);
    return truncation(long, cutsFor(options.timesteps));
  });
}

/** Of the window that is trained with. */
export interface AuditFinding {
  readonly cut: number;
  readonly timesteps: number;
  /** null: too small to be told from 0. */
  readonly share: number | null;
}
type Key = 'cut' | 'discarded' | 'all';

const chartOf = ({ cuts, share, byLayer }: Truncation, window: number): Chart<Key> => ({
  ...{ is: 'curves', x: { label: 'cut', scale: 'log', figures: 'count' } },
  y: { label: 'discarded', scale: 'log10' },
  curves: curvesOver(cuts, share, byLayer, (value) => (value !== null && value > 0 ? log10(value) : null)),
  rules: [{ x: window, label: { name: `T = ${window}` } }],
});

/** What truncation discards of the gradient, by the window's length. */
export const audit: WindowProbe<'audit'> &
  WindowView<'audit', AuditFinding, Key, Pick<Truncation, 'timesteps'>> = {
  name: 'audit',
  from: 'text',
  presets: { light: 0, full: 250 },
  log: schema,

  *figures({ cuts, share, byLayer }) {
    const figure = (lag: number, value: number | null | undefined) => ({
      ...{ quantity: 'audit', value: value ?? null, lag },
    });
    for (const [i, lag] of cuts.entries()) {
      yield figure(lag, share.at(i));
      for (const [layer, shares] of byLayer.entries()) yield { ...figure(lag, shares.at(i)), layer };
    }
  },

  view(found) {
    const { cuts, share, timesteps } = found;
    const window = timesteps / LENGTHS;
    const place = placeOf(cuts, window);
    const part = share.at(place);
    if (part === undefined || Number.isNaN(part)) return null;
    const title = { cut: cuts[place], timesteps, share: part };
    return { about: { timesteps }, said: [], pictures: [{ title, charts: [chartOf(found, window)] }] };
  },

  measure: ({ unrolled, training, step }) => auditOf(unrolled, training, step * unrolled.options.timesteps),
};
