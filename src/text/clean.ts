/**
 * The same characters however a text was written: \n for every line's end, no control characters, no soft hyphens,
 * the normal form NFC. Each step takes a text piece by piece and gives what is settled; where the pieces are cut makes
 * no difference.
 */

/** \r\n and \r become \n. */
export class LineEnds {
  #endedInReturn = false;

  push(text: string): string {
    const all = this.#endedInReturn ? `\r${text}` : text;
    this.#endedInReturn = all.endsWith('\r');
    const settled = this.#endedInReturn ? all.slice(0, -1) : all;
    return settled.includes('\r') ? settled.replace(/\r\n?/g, '\n') : settled;
  }

  end(): string {
    return this.#endedInReturn ? '\n' : '';
  }
}

/** Control characters but \t and \n; soft hyphens; byte-order marks, which stay where files were put together. */
const UNWANTED = /[\0-\x08\x0b-\x1f\x7f-\x9f\xad\ufeff]+/g;

export const withoutUnwanted = (text: string): string => text.replace(UNWANTED, '');

/** Σ becomes σ even at a word's end: the one letter whose small form would depend on its neighbours. */
export const lowercased = (text: string): string => text.replaceAll('Σ', 'σ').toLowerCase();

/** Has nothing that NFC would change or join: everything below U+0300, and general punctuation. */
const MAY_CHANGE = /[\u0300-\u1fff\u2000\u2001\u2070-\uffff]/;

const composed = (text: string): string => (MAY_CHANGE.test(text) ? text.normalize('NFC') : text);

/**
 * Whether NFC leaves a symbol alone whatever comes before it. Marks join with what they stand on, and so do the vowels
 * and finals of Hangul and the vowel signs of Kirat Rai, which Unicode counts as letters.
 */
const STANDS_ALONE =
  /^(?![\u1160-\u11ff\ud7b0-\ud7ff\u{16d40}-\u{16d7f}])[\p{L}\p{N}\p{P}\p{S}\p{Z}\p{Cc}\p{Cf}]$/u;

/** The normal form NFC. */
export class Composition {
  /** What the next piece may join with: a symbol that stands alone, and those after it. */
  #held = '';

  push(text: string): string {
    const cut = lastStandingAlone(text);
    if (cut < 0) {
      this.#held += text;
      return '';
    }
    const settled = this.#held + text.slice(0, cut);
    this.#held = text.slice(cut);
    return composed(settled);
  }

  end(): string {
    const settled = this.#held;
    this.#held = '';
    return composed(settled);
  }
}

function lastStandingAlone(text: string): number {
  for (let at = text.length - 1; at >= 0; at--) {
    const isLow = (text.charCodeAt(at) & 0xfc00) === 0xdc00;
    if (isLow) continue;
    if (STANDS_ALONE.test(String.fromCodePoint(text.codePointAt(at) ?? 0))) return at;
  }
  return -1;
}
