/**
 * direction: whether truncated BPTT goes the right way. With g the gradient ∂ℓ/∂(rnn.*) of windows of 4T timesteps and g_k what
 * of it comes from lags below k (a window of k timesteps that is carried on gives just that), both averaged over windows,
 *   cosine(k) = ⟨ḡ_k, ḡ⟩/(‖ḡ_k‖·‖ḡ‖)        bias(k) = ‖ḡ_k − ḡ‖/‖ḡ‖
 * Averaged, because what truncation gets wrong in single windows may cancel: the bias is what does not (Tallec & Ollivier
 * 2017; the relative bias of Aicher, Foti & Fox 2020). See audit for the share that single windows lack.
 *
 * Each row is a window of its own, at even distances over the text, the carry zero; in float64.
 */
import * as z from 'zod';
import { listOf } from '../base/lists.js';
import { log10 } from '../base/elementary.js';
import type { Matrix } from '../base/matrix.js';
import { backward, layerGradient } from '../bptt/backward.js';
import type { Unrolled } from '../bptt/unrolled.js';
import { normOf } from '../kernels/norm.js';
import { scoped } from '../kernels/scoped.js';
import { inFloat64 } from '../model/float64.js';
import { Parameters } from '../model/parameters.js';
import { curvesOver, cutsFor, fillLong, LENGTHS, longWindow, placeOf, tensorsOf } from './long-window.js';
import type { WindowProbe } from './declaration.js';
import type { Chart, WindowView } from './view.js';
import { numbers, orNulls, type Figure, type Logged } from './log.js';

/** Windows that are averaged over, at most. */
const MOST_WINDOWS = 8;

const byCut = { cosine: orNulls, bias: orNulls };
const schema = z.looseObject({
  /** Timesteps of the full gradient, and windows averaged over. */
  timesteps: z.int().min(1),
  windows: z.int().min(1),
  /** Ascending: a window of `cut` timesteps keeps the lags below it. The trained window's length is one of them. */
  cuts: numbers,
  /** By cut, over all recurrent tensors; cosine null where nothing is kept, both null where there is no gradient. */
  ...byCut,
  /** The same of each layer's own tensors, [layer]. */
  byLayer: listOf(z.looseObject(byCut)),
});

/** The direction of truncated gradients. */
export type Direction = Logged<typeof schema>;

declare module '../bptt/report.js' {
  interface Extras {
    readonly direction?: Direction;
  }
}

/** Of the window that is trained with. */
export interface DirectionFinding {
  readonly cut: number;
  readonly timesteps: number;
  readonly windows: number;
  readonly cosine: number;
  readonly bias: number;
}
type Key = 'cut' | 'cosine' | 'bias' | 'all' | 'trained';

/** The direction of the truncated gradient, by the window's length. */
export const direction: WindowProbe<'direction'> &
  WindowView<'direction', DirectionFinding, Key, Pick<Direction, 'timesteps' | 'windows'>> = {
  name: 'direction',
  from: 'text',
  presets: { light: 0, full: 500 },
  dearer: ({ batch }) => Math.max(1, Math.ceil((2 * MOST_WINDOWS) / batch)),
  log: schema,

  *figures({ cuts, cosine, bias, byLayer }) {
    const both = [{ cosine, bias }, ...byLayer];
    for (const [i, lag] of cuts.entries())
      for (const [place, of] of both.entries())
        for (const name of ['cosine', 'bias'] as const) {
          const figure: Figure = { quantity: `direction.${name}`, value: of[name].at(i) ?? null, lag };
          yield place === 0 ? figure : { ...figure, layer: place - 1 };
        }
  },

  view(found) {
    const { timesteps, windows, cuts } = found;
    const window = timesteps / LENGTHS;
    const place = placeOf(cuts, window);
    const [cosine, bias] = [found.cosine.at(place) ?? null, found.bias.at(place) ?? null];
    if (cosine === null || bias === null) return null;
    const title = { cut: cuts[place], timesteps, windows, cosine, bias };
    return {
      ...{ about: { timesteps, windows }, said: [] },
      pictures: [{ title, charts: [chartOf(found, 'cosine', window), chartOf(found, 'bias', window)] }],
    };
  },

  measure({ unrolled, training, step }) {
    const { timesteps } = unrolled.options;
    return scoped(unrolled.network.kernels, () => {
      const long = longWindow(inFloat64(unrolled.network), timesteps, MOST_WINDOWS, training.length);
      if (long === null) return null;
      fillLong(long, training, step * timesteps);
      return directionsOf(long, cutsFor(timesteps));
    });
  },
};

