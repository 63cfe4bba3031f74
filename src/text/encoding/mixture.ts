/**
 * Finds UTF-8 in a text that was taken for another encoding: there, what is UTF-8 stands alone between much that is
 * not; so many characters of it in a row, with nothing else beyond ASCII between, are a second encoding.
 */
import { isMultiByte } from './legacy.js';
import { characterAt } from './utf-8.js';

/** In encodings of two bytes a character, and in DOS's Cyrillic, many happen to be UTF-8 too. */
const [IN_A_ROW, IN_A_ROW_OF_PAIRS] = [4, 32];

/** So many characters of UTF-8 in a row are none by chance in what is of an encoding. */
export const runOf = (encoding: string): number =>
  isMultiByte(encoding) || encoding.startsWith('utf-16') || encoding === 'ibm866'
    ? IN_A_ROW_OF_PAIRS
    : IN_A_ROW;

export class Mixture {
  readonly #enough: number;
  #run = 0;
  /** Bytes of a character that goes on in the next piece. */
  #rest: Uint8Array = new Uint8Array();
  #began: number | null = null;
  #length = 0;

  constructor(encoding: string) {
    this.#enough = runOf(encoding);
  }

  /**
   * Where the run began that is under way, in bytes from the beginning of the piece shown last: below 0 in one before
   * it. null for none.
   */
  get began(): number | null {
    return this.#run > 0 ? this.#began : null;
  }

  /** Whether there is UTF-8, by what was shown so far. */
  find(bytes: Uint8Array): boolean {
    const before = this.#rest.length;
    if (this.#began !== null) this.#began -= this.#length;
    this.#length = bytes.length;
    const all = before === 0 ? bytes : Uint8Array.from([...this.#rest, ...bytes]);
    const view = new DataView(all.buffer, all.byteOffset, all.byteLength);
    let at = 0;
    while (at < all.length) {
      // ASCII, eight at a time: most of most texts.
      while (at + 8 <= all.length && ((view.getUint32(at) | view.getUint32(at + 4)) & 0x80808080) === 0)
        at += 8;
      if (at < all.length && all[at] < 0x80) {
        at++;
        continue;
      }
      if (at === all.length) break;
      const length = characterAt(all, at);
      if (length === 0) break;
      if (length < 0) this.#run = 0;
      else {
        if (this.#run === 0) this.#began = at - before;
        if (++this.#run === this.#enough) return true;
      }
      at += Math.abs(length);
    }
    this.#rest = all.slice(at);
    return false;
  }
}
