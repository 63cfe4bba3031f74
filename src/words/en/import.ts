/** What `import` says of the model it has made. */
import { numbers } from './numbers.js';

const { counted } = numbers;

export const importing = {
  /** Of a bias that the file has not. */
  zeros: 'zeros: the model has none',
  /** @param names of a weight and an embedding */
  product: (names: string): string => `${names}, the embedding folded in, rounded to float32`,
  symbols: (n: number): string => counted(n, 'symbol'),
  weights: (n: number): string => counted(n, 'weight'),
  tryIt: 'Try it:',
};
