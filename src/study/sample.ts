/** Text out of whatever predicts text, one symbol at a time. */
import * as z from 'zod';
import type { Floats } from '../base/matrix.js';
import { Rng } from '../base/rng.js';
import { forward } from '../bptt/forward.js';
import { Unrolled } from '../bptt/unrolled.js';
import type { Alphabet } from '../text/alphabet.js';
import type { Model } from './model.js';
import type { Predictor } from './predictor.js';

export const sampleOptions = z.strictObject({
  prompt: z.string().default('').meta({ description: 'text to go on from; read through the network first' }),
  length: z.int().min(0).default(500).meta({ description: 'characters to make' }),
  temperature: z
    .number()
    .min(0)
    .default(0.8)
    .meta({ description: 'below 1 likelier, above 1 bolder; 0 always takes the likeliest' }),
  topK: z.int().min(0).default(0).meta({ description: 'choose among the k likeliest only; 0 for all' }),
  topP: z
    .number()
    .gt(0)
    .max(1)
    .default(1)
    .meta({ description: 'choose among the likeliest that together have this probability' }),
  seed: z
    .int()
    .min(-(2 ** 31))
    .max(2 ** 31 - 1)
    .default(1)
    .meta({ description: 'seed of the choices: same seed, same text' }),
});
export type SampleOptions = Readonly<z.infer<typeof sampleOptions>>;

/**
 * The symbols that follow the prompt, each as soon as it is chosen. The predictor begins at the beginning of a text and is
 * shown prompt and text. Without a prompt it is first shown a line feed (or the first symbol).
 * @throws DissipaError for a prompt with symbols that the alphabet has not, before anything is made
 */
export function* sampleFrom(
  predictor: Predictor,
  alphabet: Alphabet,
  options: SampleOptions,
): Generator<string, void> {
  const rng = Rng.fromSeed(options.seed);
  const chooser = new Chooser(alphabet);
  const prompt = options.prompt.normalize('NFC');
  const primer =
    prompt === '' ? Uint16Array.of(alphabet.idOf('\n') ?? 0) : alphabet.encode(prompt, '--prompt');
  predictor.reset();
  let logits: Floats = new Float64Array(alphabet.size);
  for (const id of primer) logits = predictor.show(id);
  for (let made = 0; made < options.length; made++) {
    const id = chooser.choose(logits, options, rng);
    yield alphabet.symbols[id];
    if (made < options.length - 1) logits = predictor.show(id);
  }
}

/** Text out of a network, whose carry starts at zero. @see sampleFrom */
export class Sampler implements Predictor {
  readonly #unrolled: Unrolled;

  constructor(private readonly model: Model) {
    const options = { rows: 1, timesteps: 1, gradients: false, dropout: 0 };
    this.#unrolled = new Unrolled(model.network, options);
  }

  run(options: SampleOptions): Generator<string, void> {
    return sampleFrom(this, this.model.alphabet, options);
  }

  reset(): void {
    this.#unrolled.resetCarry();
  }

  show(id: number): Floats {
    this.#unrolled.inputs.data[0] = id;
    forward(this.#unrolled, 1);
    this.#unrolled.carryOn();
    return this.#unrolled.logits.data;
  }
}

/** Draws an id from softmax(logits / temperature), cut to top-k and top-p. Never the symbol for unknown ones. */
class Chooser {
  readonly #ids: readonly number[];
  /** e^{(logit − largest) / temperature} by id */
  readonly #weights: Float64Array;

  constructor({ symbols, unknown }: Alphabet) {
    this.#ids = Array.from(symbols.keys()).filter((id) => id !== unknown);
    this.#weights = new Float64Array(symbols.length);
  }

  choose(logits: Floats, { temperature, topK, topP }: SampleOptions, rng: Rng): number {
    const weights = this.#weights;
    let likeliest = this.#ids[0];
    for (const id of this.#ids) if (logits[id] > logits[likeliest]) likeliest = id;
    if (temperature === 0) return likeliest;
    // The largest logit is taken off before the exponential: no temperature can make it overflow.
    for (const id of this.#ids) weights[id] = Math.exp((logits[id] - logits[likeliest]) / temperature);
    const candidates = topK > 0 || topP < 1 ? this.#cut(topK, topP) : this.#ids;
    let left = rng.uniform() * this.#sum(candidates);
    for (const id of candidates) {
      left -= weights[id];
      if (left < 0) return id;
    }
    return candidates[candidates.length - 1];
  }

  /** The likeliest ids, from the likeliest on. */
  #cut(topK: number, topP: number): readonly number[] {
    const weights = this.#weights;
    let candidates = this.#ids.toSorted((a, b) => weights[b] - weights[a]);
    if (topK > 0) candidates = candidates.slice(0, topK);
    if (topP === 1) return candidates;
    const enough = topP * this.#sum(candidates);
    let reached = 0;
    const last = candidates.findIndex((id) => (reached += weights[id]) >= enough);
    return last < 0 ? candidates : candidates.slice(0, last + 1);
  }

  #sum(ids: readonly number[]): number {
    let sum = 0;
    for (const id of ids) sum += this.#weights[id];
    return sum;
  }
}
