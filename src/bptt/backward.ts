/**
 * Backward through a window: from the top layer down, in each from the last timestep to the first. A weight's
 * gradient waits until its layer is through and is then one product over all T·N rows.
 */
import type { Parameters } from '../model/parameters.js';
import { Rescaling } from './rescaling.js';
import type { Tap } from './tap.js';
import type { Gradients, Unrolled } from './unrolled.js';

export interface BackwardOptions {
  /** The loss that is sent back: of the whole window, or of the last timestep alone. */
  readonly from: 'window' | 'last';
  /** Where the weights' gradients go, every number of it written; null: only the states' are wanted. */
  readonly into: Parameters | null;
  /** Keep the gradients near 1 on their way, with an exponent a timestep: for those that vanish. */
  readonly rescale: boolean;
  readonly tap: Tap | null;
}

/**
 * Sends the loss of the window in memory back. `loss` must have been called: the logits hold its gradient, and
 * `from: 'last'` spends it, so that a pass over the whole window comes first.
 * The carry's gradient is in `dhPrev` and `dcPrev` of timestep 0, as a tap sees them.
 */
export function backward(unrolled: Unrolled, options: BackwardOptions): void {
  const { network, layers, gradients, timesteps } = unrolled;
  const { kernels, cell } = network;
  if (!gradients) throw new RangeError('this window has no room for gradients');
  const { into, tap } = options;
  const N = unrolled.options.rows;
  const count = timesteps * N;
  const { dh, dc } = gradients;
  // dh without the carry: what the readout or the layer above sends to each timestep.
  const arriving = dh.rowRange(N, count);
  const rescaling = options.rescale ? new Rescaling(kernels, timesteps) : null;

  if (options.from === 'window') {
    kernels.product(arriving, unrolled.logits.rowRange(0, count), network.readout.backward, false);
  } else {
    const last = unrolled.logits.rowRange(count - N, N);
    kernels.scale(last, timesteps); // from (softmax − one-hot)/(N·T) to 1/N
    kernels.zero(unrolled.logits.rowRange(0, count - N));
    kernels.zero(arriving);
    kernels.product(arriving.rowRange(count - N, N), last, network.readout.backward, false);
  }

  if (into) readoutGradient(unrolled, into);

  for (let l = layers.length - 1; l >= 0; l--) {
    const layer = layers[l];
    const { recurrent } = network.layers[l];
    kernels.zero(dh.rowRange(0, N));
    if (cell.hasCellState) kernels.zero(dc.rowRange(count, N));
    for (let t = timesteps - 1; t >= 0; t--) {
      const step = gradients.steps[t];
      rescaling?.align(step, t);
      cell.backward(kernels, layer.steps[t], step, recurrent);
      tap?.view({
        layer: l,
        timestep: t,
        exponent: rescaling?.exponents[t] ?? 0,
        gradients: step,
        step: layer.steps[t],
        hasCellState: cell.hasCellState,
      });
    }
    if (into) layerGradient(unrolled, gradients, into, l);
    const { input } = network.layers[l];
    if (input) {
      kernels.product(arriving, gradients.delta.rowRange(0, count), input.backward, false);
      const mask = unrolled.droppedOut ? layers[l - 1].dropout?.mask : undefined;
      if (mask) kernels.multiply(arriving, arriving, mask.rowRange(0, count));
    }
    rescaling?.descend();
  }
}

function readoutGradient(unrolled: Unrolled, into: Parameters): void {
  const { network, layers, logits, timesteps, options } = unrolled;
  const count = timesteps * options.rows;
  const rows = logits.rowRange(0, count);
  const top = layers[layers.length - 1].output.rowRange(0, count);
  network.kernels.transposedProduct(into.readoutWeight, rows, top);
  network.kernels.sumRows(into.readoutBias, rows);
}

function layerGradient(unrolled: Unrolled, gradients: Gradients, into: Parameters, l: number): void {
  const { network, layers, inputs, timesteps, options } = unrolled;
  const { kernels, cell } = network;
  const count = timesteps * options.rows;
  const { weightIh, weightHh, biasIh, biasHh } = into.layers[l];
  const delta = gradients.delta.rowRange(0, count);
  const deltaRecurrent = gradients.deltaRecurrent.rowRange(0, count);
  kernels.transposedProduct(weightHh, deltaRecurrent, layers[l].h.rowRange(0, count));
  kernels.sumRows(biasIh, delta);
  if (cell.joinsBiases) kernels.copy(biasHh, biasIh);
  else kernels.sumRows(biasHh, deltaRecurrent);
  if (l === 0) {
    // One-hot inputs: a symbol's column of W_ih collects the rows in which it came.
    kernels.scatterRows(gradients.table, delta, inputs.range(0, count));
    kernels.transpose(weightIh, gradients.table);
  } else {
    const { output, dropout } = layers[l - 1];
    const below = unrolled.droppedOut && dropout ? dropout.masked : output;
    kernels.transposedProduct(weightIh, delta, below.rowRange(0, count));
  }
}
