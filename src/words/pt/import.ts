/** O que `import` diz do modelo que fez. */
import type { Words } from '../en/words.js';
import { numbers } from './numbers.js';

const { counted } = numbers;

export const importing: Words['importing'] = {
  zeros: 'zeros: o modelo não tem',
  product: (names) => `${names}, com o embedding incorporado, arredondado a float32`,
  symbols: (n) => counted(n, 'símbolo', 'símbolos'),
  weights: (n) => counted(n, 'peso', 'pesos'),
  tryIt: 'Experimente:',
};