function chartOf(found: Direction, of: 'cosine' | 'bias', window: number): Chart<Key> {
  const byLayer = found.byLayer.map((layer) => layer[of]);
  const curves = curvesOver(found.cuts, found[of], byLayer, (value) => {
    if (of === 'cosine' || value === null) return value;
    return value > 0 ? log10(value) : null;
  });
  return {
    ...{ is: 'curves', curves, x: { label: 'cut', scale: 'log', figures: 'count' } },
    y: of === 'cosine' ? { label: of, figures: 'short' } : { label: of, scale: 'log10' },
    rules: [{ x: window, label: 'trained' }],
  };
}

/** Squares and products of one layer's gradients, by cut. */
interface Sums {
  whole: number;
  readonly far: number[];
  readonly near: number[];
  readonly product: number[];
}

/**
 * @param long forward and loss done; each of its rows a window
 * @param cuts ascending lags, each below the window's length
 * @returns null where the gradient is 0 altogether, or not finite
 */
export const directionsOf = (long: Unrolled, cuts: readonly number[]): Direction | null =>
  scoped(long.network.kernels, () => directions(long, cuts));

function directions(long: Unrolled, cuts: readonly number[]): Direction | null {
  const { network, timesteps, options } = long;
  const { kernels, shape } = network;
  const [sum, stretch] = [new Parameters(kernels, shape), new Parameters(kernels, shape)];
  const near = new Parameters(kernels, shape);
  /** What lags `from` … `to` − 1 add to the gradient of layer l. */
  const addLags = (to: Parameters, l: number, from: number, until: number): void => {
    layerGradient(long, stretch, l, timesteps - until, until - from);
    tensorsOf(to, l).forEach((tensor, i) => {
      kernels.add(tensor, tensor, tensorsOf(stretch, l)[i]);
    });
  };
  const square = (of: Parameters, l: number): number => normOf(kernels, ...tensorsOf(of, l)) ** 2;
  const edges = [0, ...cuts, timesteps];
  const layers = long.layers.map((): Sums => ({ whole: 0, far: [], near: [], product: [] }));
  const measure = (l: number): void => {
    // From the earliest timestep on: a small far part is not the difference of two large ones.
    for (let i = cuts.length; i >= 0; i--) {
      addLags(sum, l, edges[i], edges[i + 1]);
      if (i > 0) layers[l].far[i - 1] = square(sum, l);
    }
    layers[l].whole = square(sum, l);
    for (let i = 0; i < cuts.length; i++) {
      addLags(near, l, edges[i], edges[i + 1]);
      layers[l].near[i] = square(near, l);
      layers[l].product[i] = dot(tensorsOf(near, l), tensorsOf(sum, l));
    }
  };
  backward(long, {
    ...{ from: 'last', into: null, rescale: false },
    tap: {
      view({ layer, timestep }) {
        if (timestep === 0) measure(layer);
      },
    },
  });
  const total = (of: (one: Sums) => number): number => layers.reduce((all, one) => all + of(one), 0);
  const whole = total((one) => one.whole);
  if (!(whole > 0 && whole < Infinity)) return null;
  const all: Sums = {
    whole,
    far: cuts.map((_, i) => total(({ far }) => far[i])),
    near: cuts.map((_, i) => total((one) => one.near[i])),
    product: cuts.map((_, i) => total(({ product }) => product[i])),
  };
  return { timesteps, windows: options.rows, cuts, ...told(all), byLayer: layers.map(told) };
}

const told = ({
  whole,
  far,
  near,
  product,
}: Sums): { cosine: (number | null)[]; bias: (number | null)[] } => ({
  cosine: product.map((both, i) => finite(both / Math.sqrt(near[i]) / Math.sqrt(whole))),
  bias: far.map((squares) => finite(Math.sqrt(squares / whole))),
});
const finite = (x: number): number | null => (Number.isFinite(x) ? x : null);

function dot(a: readonly Matrix[], b: readonly Matrix[]): number {
  let sum = 0;
  a.forEach(({ data }, i) => {
    for (let j = 0; j < data.length; j++) sum += data[j] * b[i].data[j];
  });
  return sum;
}
