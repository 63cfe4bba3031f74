/** Where a character ends in the encodings of one to four bytes a character that are not Unicode's. */

/** Bytes of the character that begins with `lead`. */
function lengthOf(encoding: string, lead: number, second: number): number {
  if (lead < 0x80) return 1;
  switch (encoding) {
    case 'gb18030':
    case 'gbk':
      return lead === 0x80 || lead === 0xff ? 1 : second >= 0x30 && second <= 0x39 ? 4 : 2;
    case 'shift_jis':
      return (lead >= 0xa0 && lead <= 0xdf) || lead === 0x80 || lead >= 0xfd ? 1 : 2;
    case 'euc-jp':
      return lead === 0x8f ? 3 : lead === 0x8e || lead >= 0xa1 ? 2 : 1;
    default:
      return lead === 0x80 || lead === 0xff ? 1 : 2;
  }
}

const MULTI_BYTE: readonly string[] = ['gb18030', 'gbk', 'big5', 'shift_jis', 'euc-jp', 'euc-kr'];
export const isMultiByte = (encoding: string): boolean => MULTI_BYTE.includes(encoding);

/** The length of `bytes` without a character that they only begin. */
export function wholeLegacyLength(bytes: Uint8Array, encoding: string): number {
  // Bytes below 0x30 are never part of another character: from behind the last of them it can be counted.
  let at = bytes.length;
  while (at > 0 && bytes[at - 1] >= 0x30) at--;
  while (at < bytes.length) {
    const second = at + 1 < bytes.length ? bytes[at + 1] : 0;
    if (at + 1 === bytes.length && bytes[at] >= 0x80 && lengthOf(encoding, bytes[at], 0x40) > 1) return at;
    const length = lengthOf(encoding, bytes[at], second);
    if (at + length > bytes.length) return at;
    // A second byte that cannot be one is a character of its own.
    at += length > 1 && second < 0x30 ? 1 : length;
  }
  return bytes.length;
}
