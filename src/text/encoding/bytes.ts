export function joinedBytes(before: Uint8Array, after: Uint8Array): Uint8Array {
  if (before.length === 0) return after;
  const bytes = new Uint8Array(before.length + after.length);
  bytes.set(before);
  bytes.set(after, before.length);
  return bytes;
}

/** Where the first character begins that cannot be decoded: found by halving, for errors only. */
export function longestDecodable(bytes: Uint8Array, encoding: string): { good: number; isCutOff: boolean } {
  const decodes = (length: number, stream: boolean): boolean => {
    try {
      new TextDecoder(encoding, { fatal: true }).decode(bytes.subarray(0, length), { stream });
      return true;
    } catch {
      return false;
    }
  };
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    // stream: a character that is only begun at the end of the part is no fault of it.
    if (decodes(middle, true)) good = middle;
    else bad = middle;
  }
  const isCutOff = good === bytes.length;
  // What was begun and not finished is at fault, not the byte at which that came out.
  while (!decodes(good, false)) good--;
  return { good, isCutOff };
}
