/**
 * The floor under every comparison: a Witten–Bell model (see ngrams.ts) counted on the training text, of the order that
 * predicts the validation text best. It is scored and sampled as a network is.
 */
import type { Alphabet } from '../../text/alphabet.js';
import { asSymbols, piecesOf, type Symbols } from '../../text/symbols.js';
import { bytesAfterFirst, checkScorable, reportOf, type EvaluationReport } from '../evaluate/evaluate.js';
import { Ngrams } from './ngrams.js';
import type { Predictor } from '../evaluate/predictor.js';
import { sampleFrom, type SampleOptions } from '../sample/sample.js';

/** The longest context that is tried; a million characters of prose are told best from 5. */
export const MOST_ORDERS = 6;

/** Predicts from the characters before, counted: what a network has to be better than. */
export class NgramModel implements Predictor {
  /** The order chosen: how many symbols before are looked at. */
  readonly order: number;
  /** By order: bits per character of the validation text. */
  readonly validationBits: readonly number[];
  readonly #ngrams: Ngrams;
  readonly #probabilities: Float64Array;

  /** @throws DissipaError where there is too little to choose the order on */
  constructor(
    training: Uint16Array | Symbols,
    validation: Uint16Array | Symbols,
    private readonly alphabet: Alphabet,
    where: string,
    orders = MOST_ORDERS,
  ) {
    checkScorable(validation.length, where);
    this.#ngrams = new Ngrams(alphabet.size, orders, alphabet.end);
    this.#probabilities = new Float64Array(alphabet.size);
    for (const piece of piecesOf(asSymbols(training))) this.#ngrams.add(piece);
    const bits = this.#bitsOf(validation);
    this.validationBits = bits.map((sum) => sum / (validation.length - 1));
    this.order = bits.indexOf(Math.min(...bits));
  }

  /** N-grams it has counted, of which every probability is made. */
  get parameters(): number {
    return this.#ngrams.countsHeld(this.order);
  }

  /** One prediction for every symbol but the first, nothing known of what was before it. */
  evaluate(ids: Uint16Array | Symbols, where: string): EvaluationReport {
    checkScorable(ids.length, where);
    const nats = this.#bitsOf(ids)[this.order] * Math.LN2;
    return reportOf(nats, ids.length - 1, bytesAfterFirst(ids, this.alphabet));
  }

  /** By order, all predictions together. */
  #bitsOf(ids: Uint16Array | Symbols): number[] {
    this.reset();
    const sums = new Array<number>(this.#ngrams.orders + 1).fill(0);
    let isFirst = true;
    for (const piece of piecesOf(asSymbols(ids))) {
      if (isFirst) this.#ngrams.follow(piece.subarray(0, 1));
      this.#ngrams.bitsOf(isFirst ? piece.subarray(1) : piece).forEach((bits, k) => (sums[k] += bits));
      isFirst = false;
    }
    return sums;
  }

  reset(): void {
    this.#ngrams.forget();
  }

  /** Their logarithms are logits, for they sum to 1. */
  show(id: number): Float64Array {
    this.#ngrams.follow(Uint16Array.of(id));
    this.#ngrams.probabilities(this.order, this.#probabilities);
    return this.#probabilities.map(Math.log);
  }

  /** @see sampleFrom */
  sample(options: SampleOptions): Generator<string, void> {
    return sampleFrom(this, this.alphabet, options);
  }
}
