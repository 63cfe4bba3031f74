/** What a run holds out: looked at along the way, in part where it is long, and as a whole at the end. */
import type { Network } from '../model/network.js';
import { asSymbols, type Symbols } from '../text/symbols.js';
import { Evaluator, passagesFor, streamsFor, type Evaluation } from './evaluate.js';

/** How well a model predicts all of each part held out; null for none. */
export interface Figures {
  readonly validation: Evaluation | null;
  readonly test: Evaluation | null;
}

export class HeldOut {
  readonly #validation: Symbols;
  readonly #test: Symbols;
  readonly #evaluator: Evaluator | null;
  readonly #isPart: boolean;

  /** @param characters of the text validated on that `evaluate` looks at, if it has more */
  constructor(
    network: Network,
    validation: Uint16Array | Symbols,
    test: Uint16Array | Symbols,
    private readonly characters: number,
  ) {
    this.#validation = asSymbols(validation);
    this.#test = asSymbols(test);
    this.#isPart = characters < validation.length - 1;
    const whole = validation.length > 1 ? validation : test;
    const streams = this.#isPart ? passagesFor(characters) : streamsFor(whole.length);
    this.#evaluator = whole.length > 1 ? new Evaluator(network, streams) : null;
  }

  /** On the way: the same characters each time; null where nothing is held out. */
  evaluate(): Evaluation | null {
    const validation = this.#validation;
    if (this.#evaluator === null || validation.length < 2) return null;
    return this.#isPart
      ? this.#evaluator.runPart(validation, this.characters)
      : this.#evaluator.run(validation);
  }

  /** All of it. Yields the share that is done. */
  *figures(): Generator<number, Figures> {
    const lengths = [this.#validation.length, this.#test.length];
    const all = lengths[0] + lengths[1];
    const validation = yield* this.#whole(this.#validation, 0, lengths[0] / all);
    const test = yield* this.#whole(this.#test, lengths[0] / all, lengths[1] / all);
    return { validation, test };
  }

  *#whole(text: Symbols, before: number, share: number): Generator<number, Evaluation | null> {
    if (this.#evaluator === null || text.length < 2) return null;
    const reading = this.#evaluator.runWhole(text);
    for (;;) {
      const { done, value } = reading.next();
      if (done === true) return value;
      yield before + share * value;
    }
  }
}
