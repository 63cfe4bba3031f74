/**
 * Forward through a window: layer after layer, in each timestep after timestep. What does not wait for the
 * timestep before (the x-share, the readout) is one product over all T·N rows.
 */
import type { Matrix } from '../base/matrix.js';
import type { Rng } from '../base/rng.js';
import { beginRows, readersOf } from './starts.js';
import type { Unrolled } from './unrolled.js';

/**
 * Fills the window's states and logits from its inputs, from the carry on, or where a record begins from zero.
 * @param timesteps how many of the window's timesteps the inputs have
 * @param dropout draws the masks between layers; null leaves every unit in (PyTorch's `eval()`)
 */
export function forward(unrolled: Unrolled, timesteps: number, dropout: Rng | null = null): void {
  const { network, layers, inputsAt, logits, options } = unrolled;
  const { kernels, cell, parameters, shape } = network;
  const count = timesteps * options.rows;
  if (shape.end !== undefined)
    unrolled.starts = readersOf(shape.end, unrolled.inputs, timesteps, options.rows);
  const { starts } = unrolled;
  unrolled.timesteps = timesteps;
  unrolled.droppedOut = dropout !== null;
  let below: Matrix | null = null;
  layers.forEach((layer, l) => {
    const { table, input, inputBias, recurrent } = network.layers[l];
    if (input && below) kernels.product(layer.gates.rowRange(0, count), below, input.forward, inputBias);
    for (let t = 0; t < timesteps; t++) {
      // Looked up just before it is used, it is still in the cache.
      if (table) kernels.gatherRows(layer.steps[t].gates, table, inputsAt[t]);
      const begun = starts.get(t);
      if (begun) beginRows(layer.steps[t], unrolled.before(l, t), begun);
      cell.forward(kernels, layer.steps[t], recurrent);
    }
    below = layer.output.rowRange(0, count);
    if (layer.dropout && dropout) {
      drawMask(layer.dropout.mask, options.dropout, dropout);
      kernels.multiply(layer.dropout.masked, layer.output, layer.dropout.mask);
      below = layer.dropout.masked.rowRange(0, count);
    }
  });
  const top = layers[layers.length - 1].output.rowRange(0, count);
  kernels.product(logits.rowRange(0, count), top, network.readout.forward, parameters.readoutBias);
}

/** Each unit is 0 with probability p, else 1/(1 − p): the expected sum stays (Srivastava et al. 2014). */
function drawMask(mask: Matrix, p: number, rng: Rng): void {
  const data = mask.data;
  const threshold = p * 2 ** 32;
  const kept = 1 / (1 - p);
  for (let j = 0; j < data.length; j++) data[j] = rng.uint32() < threshold ? 0 : kept;
}
