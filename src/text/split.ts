/** A text's two parts: the beginning is trained on, a share of it at the end is held out to validate on. */
import { DissipaError } from '../base/errors.js';
import { counted } from '../base/words.js';
import { rangeOf, type Symbols } from './symbols.js';
import { shortestText, type WindowSize, windowInWords } from './windows.js';

export interface Split {
  readonly training: Symbols;
  readonly validation: Symbols;
}

/** One to read, one to predict. */
const FEWEST_HELD_OUT = 2;

/** How many of `length` symbols are held out. */
export const heldOut = (length: number, share: number): number => Math.floor(length * share);

/** The shortest text whose beginning fills one window, and whose end can be validated on where any is held out. */
export function shortestSplit(size: WindowSize, share: number): number {
  const window = shortestText(size);
  const suffices = (length: number): boolean => {
    const held = heldOut(length, share);
    return length - held >= window && (share === 0 || held >= FEWEST_HELD_OUT);
  };
  // Both parts' least lengths, exact but for rounding; a share that no text is long enough for ends the search too.
  const forWindow = Math.floor((window - 1) / (1 - share));
  const forHeldOut = share === 0 ? 0 : Math.floor(FEWEST_HELD_OUT / share);
  let length = Math.max(window, forWindow, forHeldOut);
  while (!suffices(length) && length < Number.MAX_SAFE_INTEGER) length++;
  return length;
}

/** @throws DissipaError where a text is too short to be trained on, saying how long it must be */
export function checkLength(length: number, size: WindowSize, share: number, where: string): void {
  const needed = shortestSplit(size, share);
  if (length >= needed) return;
  throw new DissipaError({
    where,
    found: counted(length, 'character'),
    expected: `at least ${needed} for ${windowInWords(size)}${share > 0 ? `, with a share of ${share} held out` : ''}`,
    advice: `give a longer text, or a smaller --batch or --window${share > 0 ? ', or --validation 0' : ''}`,
  });
}

/** @throws DissipaError where too little of a text is held out for a prediction */
export function checkHeldOut(length: number, share: number, where: string): void {
  const held = heldOut(length, share);
  if (share === 0 || held >= FEWEST_HELD_OUT) return;
  throw new DissipaError({
    where,
    found: `${counted(length, 'character')}, of which --validation ${share} holds out ${held}`,
    expected: `at least ${FEWEST_HELD_OUT} to validate on`,
    advice: 'give a longer text, or --validation 0',
  });
}

/** Both parts of a text. */
export function splitText(symbols: Symbols, share: number): Split {
  const cut = symbols.length - heldOut(symbols.length, share);
  return { training: rangeOf(symbols, 0, cut), validation: rangeOf(symbols, cut, symbols.length) };
}
