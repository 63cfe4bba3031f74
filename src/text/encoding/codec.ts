/** Decodes one known encoding, piece by piece; what is not of it is refused, replaced or dropped. */
import { longestDecodable } from './bytes.js';
import { decodeSingle, fromUnits, isCharacter, utf32Codes } from './decode-whole.js';
import { isMultiByte, wholeLegacyLength as wholeLegacy } from './legacy.js';
import { isSingleByte, byteTable, UNDEFINED } from './single-byte.js';
import { stretches, wholeLength as wholeUtf8 } from './utf-8.js';

export const BAD_BYTES = ['refuse', 'replace', 'drop'] as const;
export type BadBytes = (typeof BAD_BYTES)[number];

const REPLACEMENT = '\ufffd';

/** Called with the index of the first byte at fault, where they are to be refused. */
export type Refuse = (index: number, isCutOff: boolean) => never;

export class Codec {
  /** For encodings with a state of their own, which are few and old. */
  readonly #streaming: TextDecoder | null;
  readonly #fatal: TextDecoder | null = null;
  #bad = 0;
  #units = new Uint16Array();

  constructor(
    readonly encoding: string,
    private readonly badBytes: BadBytes,
  ) {
    const isOwn = isSingleByte(encoding) || encoding.startsWith('utf-32');
    const isStateless = isOwn || encoding.startsWith('utf-') || isMultiByte(encoding);
    this.#streaming = isStateless
      ? null
      : new TextDecoder(encoding, { fatal: badBytes === 'refuse', ignoreBOM: true });
    if (isStateless && !isOwn) this.#fatal = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  }

  /** How many times bytes were replaced or dropped. */
  get bad(): number {
    return this.#bad;
  }

  /** How many of `bytes` are whole characters: the rest goes before the next piece. */
  wholeLength(bytes: Uint8Array): number {
    const { encoding } = this;
    if (encoding === 'utf-8') return wholeUtf8(bytes);
    if (encoding.startsWith('utf-32')) return bytes.length - (bytes.length % 4);
    if (isMultiByte(encoding)) return wholeLegacy(bytes, encoding);
    if (!encoding.startsWith('utf-16')) return bytes.length;
    const even = bytes.length - (bytes.length % 2);
    const high = even === 0 ? 0 : bytes[encoding === 'utf-16le' ? even - 1 : even - 2];
    return high >= 0xd8 && high < 0xdc ? even - 2 : even;
  }

  /** @param bytes whole characters, but at a file's end */
  decode(bytes: Uint8Array, isLast: boolean, refuse: Refuse): string {
    if (isSingleByte(this.encoding)) return this.#single(bytes, refuse);
    if (this.encoding.startsWith('utf-32')) return this.#utf32(bytes, refuse);
    try {
      if (this.#streaming) return this.#counted(this.#streaming.decode(bytes, { stream: !isLast }));
      return this.#fatal?.decode(bytes) ?? '';
    } catch {
      return this.#mend(bytes, refuse);
    }
  }

  #mend(bytes: Uint8Array, refuse: Refuse): string {
    if (this.encoding === 'utf-8') return this.#utf8(bytes, refuse);
    if (this.encoding.startsWith('utf-16')) return this.#utf16(bytes, refuse);
    if (this.badBytes === 'refuse') {
      const { good, isCutOff } = longestDecodable(bytes, this.encoding);
      return refuse(good, isCutOff);
    }
    return this.#counted(new TextDecoder(this.encoding, { ignoreBOM: true }).decode(bytes));
  }

  /** What stands for bytes at fault. */
  #instead(index: number, isCutOff: boolean, refuse: Refuse): string {
    if (this.badBytes === 'refuse') refuse(index, isCutOff);
    this.#bad++;
    return this.badBytes === 'replace' ? REPLACEMENT : '';
  }

  /** Text of a decoder that puts replacement characters by itself. */
  #counted(text: string): string {
    const parts = text.split(REPLACEMENT);
    this.#bad += parts.length - 1;
    return this.badBytes === 'drop' ? parts.join('') : text;
  }

  #single(bytes: Uint8Array, refuse: Refuse): string {
    if (this.#units.length < bytes.length) this.#units = new Uint16Array(bytes.length);
    const text = decodeSingle(bytes, this.encoding, this.#units);
    if (!text.includes(REPLACEMENT)) return text;
    if (this.badBytes !== 'refuse') return this.#counted(text);
    const table = byteTable(this.encoding);
    return refuse(
      bytes.findIndex((byte) => table[byte] === UNDEFINED),
      false,
    );
  }

  #utf8(bytes: Uint8Array, refuse: Refuse): string {
    let text = '';
    for (const { from, to, isGood } of stretches(bytes))
      text += isGood
        ? (this.#fatal as TextDecoder).decode(bytes.subarray(from, to))
        : this.#instead(from, to === bytes.length && isBegun(bytes.subarray(from, to)), refuse);
    return text;
  }

  #utf16(bytes: Uint8Array, refuse: Refuse): string {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const units = Uint16Array.from({ length: bytes.length >> 1 }, (_, i) =>
      view.getUint16(2 * i, this.encoding === 'utf-16le'),
    );
    let text = '';
    let from = 0;
    const isHigh = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
    const isLow = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;
    for (let i = 0; i < units.length; i++) {
      if (isHigh(units[i]) && i + 1 < units.length && isLow(units[i + 1])) i++;
      else if (isHigh(units[i]) || isLow(units[i])) {
        const isCutOff = isHigh(units[i]) && i + 1 === units.length;
        text += fromUnits(units.subarray(from, i)) + this.#instead(2 * i, isCutOff, refuse);
        from = i + 1;
      }
    }
    text += fromUnits(units.subarray(from));
    return bytes.length % 2 === 0 ? text : text + this.#instead(bytes.length - 1, true, refuse);
  }

  #utf32(bytes: Uint8Array, refuse: Refuse): string {
    let text = '';
    utf32Codes(bytes, this.encoding).forEach((code, i) => {
      text += isCharacter(code) ? String.fromCodePoint(code) : this.#instead(4 * i, false, refuse);
    });
    const rest = bytes.length % 4;
    return rest === 0 ? text : text + this.#instead(bytes.length - rest, true, refuse);
  }
}

/** A character's first bytes, of which more were to come. */
const isBegun = (bytes: Uint8Array): boolean =>
  bytes[0] >= 0xc2 && bytes.length < (bytes[0] < 0xe0 ? 2 : bytes[0] < 0xf0 ? 3 : 4) && bytes[0] < 0xf5;
