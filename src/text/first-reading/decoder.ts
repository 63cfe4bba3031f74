/**
 * Bytes to text, piece by piece, in the encoding they are found to be in, as the first reading does it (reading.ts): for
 * runs that were begun with it. It knows UTF-16, UTF-8 and Windows-1252, of which it leaves out what is undefined.
 *
 * Found in this order: a byte-order mark; UTF-16 without one, where every other byte of the beginning is a plain zero;
 * and at the first bytes beyond ASCII, UTF-8 where they are UTF-8, else Windows-1252 (which reads ISO-8859-1 too).
 * Nothing is guessed twice: text before that point reads the same in either.
 */
import { type DissipaError, failure } from '../../base/errors.js';
import { joinedBytes, longestDecodable } from '../encoding/bytes.js';

/** How many bytes of the beginning are looked at for zeros, and how many from the first beyond ASCII on. */
const BEGINNING = 4096;
const SAMPLE = 65_536;

/** What has a byte 0x80–0x9F in Windows-1252; some versions of Node decode these as ISO-8859-1's control characters. */
const C1 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

export class FirstDecoder {
  /** Undefined until it is known; then never another. */
  #encoding: string | undefined;
  #decoder: TextDecoder | undefined;
  /** Bytes not yet decoded, and where in the file they begin. */
  #held: Uint8Array = new Uint8Array();
  #offset = 0;
  #isBegun = false;

  /**
   * @param where the path, for the errors
   * @param encoding a label that `encodingNamed` knows, or `auto`
   */
  constructor(
    private readonly where: string,
    encoding = 'auto',
  ) {
    if (encoding !== 'auto') this.#decide(encoding);
  }

  /** The encoding's name; ASCII is UTF-8. */
  get encoding(): string {
    return this.#encoding ?? 'utf-8';
  }

  /**
   * The text that `bytes` complete; always whole code points. A byte-order mark may be among them.
   * @throws DissipaError where they are binary, or not of the encoding, and at which byte
   */
  push(bytes: Uint8Array): string {
    return this.#advance(joinedBytes(this.#held, bytes), false);
  }

  /** The rest. @throws DissipaError where the last character is cut off */
  end(): string {
    return this.#advance(this.#held, true);
  }

  #advance(bytes: Uint8Array, isLast: boolean): string {
    let text = '';
    let rest = bytes;
    if (this.#encoding === undefined) {
      if (!this.#isBegun && rest.length < BEGINNING && !isLast) return this.#keep(rest);
      if (!this.#isBegun) this.#begin(rest);
      this.#isBegun = true;
    }
    if (this.#encoding === undefined) {
      const ascii = rest.subarray(0, lengthOfAscii(rest));
      this.#refuseZero(ascii);
      text = new TextDecoder().decode(ascii);
      this.#offset += ascii.length;
      rest = rest.subarray(ascii.length);
      if (rest.length === 0 || (rest.length < SAMPLE && !isLast)) {
        this.#keep(rest);
        return text;
      }
      this.#decide(this.#recognise(rest.subarray(0, SAMPLE)));
    }
    return text + this.#decode(rest, isLast);
  }

  #keep(bytes: Uint8Array): string {
    // A copy: what was pushed is the caller's again.
    this.#held = bytes.slice();
    return '';
  }

