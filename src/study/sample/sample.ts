/** Text out of whatever predicts text, one symbol at a time. */
import type { Floats } from '../../base/matrix.js';
import { forward } from '../../bptt/forward.js';
import { Unrolled } from '../../bptt/unrolled.js';
import type { Room } from '../../kernels/kernels.js';
import { madeIn } from '../../kernels/scoped.js';
import type { Alphabet } from '../../text/alphabet.js';
import { BETWEEN } from '../../text/records.js';
import { lengthInSymbols } from '../../text/symbols.js';
import type { Model } from '../model/model.js';
import type { Predictor } from '../evaluate/predictor.js';
import type { SampleOptions } from './options.js';
import { samplePlan } from './plan.js';
import { Pen, Writing } from './writing.js';

export { sampleOptions, type SampleEnd, type SampleOptions } from './options.js';
export { sampleMany, type SampleEvent } from './many.js';

/**
 * The symbols that follow the prompt, each as soon as it is settled: one sample, whatever `count` is. The predictor
 * begins at the beginning of a text and is shown prompt and text. Without a prompt it is first shown a line feed (or the
 * first symbol).
 * @throws DissipaError for a prompt with symbols that the alphabet has not, before anything is made
 */
export function* sampleFrom(
  predictor: Predictor,
  alphabet: Alphabet,
  options: SampleOptions,
): Generator<string, void> {
  const plan = samplePlan(alphabet, options);
  const writing = new Writing(new Pen(alphabet, options, plan), options.seed);
  predictor.reset();
  let logits: Floats = new Float64Array(alphabet.size);
  for (const id of plan.primer) logits = predictor.show(id);
  for (let id = writing.choose(logits); ; id = writing.choose(predictor.show(id))) {
    yield* writing.take();
    if (id === null) return;
  }
}

/** Records in one sample, at most: one that ends at once has no characters. */
const MOST_RECORDS = 1000;

/**
 * A sample as long as was asked for: of a model of records as many of them as it takes, one after the other, those that
 * the seeds from the first on give.
 */
export function sampleText(
  sampler: Pick<Sampler, 'run'>,
  alphabet: Alphabet,
  options: SampleOptions,
): string {
  const { records } = alphabet;
  if (records === undefined) return [...sampler.run(options)].join('');
  const made: string[] = [];
  for (let left = options.length; left > 0 && made.length < MOST_RECORDS;) {
    const record = [...sampler.run({ ...options, length: left, seed: options.seed + made.length })].join('');
    made.push(record);
    left -= lengthInSymbols(record) + 1;
  }
  return made.join(BETWEEN[records]);
}

/** Text out of a network, whose carry starts at zero. @see sampleFrom, and `sampleMany` for several at once */
export class Sampler implements Predictor {
  readonly #room: Room;
  readonly #unrolled: Unrolled;

  constructor(private readonly model: Model) {
    const options = { rows: 1, timesteps: 1, gradients: false, dropout: 0 };
    this.#room = model.network.kernels.room();
    this.#unrolled = madeIn(this.#room, () => new Unrolled(model.network, options));
  }

  /** Gives its memory back: it writes no more. */
  release(): void {
    this.#room.release();
  }

  /** Writes, a symbol at a time. */
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
