/** How Brazilian Portuguese writes figures. */
import { numbersIn } from '../numbers.js';

export const numbers = numbersIn('pt-BR', { to: 'a', times: 'vezes' });
