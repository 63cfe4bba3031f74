/** Text into bytes of any encoding: what decodes to a character stands for it. */
import { isSingleByte, byteTable } from '../../src/text/encoding/single-byte.js';

const inverses = new Map<string, ReadonlyMap<string, readonly number[]>>();

function inverseOf(encoding: string): ReadonlyMap<string, readonly number[]> {
  const known = inverses.get(encoding);
  if (known) return known;
  const inverse = new Map<string, readonly number[]>();
  const put = (character: string, bytes: readonly number[]): void => {
    if (Array.from(character).length === 1 && character !== '\ufffd' && !inverse.has(character))
      inverse.set(character, bytes);
  };
  if (isSingleByte(encoding)) {
    for (const [byte, code] of byteTable(encoding).entries()) put(String.fromCharCode(code), [byte]);
  } else {
    const decoder = new TextDecoder(encoding);
    for (let byte = 0; byte < 256; byte++) put(decoder.decode(Uint8Array.of(byte)), [byte]);
    for (let lead = 0x81; lead < 0xff; lead++)
      for (let trail = 0x40; trail < 0xff; trail++)
        put(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
  }
  inverses.set(encoding, inverse);
  return inverse;
}

/** @throws Error for a character that the encoding does not have */
export function encode(text: string, encoding: string): Uint8Array {
  const inverse = inverseOf(encoding);
  return Uint8Array.from(
    Array.from(text).flatMap((character) => {
      const bytes = inverse.get(character);
      if (bytes === undefined) throw new Error(`${encoding} has no ${character}`);
      return [...bytes];
    }),
  );
}

export const canEncode = (text: string, encoding: string): boolean =>
  Array.from(text).every((character) => inverseOf(encoding).has(character));
