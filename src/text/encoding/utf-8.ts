/** Which bytes are UTF-8 and which are not, by the rules of the Encoding Standard (maximal subparts). */

/**
 * How many bytes the character at `at` has: 1–4, or −n where the n bytes from there are none (together they get one
 * replacement character), or 0 where the bytes end before the character does.
 */
export function characterAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at];
  if (lead < 0x80) return 1;
  const length =
    lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 1;
  if (length === 1) return -1;
  // No longer form than is needed, no surrogates, nothing beyond U+10FFFF.
  let lower = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  let upper = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  for (let i = 1; i < length; i++) {
    if (at + i >= bytes.length) return 0;
    const byte = bytes[at + i];
    if (byte < lower || byte > upper) return -i;
    [lower, upper] = [0x80, 0xbf];
  }
  return length;
}

/** The length of `bytes` without a character that they only begin. */
export function wholeLength(bytes: Uint8Array): number {
  for (let at = bytes.length - 1; at >= Math.max(0, bytes.length - 3); at--) {
    if ((bytes[at] & 0xc0) === 0x80) continue;
    return bytes[at] >= 0xc2 && characterAt(bytes, at) === 0 ? at : bytes.length;
  }
  return bytes.length;
}

/** The stretches of `bytes` that are UTF-8, and those that are not, in order; a character cut off is not. */
export function* stretches(
  bytes: Uint8Array,
): Generator<{ from: number; to: number; isGood: boolean }, void> {
  let from = 0;
  let at = 0;
  while (at < bytes.length) {
    const length = characterAt(bytes, at);
    if (length > 0) at += length;
    else {
      if (at > from) yield { from, to: at, isGood: true };
      const bad = length === 0 ? bytes.length - at : -length;
      yield { from: at, to: at + bad, isGood: false };
      at += bad;
      from = at;
    }
  }
  if (at > from) yield { from, to: at, isGood: true };
}

export interface Evidence {
  /** Characters beyond ASCII that are UTF-8. */
  readonly good: number;
  /** Bytes, or beginnings of characters, that are not. */
  readonly bad: number;
}

/** @param bytes whole but for a character that the last of them may only begin: that one does not count */
export function evidenceIn(bytes: Uint8Array): Evidence {
  let [good, bad] = [0, 0];
  for (let at = 0; at < bytes.length;) {
    const length = characterAt(bytes, at);
    if (length === 0) break;
    if (length > 1) good++;
    else if (length < 0) bad++;
    at += Math.abs(length);
  }
  return { good, bad };
}
