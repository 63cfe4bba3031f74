/**
 * What is no text goes, and what ends a line is \n: control characters, the sequences that colour a terminal, soft
 * hyphens, byte-order marks. Each is counted. Where the pieces are cut makes no difference.
 */

/** By kind, how many were removed or replaced. */
export interface Changes {
  /** \r\n, or \r alone, read as \n. */
  carriageReturns: number;
  /** Vertical tabs, form feeds, NEL, U+2028, U+2029 and the separators 0x1C–0x1E, read as \n. */
  otherLineEnds: number;
  /** Whole ones (ESC [ 3 1 m is one), removed. */
  escapeSequences: number;
  /** Bold and underlined of a terminal or printer: a backspace with what was written on the same place again. */
  overstrikes: number;
  /** Removed. */
  controls: number;
  softHyphens: number;
  byteOrderMarks: number;
  /** Characters that were written otherwise, in NFC now. */
  composed: number;
  /** Bytes not of the encoding, replaced or dropped as --bad-bytes says. */
  badBytes: number;
}
export type ChangeKind = keyof Changes;

export const noChanges = (): Changes => ({
  carriageReturns: 0,
  otherLineEnds: 0,
  escapeSequences: 0,
  overstrikes: 0,
  controls: 0,
  softHyphens: 0,
  byteOrderMarks: 0,
  composed: 0,
  badBytes: 0,
});

/** Anything that there is to do. */
const SPECIAL = /[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u2028\u2029\ufeff]/;

/**
 * Sequences of ECMA-48, after ESC or in one character: CSI; strings (OSC and the like) up to BEL or ST, within a line;
 * others of two or three characters.
 */
const CSI = '(?:\\x1b\\[|\\x9b)[0-?]{0,64}[ -/]{0,8}';
const STRING = '(?:\\x1b[\\]PX^_]|[\\x90\\x98\\x9d-\\x9f])[^\\x07\\x1b\\x9c\\n\\r]{0,2000}';
const SEQUENCE = new RegExp(
  `${STRING}(?:\\x07|\\x1b\\\\|\\x9c)|${CSI}[@-~]?|\\x1b[ -/]{1,4}[0-~]|\\x1b[6-9=>cDEHMNOVWZ\\\\lmno|}~]`,
  'g',
);
/** One that may go on in the next piece. */
const UNFINISHED = new RegExp(`(?:${STRING}\\x1b?|${CSI}|\\x1b[ -/]{0,4})$`);
const LONGEST_SEQUENCE = 2100;

const LINE_END = /[\v\f\x1c-\x1e\x85\u2028\u2029]/g;
const UNWANTED = /[\0-\x08\x0b-\x1f\x7f-\x9f\xad\ufeff]/g;

export class Controls {
  #held = '';
  #isFirst = true;

  /** @param changes counted on */
  constructor(private readonly changes: Changes) {}

  push(piece: string): string {
    let text = this.#held === '' ? piece : this.#held + piece;
    this.#held = '';
    if (this.#isFirst && text !== '') {
      // The mark at the beginning says how the bytes are to be read, and is none of the text.
      if (text.startsWith('\ufeff')) text = text.slice(1);
      this.#isFirst = false;
    }
    if (!SPECIAL.test(text)) return text;
    const hold = text.endsWith('\r') ? text.length - 1 : unfinished(text);
    this.#held = text.slice(hold);
    return this.#clean(text.slice(0, hold));
  }

  end(): string {
    const text = this.#held;
    this.#held = '';
    return this.#clean(text);
  }

  #clean(text: string): string {
    const { changes } = this;
    const count = (kind: ChangeKind, by: string) => (): string => {
      changes[kind]++;
      return by;
    };
    // Two characters become one: how many, the lengths say.
    const unix = text.includes('\r') ? text.replaceAll('\r\n', '\n') : text;
    changes.carriageReturns += text.length - unix.length;
    if (!SPECIAL.test(unix)) return unix;
    return unix
      .replace(SEQUENCE, count('escapeSequences', ''))
      .replace(/\r/g, count('carriageReturns', '\n'))
      .replace(LINE_END, count('otherLineEnds', '\n'))
      .replace(UNWANTED, (unwanted) => {
        changes[
          unwanted === '\xad' ? 'softHyphens' : unwanted === '\ufeff' ? 'byteOrderMarks' : 'controls'
        ]++;
        return '';
      });
  }
}

/** Where a sequence begins that the text's end may have cut; its length where there is none. */
function unfinished(text: string): number {
  const from = Math.max(0, text.length - LONGEST_SEQUENCE);
  const found = UNFINISHED.exec(text.slice(from));
  return found === null ? text.length : from + found.index;
}
