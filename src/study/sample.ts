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
  const prompt = options.prompt.normalize('NFC');
  const primer =
    prompt === '' ? Uint16Array.of(alphabet.idOf('\n') ?? 0) : alphabet.encode(prompt, '--prompt');
  predictor.reset();
  let logits: Floats = new Float64Array(alphabet.size);
  for (const id of primer) logits = predictor.show(id);
  for (let made = 0; made < options.length; made++) {
    const id = choose(logits, alphabet, options, rng);
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
function choose(logits: Floats, alphabet: Alphabet, options: SampleOptions, rng: Rng): number {
  const { temperature, topK, topP } = options;
  const ids = Array.from(logits.keys()).filter((id) => id !== alphabet.unknown);
  const likeliest = ids.reduce((best, id) => (logits[id] > logits[best] ? id : best), ids[0]);
  if (temperature === 0) return likeliest;
  // The largest logit is taken off before the exponential: no temperature can make it overflow.
  const weights = new Map(ids.map((id) => [id, Math.exp((logits[id] - logits[likeliest]) / temperature)]));
  let candidates = [...weights];
  if (topK > 0 || topP < 1) {
    candidates.sort(([, a], [, b]) => b - a);
    if (topK > 0) candidates = candidates.slice(0, topK);
    const enough = topP * sum(candidates);
    let reached = 0;
    const cut = candidates.findIndex(([, weight]) => (reached += weight) >= enough);
    if (topP < 1 && cut >= 0) candidates = candidates.slice(0, cut + 1);
  }
  let left = rng.uniform() * sum(candidates);
  for (const [id, weight] of candidates) {
    left -= weight;
    if (left < 0) return id;
  }
  return candidates[candidates.length - 1][0];
}

const sum = (candidates: readonly (readonly [number, number])[]): number =>
  candidates.reduce((total, [, weight]) => total + weight, 0);
