/** Where in a file reading has come to: in bytes, and in lines of the encoding that it is in. */
import { LineCount } from './lines.js';
import type { BytePlace } from './words.js';

export class Position {
  /** As soon as it is known; ASCII is UTF-8. */
  encoding = 'utf-8';
  #byte = 0;
  readonly #lines = new LineCount();

  /** Bytes passed. */
  get byte(): number {
    return this.#byte;
  }

  /** Where byte `index` of what comes next is. */
  of(bytes: Uint8Array, index: number): BytePlace {
    return { byte: this.#byte + index, line: this.#lines.at(bytes, index, this.encoding) };
  }

  pass(bytes: Uint8Array): void {
    this.#byte += bytes.length;
    this.#lines.pass(bytes, this.encoding);
  }
}
