/** The choice of the next symbol. */
import { type DissipaError, failure } from '../../base/errors.js';
import type { Floats } from '../../base/matrix.js';
import type { Rng } from '../../base/rng.js';
import type { Alphabet } from '../../text/alphabet.js';
import type { SampleOptions } from './options.js';

/** Nothing can be drawn from what is no number. */
const noPrediction = (): DissipaError => failure('sample.overflow', {});

/** Draws an id from softmax(logits / temperature), cut to top-k and top-p. Never the symbol for unknown ones. */
export class Chooser {
  readonly #ids: Uint16Array;
  /** e^{(logit − largest) / temperature} by id */
  readonly #weights: Float64Array;

  constructor({ symbols, unknown }: Alphabet) {
    this.#ids = Uint16Array.from(symbols.keys()).filter((id) => id !== unknown);
    this.#weights = new Float64Array(symbols.length);
  }

  /** @throws DissipaError where the logits are not finite */
  // Once a symbol, and as dear as a small network's whole timestep: plain loops.
  choose(logits: Floats, { temperature, topK, topP }: SampleOptions, rng: Rng): number {
    const ids = this.#ids;
    let [likeliest] = ids;
    for (let i = 1; i < ids.length; i++) if (logits[ids[i]] > logits[likeliest]) likeliest = ids[i];
    if (!Number.isFinite(logits[likeliest])) throw noPrediction();
    if (temperature === 0) return likeliest;
    const weights = this.#weights;
    // The largest logit is taken off before the exponential: no temperature can make it overflow.
    const largest = logits[likeliest];
    for (let i = 0; i < ids.length; i++) weights[ids[i]] = Math.exp((logits[ids[i]] - largest) / temperature);
    const candidates = topK > 0 || topP < 1 ? this.#cut(topK, topP) : ids;
    let left = rng.uniform() * this.#sum(candidates);
    for (let i = 0; i < candidates.length; i++) {
      left -= weights[candidates[i]];
      if (left < 0) return candidates[i];
    }
    if (Number.isNaN(left)) throw noPrediction();
    return candidates[candidates.length - 1];
  }

  /** The likeliest ids, from the likeliest on. */
  #cut(topK: number, topP: number): Uint16Array {
    const weights = this.#weights;
    let candidates = Uint16Array.from(Array.from(this.#ids).sort((a, b) => weights[b] - weights[a]));
    if (topK > 0) candidates = candidates.slice(0, topK);
    if (topP === 1) return candidates;
    const enough = topP * this.#sum(candidates);
    let reached = 0;
    const last = candidates.findIndex((id) => (reached += weights[id]) >= enough);
    return last < 0 ? candidates : candidates.slice(0, last + 1);
  }

  #sum(ids: Uint16Array): number {
    let sum = 0;
    for (let i = 0; i < ids.length; i++) sum += this.#weights[ids[i]];
    return sum;
  }
}
