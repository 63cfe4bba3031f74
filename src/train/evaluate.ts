/** How well a model predicts a text: the mean cross-entropy of its next symbols. */
import { checkFinite } from '../bptt/finite.js';
import { forward } from '../bptt/forward.js';
import { loss } from '../bptt/loss.js';
import { Unrolled } from '../bptt/unrolled.js';
import type { Network } from '../model/network.js';
import { asSymbols, type Symbols } from '../text/symbols.js';
import { fillRow, fillStreams } from '../text/windows.js';
import { evenlySpread, throughout, type Passages } from './passages.js';

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

/** The shortest passage that is worth what its row reads before it. */
const SHORTEST_PASSAGE = 256;

/** In how many passages so many characters of a longer text are looked at. */
export const passagesFor = (characters: number): number =>
  Math.max(1, Math.min(MOST_STREAMS, Math.floor(characters / SHORTEST_PASSAGE)));

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

  /**
   * Predicts some of the text's symbols, in as many passages as there are streams, evenly spread over it.
   * @param characters how many, fewer than the text has
   */
  runPart(symbols: Symbols, characters: number): Evaluation {
    const reading = this.#read(symbols, evenlySpread(symbols.length - 1, this.streams, characters));
    for (;;) {
      const { done, value } = reading.next();
      if (done === true) return value;
    }
  }

  /**
   * Predicts every symbol but the first, as one stream through the whole text would, to many digits: where there are
   * several, each begins with what stands before it.
   * @returns a generator, as it may take long: it yields the share that is done
   */
  *runWhole(symbols: Symbols): Generator<number, Evaluation> {
    const streams = Math.min(this.streams, streamsFor(symbols.length));
    return yield* this.#read(symbols, throughout(symbols.length - 1, streams, this.streams));
  }

  *#read(text: Symbols, { begins, ends, longest, before }: Passages): Generator<number, Evaluation> {
    const unrolled = this.#unrolled;
    const symbols = asSymbols(text);
    const { streams } = this;
    unrolled.resetCarry();
    let [sum, predictions] = [0, 0];
    let timesteps: number;
    for (let k = -before; k < longest; k += timesteps) {
      timesteps = Math.min(this.timesteps, (k < 0 ? 0 : longest) - k);
      for (let n = 0; n < streams; n++) {
        const from = Math.max(0, begins[n] + k);
        const count = Math.min(begins[n] + k + timesteps, symbols.length - 1) - from;
        const at = from - (begins[n] + k);
        if (count > 0) fillRow(symbols, from, count, n, at, streams, unrolled.inputs, unrolled.targets);
        // The text begins here, whatever the row has read instead of what is not there.
        if (k === 0 && begins[n] === 0) unrolled.resetCarry(n);
      }
      forward(unrolled, timesteps);
      loss(unrolled);
      if (k >= 0)
        for (let n = 0; n < streams; n++) {
          const counted = Math.min(timesteps, ends[n] - begins[n] - k);
          for (let t = 0; t < counted; t++) sum += unrolled.losses.data[t * streams + n];
          predictions += Math.max(0, counted);
        }
      unrolled.carryOn();
      yield (k + timesteps + before) / (longest + before);
    }
    return { predictions, lossNats: sum / predictions };
  }
}
