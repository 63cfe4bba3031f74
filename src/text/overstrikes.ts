/**
 * Text that was made for a printer or a terminal: a character, a backspace, and the same again is one in bold, with a
 * line (_) under it one underlined, as nroff and man write them. What is seen is left: of two characters on one place
 * the letter, else the later one; a space after which another backspace comes rubs out. Where the pieces are cut makes
 * no difference.
 */
import type { Changes } from './controls.js';

/** So far back, and no further, backspaces reach. */
const REACH = 64;
/** UTF-16 units kept of a line: more than so many characters have. */
const KEPT = 2 * REACH;
const LINE_ENDS = '\n\r\v\f\x85\u2028\u2029';

export class Overstrikes {
  /** What was written last on the line, place by place, and the place where the next character goes. */
  #places: string[] = [];
  #at = 0;
  /** Backspaces after which nothing has come yet. */
  #back = 0;
  /** What a space was written on last: a backspace after it rubs that out. */
  #isSpaced = false;

  /** @param changes counted on */
  constructor(private readonly changes: Changes) {}

  /** @param piece whole code points */
  push(piece: string): string {
    if (piece === '') return '';
    if (!piece.includes('\b') && this.#at === this.#places.length) {
      this.#isSpaced = false;
      return this.#plain(piece);
    }
    let text = '';
    for (const character of piece) {
      if (character === '\b') this.#goBack();
      else if (LINE_ENDS.includes(character)) text += this.end() + character;
      else this.#write(character);
      if (this.#places.length <= 2 * REACH) continue;
      const settled = this.#places.length - REACH;
      text += this.#places.splice(0, settled).join('');
      this.#at -= settled;
    }
    return text;
  }

  /** The rest of the line. */
  end(): string {
    const text = this.#places.join('');
    this.changes.controls += this.#back;
    [this.#places, this.#at, this.#back, this.#isSpaced] = [[], 0, 0, false];
    return text;
  }

  #plain(piece: string): string {
    const text = this.#places.join('') + piece;
    let cut = Math.max(text.lastIndexOf('\n') + 1, text.length - KEPT);
    // Not within a character of two units.
    if (cut < text.length && (text.charCodeAt(cut) & 0xfc00) === 0xdc00) cut--;
    this.#places = Array.from(text.slice(cut));
    this.#at = this.#places.length;
    return text.slice(0, cut);
  }

  #goBack(): void {
    const isRubbedOut = this.#isSpaced;
    this.#isSpaced = false;
    if (this.#at === 0 || this.#at <= this.#places.length - REACH) {
      this.changes.controls++;
      return;
    }
    this.#at--;
    if (!isRubbedOut) {
      this.#back++;
      return;
    }
    // Its own backspace is of the same overstrike.
    this.#places.splice(this.#at, 1);
  }

  #write(character: string): void {
    this.#isSpaced = false;
    if (this.#at === this.#places.length) this.#places.push(character);
    else {
      const before = this.#places[this.#at];
      this.#places[this.#at] = seenOf(before, character);
      this.#isSpaced = character === ' ';
      this.changes.overstrikes++;
      this.#back = Math.max(0, this.#back - 1);
    }
    this.#at++;
    // One of two that follow each other was gone back to by itself.
    if (this.#at === this.#places.length) {
      this.changes.controls += this.#back;
      this.#back = 0;
    }
  }
}

function seenOf(before: string, after: string): string {
  if (before === '_' || before === ' ') return after;
  if (after === '_' || after === ' ') return before;
  return !LETTER.test(after) && LETTER.test(before) ? before : after;
}
const LETTER = /[\p{L}\p{N}]/u;
