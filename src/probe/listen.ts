/**
 * listen: ‖∂ log p(x_s)/∂x_t‖ for the characters of a passage, x_t one-hot and free to move in all V directions: what
 * the prediction of a character listens to among those before it (Madsen 2019). By the chain rule
 *   ∂ log p(x_s)/∂x_t = −δ_t·W_ih of layer 0, δ sent back from the loss of timestep s − 1.
 */
import * as z from 'zod';
import { listOf } from '../base/lists.js';
import { exp } from '../base/elementary.js';
import { mean, mostOf, numbersOf } from '../base/figures.js';
import { backward } from '../bptt/backward.js';
import { checkFinite } from '../bptt/finite.js';
import { forward } from '../bptt/forward.js';
import { loss } from '../bptt/loss.js';
import { log10Norm } from '../bptt/probing.js';
import { windowOf } from '../bptt/window.js';
import { inFloat64 } from '../model/float64.js';
import type { Network } from '../model/network.js';
import { normOf } from '../kernels/norm.js';
import { scoped } from '../kernels/scoped.js';
import type { WindowProbe } from './declaration.js';
import { listed, listedTriangle, orNulls, triangle, type Logged } from './log.js';
import type { WindowView } from './view.js';

const schema = z.looseObject({
  symbols: listOf(z.string()),
  /** Empty at s = 0, which nothing comes before, and where it was not asked for. */
  log10: triangle,
  /** p(symbol s | those before it); null at s = 0. */
  probability: orNulls.optional(),
});

/** log10 ‖∂ log p(symbol s)/∂ input t‖ along a passage, [s][t] with t before s; null is an exact 0. */
export type Listening = Logged<typeof schema>;

declare module '../bptt/report.js' {
  interface Extras {
    readonly listen?: Listening;
  }
}

/** Characters of the passage that a training run listens to. */
const PASSAGE = 64;

/**
 * A passage read from a zero carry, in float64: a prediction that is nearly sure has a gradient of which float32 keeps nothing.
 * @param passage ids of 2 symbols or more
 * @param sources the places s to listen from; all where none are given
 * @returns as `Listening`, without the symbols
 */
export const listenTo = (
  network: Network,
  passage: Uint16Array,
  sources: readonly number[] = Array.from(passage.keys()),
): Required<Omit<Listening, 'symbols'>> =>
  scoped(network.kernels, () => listening(inFloat64(network), passage, sources));

function listening(
  network: Network,
  passage: Uint16Array,
  sources: readonly number[],
): Required<Omit<Listening, 'symbols'>> {
  const { kernels, parameters, gates, shape } = network;
  const timesteps = passage.length - 1;
  /** W_ih of layer 0, (G·H, V) */
  const weight = kernels.packed(gates * shape.hidden, shape.symbols);
  /** (1, V) */
  const toSymbols = kernels.matrix(1, shape.symbols);
  const window = windowOf(network, passage, { rows: 1, timesteps });
  forward(window, timesteps);
  loss(window);
  checkFinite(window, 'listening');
  kernels.pack(weight, parameters.layers[0].weightIh, false);
  const log10 = Array.from(passage, (_, s) =>
    sources.includes(s) ? new Array<number | null>(s).fill(null) : [],
  );
  for (const s of sources)
    if (s > 0)
      backward(window, {
        from: s - 1,
        into: null,
        rescale: true,
        tap: {
          view({ layer, timestep, exponent, gradients }) {
            if (layer > 0) return;
            kernels.product(toSymbols, gradients.delta, weight, null);
            log10[s][timestep] = log10Norm(normOf(kernels, toSymbols), exponent);
          },
        },
      });
  const nats = window.losses.data;
  return { log10, probability: Array.from(passage, (_, s) => (s === 0 ? null : exp(-nats[s - 1]))) };
}

/** Characters back until the influence has fallen to a hundredth of its strongest, over the predictions. */
export interface ListenFinding {
  readonly mean: number;
  readonly most: number;
}

/** The beginning of the text held out, or where nothing is, of the text trained on: the same through the whole run. */
export const listen: WindowProbe<'listen'> & WindowView<'listen', ListenFinding, never> = {
  name: 'listen',
  from: 'text',
  presets: { light: 0, full: 500 },
  log: schema,

  *figures({ log10, probability }) {
    yield* listedTriangle('listen', log10);
    yield* listed('probability', 'timestep', probability);
  },

  view(found) {
    const reaches = found.log10.flatMap((row, s) => {
      const known = numbersOf(row);
      const level = mostOf(known) - 2;
      return known.length === 0 ? [] : [s - row.findIndex((value) => value !== null && value >= level)];
    });
    const said = reaches.length === 0 ? [] : [{ mean: mean(reaches), most: mostOf(reaches) }];
    return found.symbols.length === 0 ? null : { about: null, said, passage: found, pictures: [] };
  },

  measure({ unrolled, training, validation, symbols, passage: most = PASSAGE }) {
    const text = validation.length > 1 ? validation : training;
    const passage = new Uint16Array(Math.min(most, text.length));
    text.read(0, passage);
    return { symbols: Array.from(passage, (id) => symbols[id]), ...listenTo(unrolled.network, passage) };
  },
};
