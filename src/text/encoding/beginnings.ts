/** What a file's first bytes say of its encoding. */
import { characterAt } from './utf-8.js';

/** ISO-2022-JP goes over to two bytes a character by ESC $ B or ESC $ @. */
export const startsJapanese = ([a, b, c]: Uint8Array): boolean =>
  a === 0x1b && b === 0x24 && (c === 0x42 || c === 0x40);

/** UTF-32, with a mark or by its zeros: of the four bytes of a character one or two are, always the same ones. */
export function isUtf32(bytes: Uint8Array): 'utf-32le' | 'utf-32be' | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const units = Math.min(bytes.length >> 2, 1024);
  for (const encoding of ['utf-32le', 'utf-32be'] as const) {
    const codeAt = (i: number): number => view.getUint32(4 * i, encoding === 'utf-32le');
    if (units > 0 && codeAt(0) === 0xfeff) return encoding;
    // A few numbers of four bytes may look like it.
    if (units < FEWEST) continue;
    if (Array.from({ length: units }, (_, i) => codeAt(i)).every(isInText)) return encoding;
  }
  return null;
}

const FEWEST = 4;
const isInText = (code: number): boolean =>
  (code >= 0x20 || (code >= 0x09 && code <= 0x0d)) && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xf8ff);

/** Half of a character is 0x20 by chance in one of some hundred; a word in Latin letters ends after ten. */
const MOST_SPACES = 32;

/**
 * UTF-16 without a mark: of Western text nearly every other byte is 0, and that says it all. Of others a zero, a control
 * character or what is not UTF-8 makes it `perhaps`; text of another kind has none of them.
 */
export function looksWide(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | 'perhaps' | null {
  const zeros = [0, 0];
  let isOdd = false;
  let spaces = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === 0) zeros[i % 2]++;
    else if (bytes[i] < 0x09) isOdd = true;
    else if (bytes[i] === 0x20) spaces++;
  }
  const most = bytes.length / 4;
  if (zeros[1] > most && zeros[0] === 0) return 'utf-16le';
  if (zeros[0] > most && zeros[1] === 0) return 'utf-16be';
  if (zeros[0] + zeros[1] > 0 || isOdd) return 'perhaps';
  // A space of two bytes has a zero.
  if (spaces > bytes.length / MOST_SPACES) return null;
  for (let at = 0; at < bytes.length;) {
    const length = characterAt(bytes, at);
    if (length < 0) return 'perhaps';
    if (length === 0) return null;
    at += length;
  }
  return null;
}
