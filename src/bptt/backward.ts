/**
 * Backward through a window: from the top layer down, in each from the last timestep to the first. A weight's
 * gradient waits until its layer is through and is then one product over all T·N rows.
 */
import type { Parameters } from '../model/parameters.js';
import { Rescaling } from './rescaling.js';
import { cutBefore, whileZero } from './starts.js';
import type { Tap } from './tap.js';
import type { Unrolled } from './unrolled.js';

/** Which loss goes back, where its gradients go, and who listens. */
export interface BackwardOptions {
  /** The loss that is sent back: L of the whole window, or ℓ_s of one timestep s alone (the last: ℓ). */
  readonly from: 'window' | 'last' | number;
  /** Where the weights' gradients go, every number of it written; null: only the states' are wanted. */
  readonly into: Parameters | null;
  /** Keep the gradients near 1 on their way, with an exponent a timestep: for those that vanish. */
  readonly rescale: boolean;
  readonly tap: Tap | null;
}

/**
 * Sends the loss of the window in memory back. `loss` must have been called: the logits hold its gradient, which stays
 * as it is, so that any number of passes can follow. From timestep s only the timesteps up to s are walked.
 * The carry's gradient is in `dhPrev` and `dcPrev` of timestep 0, as a tap sees them.
 */
export function backward(unrolled: Unrolled, options: BackwardOptions): void {
  const { network, layers, gradients, starts } = unrolled;
  const { kernels, cell } = network;
  if (!gradients) throw new RangeError('this window has no room for gradients');
  const { into, tap } = options;
  const N = unrolled.options.rows;
  const source = options.from === 'window' ? null : sourceOf(options.from, unrolled.timesteps);
  const timesteps = source === null ? unrolled.timesteps : source + 1;
  const count = timesteps * N;
  const { dh, dc } = gradients;
  // dh without the carry: what the readout or the layer above sends to each timestep.
  const arriving = dh.rowRange(N, count);
  const rescaling = options.rescale ? new Rescaling(kernels, timesteps) : null;

  if (source === null) {
    kernels.product(arriving, unrolled.logits.rowRange(0, count), network.readout.backward, null);
  } else {
    const sent = arriving.rowRange(count - N, N);
    kernels.zero(arriving.rowRange(0, count - N));
    kernels.product(sent, unrolled.logits.rowRange(count - N, N), network.readout.backward, null);
    kernels.scale(sent, unrolled.timesteps); // from 1/(N·T) to 1/N
  }

  if (into) readoutGradient(unrolled, into, source);

  for (let l = layers.length - 1; l >= 0; l--) {
    const layer = layers[l];
    const { recurrent } = network.layers[l];
    kernels.zero(dh.rowRange(0, N));
    if (dc.rows > 0) kernels.zero(dc.rowRange(count, N));
    for (let t = timesteps - 1; t >= 0; t--) {
      const step = gradients.steps[t];
      rescaling?.align(step, t);
      const begun = starts.get(t);
      const cut = begun && cutBefore(step, begun);
      cell.backward(kernels, layer.steps[t], step, recurrent);
      cut?.();
      tap?.view({
        layer: l,
        timestep: t,
        exponent: rescaling?.exponents[t] ?? 0,
        gradients: step,
        step: layer.steps[t],
        states: cell.states,
      });
    }
    if (into) layerGradient(unrolled, into, l, 0, timesteps);
    const { input } = network.layers[l];
    if (input) {
      kernels.product(arriving, gradients.delta.rowRange(0, count), input.backward, null);
      const mask = unrolled.droppedOut ? layers[l - 1].dropout?.mask : undefined;
      if (mask) kernels.multiply(arriving, arriving, mask.rowRange(0, count));
    }
    rescaling?.descend();
  }
}

function sourceOf(from: 'last' | number, timesteps: number): number {
  const source = from === 'last' ? timesteps - 1 : from;
  if (!Number.isInteger(source) || source < 0 || source >= timesteps)
    throw new RangeError(`timestep ${source} of a window of ${timesteps}`);
  return source;
}

function readoutGradient(unrolled: Unrolled, into: Parameters, source: number | null): void {
  const { network, layers, logits, timesteps, options } = unrolled;
  const { kernels } = network;
  const N = options.rows;
  const [from, count] = source === null ? [0, timesteps * N] : [source * N, N];
  const rows = logits.rowRange(from, count);
  const top = layers[layers.length - 1].output.rowRange(from, count);
  kernels.transposedProduct(into.readoutWeight, rows, top, into.readoutBias);
  if (source === null) return;
  kernels.scale(into.readoutWeight, timesteps);
  kernels.scale(into.readoutBias, timesteps);
}

/**
 * What `timesteps` timesteps from `first` on add to the gradient of layer l's tensors. To be called when the layer
 * is through, and before the one below begins: the buffers of δ then hold the layer's.
 */
export function layerGradient(
  unrolled: Unrolled,
  into: Parameters,
  l: number,
  first: number,
  timesteps: number,
): void {
  const { network, layers, inputs, gradients, options } = unrolled;
  const { kernels, cell } = network;
  if (!gradients) throw new RangeError('this window has no room for gradients');
  const [from, count] = [first * options.rows, timesteps * options.rows];
  const { weightIh, weightHh, biasIh, biasHh } = into.layers[l];
  const delta = gradients.delta.rowRange(from, count);
  const deltaRecurrent = gradients.deltaRecurrent.rowRange(from, count);
  const { h } = layers[l];
  const hPrev = h.rowRange(from, count);
  whileZero(h, options.rows, unrolled.starts, () => {
    if (network.recurrence === 'matrix') kernels.transposedProduct(weightHh, deltaRecurrent, hPrev, biasHh);
    if (network.recurrence === 'vector') kernels.sumProducts(weightHh, deltaRecurrent, hPrev);
  });
  // One sum of δ serves both biases where both were added to the same.
  const isSummed = biasHh.rows > 0 && cell.joinsBiases;
  if (isSummed) kernels.copy(biasIh, biasHh);
  if (l === 0) {
    // One-hot inputs: a symbol's column of W_ih collects the rows in which it came, and all columns together all rows.
    kernels.scatterRows(gradients.table, delta, inputs.range(from, count));
    kernels.transpose(weightIh, gradients.table);
    if (!isSummed) kernels.sumRows(biasIh, gradients.table);
  } else {
    const { output, dropout } = layers[l - 1];
    const below = unrolled.droppedOut && dropout ? dropout.masked : output;
    const sums = isSummed ? null : biasIh;
    kernels.transposedProduct(weightIh, delta, below.rowRange(from, count), sums);
  }
}
