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

/** Rows by timesteps in memory at once: as fast as more, and little beside a training. */
const MOST_AT_ONCE = 512;

export class Evaluator {
  readonly #unrolled: Unrolled;
  /** (timesteps·streams) nats of a window, in order of time */
  readonly #losses: Float64Array;

  /** @param streams 1: the definition, the carry kept through the whole text. */
  constructor(
    network: Network,
    private readonly streams: number,
    private readonly timesteps = 128,
  ) {
    const atOnce = Math.min(timesteps, Math.max(1, Math.floor(MOST_AT_ONCE / streams)));
    this.#unrolled = new Unrolled(network, {
      ...{ rows: streams, timesteps: atOnce, gradients: false, dropout: 0 },
    });
    this.#losses = new Float64Array(timesteps * streams);
  }

  /**
   * Predicts every symbol but the first from those before it (with several streams: but the first of each).
   * The network's weights must have been refreshed.
   * @param where names the text in an error; without it a loss that is not finite is returned as it is
   * @throws DissipaError naming the layer and the timestep at which a state, or a loss, is no longer finite
   */
  run(symbols: Uint16Array | Symbols, where?: string): Evaluation {
    const { streams } = this;
    const unrolled = this.#unrolled;
    const stream = Math.floor((symbols.length - 1) / streams);
    unrolled.resetCarry();
    let sum = 0;
    for (let from = 0; from < stream; from += this.timesteps) {
      const timesteps = Math.min(this.timesteps, stream - from);
      let window = 0;
      const losses = this.#predict(timesteps, (t, count) => {
        const size = { rows: streams, timesteps: count };
        fillStreams(symbols, stream, from + t, size, unrolled.inputs, unrolled.targets);
        return where === undefined ? null : { where, first: from + t };
      });
      for (const nats of losses) window += nats;
      sum += (window / losses.length) * timesteps * streams;
    }
    const predictions = stream * streams;
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
      const losses = this.#predict(timesteps, (t, length) => {
        for (let n = 0; n < streams; n++) {
          const begin = begins[n] + k + t;
          const from = Math.max(0, begin);
          const count = Math.min(begin + length, symbols.length - 1) - from;
          const { inputs, targets } = unrolled;
          if (count > 0) fillRow(symbols, from, count, n, from - begin, streams, inputs, targets);
          // The text begins here, whatever the row has read instead of what is not there.
          if (k + t === 0 && begins[n] === 0) unrolled.resetCarry(n);
        }
        return null;
      });
      if (k >= 0)
        for (let n = 0; n < streams; n++) {
          const counted = Math.min(timesteps, ends[n] - begins[n] - k);
          for (let t = 0; t < counted; t++) sum += losses[t * streams + n];
          predictions += Math.max(0, counted);
        }
      yield (k + timesteps + before) / (longest + before);
    }
    return { predictions, lossNats: sum / predictions };
  }

  /**
   * One window, in parts that follow one another.
   * @param fill puts in the inputs and targets of `count` timesteps from the window's timestep `t` on; what it returns
   *   names them in an error
   * @returns (timesteps·streams) nats, in order of time, lent until the next call
   */
  #predict(
    timesteps: number,
    fill: (t: number, count: number) => { readonly where: string; readonly first: number } | null,
  ): Float64Array {
    const unrolled = this.#unrolled;
    const { streams } = this;
    const { timesteps: most } = unrolled.options;
    for (let t = 0; t < timesteps; t += most) {
      const count = Math.min(most, timesteps - t);
      const named = fill(t, count);
      forward(unrolled, count);
      loss(unrolled);
      if (named) checkFinite(unrolled, named.where, named.first);
      this.#losses.set(unrolled.losses.data.subarray(0, count * streams), t * streams);
      unrolled.carryOn();
    }
    return this.#losses.subarray(0, timesteps * streams);
  }
}
