/** Bytes of any encoding to text, all at once and whatever they are: U+FFFD for what cannot be decoded. */
import { isSingleByte, byteTable } from './single-byte.js';

export function decodeWhole(bytes: Uint8Array, encoding: string): string {
  if (isSingleByte(encoding)) return decodeSingle(bytes, encoding);
  if (encoding.startsWith('utf-32')) return decodeUtf32(bytes, encoding);
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
}

const UTF_16 = new TextDecoder('utf-16le', { ignoreBOM: true });
const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** UTF-16 units to text. */
export function fromUnits(units: Uint16Array): string {
  // Far faster than String.fromCharCode; on the few big-endian machines the decoder of the other order.
  const decoder = isLittleEndian ? UTF_16 : new TextDecoder('utf-16be', { ignoreBOM: true });
  return decoder.decode(units);
}

/** @param into room for as many, where there is some to be used again */
export function decodeSingle(
  bytes: Uint8Array,
  encoding: string,
  into: Uint16Array = new Uint16Array(bytes.length),
): string {
  const table = byteTable(encoding);
  if (encoding === 'windows-1252') return decodeWestern(bytes, table);
  const { length } = bytes;
  for (let i = 0; i < length; i++) into[i] = table[bytes[i]];
  return fromUnits(into.subarray(0, length));
}

const WESTERN = new TextDecoder('windows-1252', { ignoreBOM: true });
const CONTROLS = /[\x80-\x9f]/g;

/** The most usual one: only what is between 0x80 and 0x9F is another character than its number says. */
function decodeWestern(bytes: Uint8Array, table: Uint16Array): string {
  const text = WESTERN.decode(bytes);
  return text.replace(CONTROLS, (control) => String.fromCharCode(table[control.charCodeAt(0)]));
}

/** The code points in whole units of four bytes. */
export function utf32Codes(bytes: Uint8Array, encoding: string): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: Math.floor(bytes.length / 4) }, (_, i) =>
    view.getUint32(4 * i, encoding === 'utf-32le'),
  );
}

export const isCharacter = (code: number): boolean => code < 0xd800 || (code > 0xdfff && code <= 0x10ffff);

function decodeUtf32(bytes: Uint8Array, encoding: string): string {
  let text = '';
  for (const code of utf32Codes(bytes, encoding))
    text += isCharacter(code) ? String.fromCodePoint(code) : '\ufffd';
  return bytes.length % 4 === 0 ? text : `${text}\ufffd`;
}
