/** How English writes figures; its lists and dates as in British English: no comma before *and*, the day before the month. */
import { numbersIn } from '../numbers.js';

export const numbers = numbersIn('en', { to: 'to', times: 'times', lists: 'en-GB' });
