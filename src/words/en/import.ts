/** What `import` says of the model it has made. */
import { counted } from '../../base/words.js';

export const importing = {
  /** Of a bias that the file has not. */
  zeros: 'zeros: the model has none',
  /** @param names of a weight and an embedding */
  product: (names: string): string => `${names}, the embedding folded in, rounded to float32`,
  symbols: (n: string): string => counted(n, 'symbol'),
  weights: (n: string): string => counted(n, 'weight'),
  tryIt: 'Try it:',
};