  /** What the file's beginning alone can tell. */
  #begin(bytes: Uint8Array): void {
    const [a, b, c, d] = bytes;
    if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff))
      throw failure('text.utf-32', { where: this.where });
    if (a === 0xef && b === 0xbb && c === 0xbf) this.#decide('utf-8');
    else if (a === 0xff && b === 0xfe) this.#decide('utf-16le');
    else if (a === 0xfe && b === 0xff) this.#decide('utf-16be');
    else {
      const zeros = [0, 0];
      const beginning = bytes.subarray(0, BEGINNING);
      beginning.forEach((byte, i) => {
        if (byte === 0) zeros[i % 2]++;
      });
      // Western text: the high byte of nearly every unit is 0, and no unit is 0 itself.
      const most = beginning.length / 4;
      if (zeros[1] > most && zeros[0] === 0) this.#decide('utf-16le');
      if (zeros[0] > most && zeros[1] === 0) this.#decide('utf-16be');
    }
  }

  /** Of text whose first byte is beyond ASCII: is it UTF-8, or of one byte a character? */
  #recognise(sample: Uint8Array): string {
    const whole = sample.subarray(0, wholeLength(sample, 'utf-8'));
    // A character cut off at the end of the file is left in: it may be the only one, and then it is none of UTF-8's.
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(whole.length > 0 ? whole : sample);
    const beyond = text.match(/[^\0-\x7f]/gu) ?? [];
    const wrong = beyond.filter((symbol) => symbol === '\uFFFD').length;
    if (2 * wrong <= beyond.length) return 'utf-8';
    this.#refuseZero(sample);
    const controls = sample.filter(
      (byte) => byte < 0x20 && !'\t\n\v\f\r\x1a\x1b'.includes(String.fromCharCode(byte)),
    );
    if (100 * controls.length > sample.length) {
      const at = this.#offset + sample.indexOf(controls[0]);
      throw failure('text.binary', { where: this.where, byte: at, value: controls[0] });
    }
    return 'windows-1252';
  }

  #decide(label: string): void {
    this.#decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true });
    this.#encoding = this.#decoder.encoding;
  }

  #decode(bytes: Uint8Array, isLast: boolean): string {
    if (!this.encoding.startsWith('utf-16')) this.#refuseZero(bytes);
    // Unicode's encodings are cut here, between characters: Node decodes a piece that is whole many times faster.
    const whole = isLast ? bytes.length : wholeLength(bytes, this.encoding);
    let text: string;
    try {
      const stream = !isLast && !isUnicode(this.encoding);
      text = (this.#decoder as TextDecoder).decode(bytes.subarray(0, whole), { stream });
    } catch {
      throw this.#wrongBytes(bytes.subarray(0, whole));
    }
    this.#keep(bytes.subarray(whole));
    this.#offset += whole;
    return this.encoding === 'windows-1252'
      ? text.replace(/[\x80-\x9f]/g, (c) => C1[c.charCodeAt(0) - 0x80])
      : text;
  }

  #refuseZero(bytes: Uint8Array): void {
    const zero = bytes.indexOf(0);
    if (zero >= 0) throw failure('text.zero', { where: this.where, byte: this.#offset + zero });
  }

  #wrongBytes(bytes: Uint8Array): DissipaError {
    const { good, isCutOff } = longestDecodable(bytes, this.encoding);
    const name = this.encoding.toUpperCase();
    if (isCutOff)
      return failure('text.first-cut-off', { where: this.where, byte: this.#offset + good, encoding: name });
    const byte = bytes[good].toString(16).padStart(2, '0');
    return failure('text.first-bad-byte', {
      where: this.where,
      byte: this.#offset + good,
      value: `0x${byte}`,
      encoding: name,
    });
  }
}

function lengthOfAscii(bytes: Uint8Array): number {
  let length = 0;
  while (length < bytes.length && bytes[length] < 0x80) length++;
  return length;
}

const isUnicode = (encoding: string): boolean => encoding.startsWith('utf-');

/** The length of `bytes` without a character that they only begin. */
function wholeLength(bytes: Uint8Array, encoding: string): number {
  switch (encoding) {
    case 'utf-8':
      for (let at = bytes.length - 1; at >= Math.max(0, bytes.length - 4); at--) {
        const byte = bytes[at];
        if ((byte & 0xc0) === 0x80) continue;
        const length = byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
        return at + length > bytes.length ? at : bytes.length;
      }
      return bytes.length;
    case 'utf-16le':
    case 'utf-16be': {
      const even = bytes.length - (bytes.length % 2);
      const high = bytes[encoding === 'utf-16le' ? even - 1 : even - 2];
      return high >= 0xd8 && high < 0xdc ? even - 2 : even;
    }
    default:
      return bytes.length;
  }
}
