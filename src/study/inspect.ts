/** `inspect`: the gradients of one window of a text, by layer and timestep. */
import { DissipaError } from '../base/errors.js';
import { forward } from '../bptt/forward.js';
import { loss, type WindowLoss } from '../bptt/loss.js';
import { backwardWithProbes, type Probe } from '../bptt/probing.js';
import type { LayerReport } from '../bptt/report.js';
import { Unrolled } from '../bptt/unrolled.js';
import type { ModelShape } from '../model/shape.js';
import { lag } from '../probe/lag.js';
import { recurrent } from '../probe/recurrent.js';
import { saturation } from '../probe/saturation.js';
import { total } from '../probe/total.js';
import { fillStreams, shortestText, type WindowSize } from '../text/windows.js';
import type { Model } from './model.js';

export interface Inspection {
  readonly model: ModelShape;
  readonly window: WindowSize;
  /** nats */
  readonly loss: WindowLoss;
  readonly layers: readonly Required<LayerReport>[];
}

const PROBES: readonly Probe[] = [total, lag, recurrent, saturation];

/**
 * One window, the carry zero: row n is characters n·T … n·T + T of the text, its targets one character on.
 * @throws DissipaError where the text is too short, or has a character that the alphabet has not
 */
export function inspect(model: Model, text: string, size: WindowSize, where: string): Inspection {
  const { network, alphabet } = model;
  const { rows, timesteps } = size;
  const symbols = alphabet.encode(text, where);
  const needed = shortestText(size);
  if (symbols.length < needed)
    throw new DissipaError({
      where,
      found: `the text has ${symbols.length} characters`,
      expected: `at least ${needed} for ${rows} rows of ${timesteps} timesteps`,
      advice: 'give a longer text, or a smaller --window or --rows',
    });
  const unrolled = new Unrolled(network, { ...size, gradients: true, dropout: 0 });
  fillStreams(symbols, timesteps, 0, size, unrolled.inputs, unrolled.targets);
  forward(unrolled, timesteps);
  const windowLoss = loss(unrolled);
  const layers = backwardWithProbes(unrolled, null, PROBES);
  return {
    model: network.shape,
    window: { timesteps, rows },
    loss: windowLoss,
    layers: layers as Required<LayerReport>[],
  };
}
