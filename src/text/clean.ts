/**
 * The same characters however a text was written: the normal form NFC, and small letters where asked for. Piece by
 * piece: each gives what is settled, and where the pieces are cut makes no difference.
 */

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

/** A symbol that stands alone, and those that may join with it. */
const JOINING = new RegExp(
  String.raw`(?:${STANDS_ALONE.source.slice(1, -1)})(?:(?!${STANDS_ALONE.source.slice(1, -1)}).)*`,
  'gsu',
);

/** The normal form NFC. */
export class Composition {
  /** What the next piece may join with: a symbol that stands alone, and those after it. */
  #held = '';
  #changed = 0;

  /** How many characters were written otherwise. */
  get changed(): number {
    return this.#changed;
  }

  push(text: string): string {
    // Nothing joins with a line's end.
    const cut = text.endsWith('\n') ? text.length : lastStandingAlone(text);
    if (cut < 0) {
      this.#held += text;
      return '';
    }
    const settled = this.#held + text.slice(0, cut);
    this.#held = text.slice(cut);
    return this.#compose(settled);
  }

  end(): string {
    const settled = this.#held;
    this.#held = '';
    return this.#compose(settled);
  }

  #compose(settled: string): string {
    const text = composed(settled);
    if (text !== settled)
      for (const [joining] of settled.matchAll(JOINING))
        if (joining.normalize('NFC') !== joining) this.#changed++;
    return text;
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
