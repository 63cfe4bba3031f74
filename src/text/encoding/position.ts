/** Where in a file reading has come to: in bytes, and in lines of the encoding that it is in. */
import { lineEnds } from './lines.js';
import type { Place } from './words.js';

export class Position {
  /** As soon as it is known; ASCII is UTF-8. */
  encoding = 'utf-8';
  #byte = 0;
  #line = 1;

  /** Bytes passed. */
  get byte(): number {
    return this.#byte;
  }

  /** Where byte `index` of what comes next is. */
  of(bytes: Uint8Array, index: number): Place {
    return {
      byte: this.#byte + index,
      line: this.#line + lineEnds(bytes.subarray(0, Math.max(0, index)), this.encoding),
    };
  }

  pass(bytes: Uint8Array): void {
    this.#byte += bytes.length;
    this.#line += lineEnds(bytes, this.encoding);
  }
}
