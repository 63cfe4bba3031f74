/** Whatever predicts a text symbol by symbol: a network, brain.js's, a counting model. Sampled and scored by one code. */
import type { Floats } from '../../base/matrix.js';

/** Whatever predicts the next symbol. */
export interface Predictor {
  /** At the beginning of a text again: nothing was seen. */
  reset(): void;
  /** Sees the next symbol of the text. @returns logits (V) of the one after it, lent until the next call */
  show(id: number): Floats;
}
