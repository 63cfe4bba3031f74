/** What may be an alphabet in a checkpoint: characters, each once, none that a terminal would obey. */
import type { DissipaError } from '../base/errors.js';
import { codePointOf, MOST_SYMBOLS } from '../text/alphabet.js';
import { quote } from './json.js';

/** Bytes are symbols of their own kind: control characters are some of them. */
const BYTES = 'bytes';

/** @param kind what the metadata say that the symbols are, where they are no characters */
export function checkAlphabet(
  symbols: readonly unknown[],
  kind: string | null,
  bad: (found: string, expected: string) => DissipaError,
): asserts symbols is readonly string[] {
  if (symbols.length > MOST_SYMBOLS)
    throw bad(`has ${symbols.length} symbols`, `expected ${MOST_SYMBOLS} at most`);
  const seen = new Map<string, number>();
  for (const [id, symbol] of symbols.entries()) {
    if (typeof symbol !== 'string' || !isSymbol(symbol)) {
      throw bad(`symbol ${id} is ${quote(symbol)}`, 'expected a string of one character');
    }
    // A terminal would obey it: \x1b sets a window's title, and worse.
    if (kind !== BYTES && isControl(symbol))
      throw bad(
        `symbol ${id} is the control character ${codePointOf(symbol)}`,
        'expected none but tab and line feed',
      );
    const earlier = seen.get(symbol);
    if (earlier !== undefined)
      throw bad(`${quote(symbol)} is both symbol ${earlier} and ${id}`, 'expected it once');
    seen.set(symbol, id);
  }
}

/** A control character that no text has once it was read. */
export const isControl = (symbol: string): boolean => /[^\P{Cc}\t\n]/u.test(symbol);

/** Exactly one code point, and not half of a surrogate pair. */
export function isSymbol(text: string): boolean {
  const code = text.codePointAt(0);
  if (code === undefined || (code >= 0xd800 && code <= 0xdfff)) return false;
  return text.length === (code > 0xffff ? 2 : 1);
}
