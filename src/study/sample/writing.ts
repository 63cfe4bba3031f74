/** One sample in the making: what is chosen, what of it is settled, and where it ends. */
import type { Floats } from '../../base/matrix.js';
import { Rng } from '../../base/rng.js';
import type { Alphabet } from '../../text/alphabet.js';
import { Chooser } from './chooser.js';
import type { SampleEnd, SampleOptions } from './options.js';
import type { SamplePlan } from './plan.js';

/** What all samples of a call have in common. */
export class Pen {
  readonly chooser: Chooser;
  /** Of the stop text: how much of its beginning still stands where symbol i does not go on (Knuth, Morris & Pratt 1977). */
  readonly fallbacks: readonly number[];

  constructor(
    readonly alphabet: Alphabet,
    readonly options: SampleOptions,
    readonly plan: SamplePlan,
  ) {
    this.chooser = new Chooser(alphabet);
    this.fallbacks = fallbacksOf(plan.stop ?? new Uint16Array());
  }
}

export class Writing {
  #end: SampleEnd | null;
  #made = 0;
  #lines = 0;
  /** How much of the stop text's beginning the last symbols are. */
  #matched = 0;
  /** Chosen, but perhaps the beginning of the stop text. */
  readonly #held: number[] = [];
  #settled = '';
  readonly #rng: Rng;

  constructor(
    private readonly pen: Pen,
    readonly seed: number,
  ) {
    this.#rng = Rng.fromSeed(seed);
    this.#end = pen.options.length === 0 ? 'length' : null;
  }

  /** Why it is through; null while it is not. */
  get end(): SampleEnd | null {
    return this.#end;
  }

  /**
   * Chooses the next symbol, unless it is through.
   * @param logits (V)
   * @returns its id, to be shown to the predictor; null where nothing follows
   */
  choose(logits: Floats): number | null {
    if (this.#end !== null) return null;
    const { chooser, options, plan } = this.pen;
    const id = chooser.choose(logits, options, this.#rng);
    if (id === this.pen.alphabet.end) return this.#finish('record', 0);
    this.#made++;
    this.#held.push(id);
    this.#match(id);
    if (plan.stop && this.#matched === plan.stop.length) return this.#finish('stop', this.#matched);
    if (options.lines > 0 && id === plan.lineEnd && ++this.#lines === options.lines)
      return this.#finish('lines', 1);
    if (this.#made === options.length) return this.#finish('length', 0);
    this.#settle(this.#matched);
    return id;
  }

  /** What has been settled since it was last asked. */
  take(): string {
    const text = this.#settled;
    this.#settled = '';
    return text;
  }

  #match(id: number): void {
    const { stop } = this.pen.plan;
    if (stop === null) return;
    while (this.#matched > 0 && stop[this.#matched] !== id)
      this.#matched = this.pen.fallbacks[this.#matched - 1];
    if (stop[this.#matched] === id) this.#matched++;
  }

  #finish(end: SampleEnd, but: number): null {
    this.#settle(but);
    this.#end = end;
    return null;
  }

  /** All that is held but the last so many. */
  #settle(but: number): void {
    const { symbols } = this.pen.alphabet;
    for (const id of this.#held.splice(0, this.#held.length - but)) this.#settled += symbols[id];
  }
}

/** For each i the longest beginning of the text, shorter than itself, that its first i + 1 symbols end in. */
function fallbacksOf(text: Uint16Array): number[] {
  const fallbacks: number[] = [];
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    if (i > 0) {
      while (length > 0 && text[length] !== text[i]) length = fallbacks[length - 1];
      if (text[length] === text[i]) length++;
    }
    fallbacks.push(length);
  }
  return fallbacks;
}
