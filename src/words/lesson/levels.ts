/** What losses are held against. */

/** Nats on the held-out text. */
export interface Levels {
  /** Every symbol alike: ln V. */
  readonly even: number;
  /** Each symbol as often as in the training text, whatever stands before it. */
  readonly unigram: number;
}

/** Bits per character below the level of the frequencies: nearer to it a network has learnt them, and nothing else. */
export const MARGIN_BITS = 0.1;

export const MARGIN_NATS = MARGIN_BITS * Math.LN2;
