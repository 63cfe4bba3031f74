/** How well a model predicts a text: the mean cross-entropy of its next symbols. */
import { checkFinite } from '../bptt/finite.js';
import { forward } from '../bptt/forward.js';
import { loss } from '../bptt/loss.js';
import { Unrolled } from '../bptt/unrolled.js';
import type { Network } from '../model/network.js';
import type { Symbols } from '../text/symbols.js';
import { fillStreams } from '../text/windows.js';

export interface Evaluation {
  readonly predictions: number;
  /** mean over the predictions, nats */
  readonly lossNats: number;
}

/** Below this a stream's cold start (its carry is zero) would be seen in the mean. */
const SHORTEST_STREAM = 1024;
const MOST_STREAMS = 32;

/**
 * How many streams a validation text is read as along the way: side by side they go many times faster than one, and
 * each costs one cold start.
 */
export const streamsFor = (length: number): number =>
  Math.max(1, Math.min(MOST_STREAMS, Math.floor(length / SHORTEST_STREAM)));

export class Evaluator {
  readonly #unrolled: Unrolled;

  /** @param streams 1: the definition, the carry kept through the whole text. */
  constructor(
    network: Network,
    private readonly streams: number,
    private readonly timesteps = 128,
  ) {
    this.#unrolled = new Unrolled(network, { rows: streams, timesteps, gradients: false, dropout: 0 });
  }

  /**
   * Predicts every symbol but the first from those before it (with several streams: but the first of each).
   * The network's weights must have been refreshed.
   * @param where names the text in an error; without it a loss that is not finite is returned as it is
   * @throws DissipaError naming the layer and the timestep at which a state, or a loss, is no longer finite
   */
  run(symbols: Uint16Array | Symbols, where?: string): Evaluation {
    const unrolled = this.#unrolled;
    const stream = Math.floor((symbols.length - 1) / this.streams);
    unrolled.resetCarry();
    let sum = 0;
    for (let from = 0; from < stream; from += this.timesteps) {
      const timesteps = Math.min(this.timesteps, stream - from);
      const size = { rows: this.streams, timesteps };
      fillStreams(symbols, stream, from, size, unrolled.inputs, unrolled.targets);
      forward(unrolled, timesteps);
      sum += loss(unrolled).window * timesteps * this.streams;
      if (where !== undefined && !Number.isFinite(sum)) checkFinite(unrolled, where, from);
      unrolled.carryOn();
    }
    const predictions = stream * this.streams;
    return { predictions, lossNats: sum / predictions };
  }
}
