/** How English writes figures; its lists as in British English, without a comma before *and*. */
import { numbersIn } from '../numbers.js';

export const numbers = numbersIn('en', { to: 'to', times: 'times', lists: 'en-GB' });
