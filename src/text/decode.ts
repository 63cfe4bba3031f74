/** Bytes to text: UTF-8, strictly, in the normal form NFC. */
import { DissipaError } from '../base/errors.js';

/**
 * The text in `bytes`; a byte-order mark is taken off.
 * @param where the path, for the errors
 * @throws DissipaError where the bytes are empty, hold a NUL (a binary) or are not UTF-8, and at which byte
 */
export function decodeText(bytes: Uint8Array, where: string): string {
  if (bytes.length === 0)
    throw new DissipaError({ where, found: 'the file is empty', expected: 'expected a text' });
  const zero = bytes.indexOf(0);
  if (zero >= 0)
    throw new DissipaError({
      where,
      found: `byte ${zero} is 0, so this is a binary file`,
      expected: 'expected a text in UTF-8',
      advice: 'name a text file',
    });
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const at = firstBadByte(bytes);
    throw new DissipaError({
      where,
      found: `byte ${at} (0x${bytes[at].toString(16).padStart(2, '0')}) is not UTF-8`,
      expected: 'expected a text in UTF-8',
      advice: 'convert it first, for example with `iconv -f latin1 -t utf-8`',
    });
  }
  return text.normalize('NFC');
}

/** Where the first character begins that cannot be decoded: found by halving, for errors only. */
function firstBadByte(bytes: Uint8Array): number {
  const decodes = (end: number, stream: boolean): boolean => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end), { stream });
      return true;
    } catch {
      return false;
    }
  };
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    // stream: an unfinished character at the end of the part is no fault of it.
    if (decodes(middle, true)) good = middle;
    else bad = middle;
  }
  // What was begun and not finished is at fault, not the byte at which that came out.
  while (!decodes(good, false)) good--;
  return good;
}
