/**
 * How likely a text is in a language written with an alphabet: letter by letter from the one before (letter-pairs.ts),
 * with what belongs to no word (½ ¶ ▒) hardly ever, and least of all within one.
 */
import { LETTER_PAIRS, type Alphabetic } from './letter-pairs.js';
import type { LanguageModel } from './language.js';

export { ALPHABETIC, type Alphabetic } from './letter-pairs.js';

const ln = Math.log;

/** A letter that is not of the language's alphabet: how often any, and which one it is. */
const FOREIGN = ln(0.001);
const [FREQUENT, SELDOM, OF_ANOTHER_SCRIPT] = [ln(0.03), ln(0.002), ln(1e-5)];
const FREQUENT_LETTERS = 'éèàáóíúñüöäçêãôâîïëåøæßœš';

/** Of what is no letter: which one it is. */
const OTHERS: readonly (readonly [RegExp, number])[] = [
  [/[ \n]/, ln(0.5)],
  [/[.,\-'"():;!?]/, ln(0.05)],
  [/[0-9]/, ln(0.01)],
  [/[“”‘’–—…«»\xa0]/, ln(0.02)],
  [/[!-~\t]/, ln(0.002)],
  [/[¿¡€°ºª§•·„‚‹›£]/, ln(0.002)],
  [/[©®™½¼¾²³¹×÷±µ†‡‰¢¥]/, ln(1e-4)],
  // Control characters, private use, not assigned, what stands for lost ones.
  [/[\p{C}\ufffd]/u, ln(1e-8)],
];
const ODD = ln(1e-5);

/** A symbol beside a letter (½uf, ¶νοιξη); between two of them a quotation mark or the like, a dash, an apostrophe. */
const IN_WORD = ln(0.001);
/** What closes a quotation, or stands for a letter left out, at a word's beginning. */
const CLOSING_FIRST = ln(0.03);
const BETWEEN: readonly (readonly [RegExp, number])[] = [
  [/[“«‘„‹¿¡”»…›‚•€£©®™†‡°ºª§²³¹\xa0]/, ln(0.003)],
  [/[–—]/, ln(0.02)],
  [/’/, ln(0.4)],
];
/** Signs but those that stand beside letters by right: ª and º are letters in Unicode's eyes, ½ a number. */
const BY_LETTERS = /[^\p{L}\p{Nd}\s!-~’‘“”«»„…·•–—°ºª‚‹›¿¡\xa0©®™†‡€£²³¹]/u;

/** Capitals: at a word's beginning, after a small letter, after a capital. */
const CAPITAL = {
  first: [ln(0.85), ln(0.15)],
  small: [ln(0.997), ln(0.003)],
  capital: [ln(0.6), ln(0.4)],
} as const;

interface Sign {
  /** In the alphabet, from 1; 0 for none. */
  readonly letter: number;
  readonly cost: number;
  /** null: it has neither. */
  readonly isCapital: boolean | null;
  readonly kind: 'letter' | 'mark' | 'symbol';
  readonly isClosing: boolean;
  /** What it costs more between two letters. */
  readonly between: number;
}

function scriptOf(character: string): string {
  return /\p{Script=Latin}/u.test(character)
    ? 'latin'
    : /\p{Script=Cyrillic}/u.test(character)
      ? 'cyrillic'
      : /\p{Script=Greek}/u.test(character)
        ? 'greek'
        : 'other';
}

/** @see LanguageModel */
export class AlphabeticLanguage implements LanguageModel {
  readonly #pairs: Float64Array;
  readonly #width: number;
  readonly #letters: ReadonlyMap<string, number>;
  readonly #script: string;
  /** By code; those that were met. */
  readonly #signs: (Sign | undefined)[] = [];

  constructor(readonly name: Alphabetic) {
    const [letters, pairs] = LETTER_PAIRS[name];
    this.#letters = new Map(Array.from(letters, (letter, i) => [letter, i + 1]));
    this.#width = letters.length + 1;
    this.#pairs = Float64Array.from(pairs, (digit) => (-parseInt(digit, 36) / 2) * Math.LN2);
    this.#script = scriptOf(letters[0]);
  }

  logLikelihood(token: string): number {
    const [pairs, width] = [this.#pairs, this.#width];
    let sum = 0;
    let before = 0;
    let cases: 'first' | 'small' | 'capital' = 'first';
    let afterLetter = false;
    let between = 0;
    let kind: Sign['kind'] | null = null;
    for (let i = 0; i < token.length; i++) {
      const sign = this.#signOf(token.charCodeAt(i));
      // From one mark or figure to the next nothing is told by letters.
      if (i === 0 && sign.isClosing) sum += CLOSING_FIRST;
      if (before > 0 || sign.kind === 'letter') sum += pairs[before * width + sign.letter];
      sum += sign.cost;
      if (sign.kind === 'letter') {
        if (sign.isCapital !== null) {
          sum += CAPITAL[cases][sign.isCapital ? 1 : 0];
          cases = sign.isCapital ? 'capital' : 'small';
        }
        if (kind === 'symbol') sum += IN_WORD;
        if (afterLetter) sum += between;
      } else {
        if (kind === 'letter' && sign.kind === 'symbol') sum += IN_WORD;
        cases = 'first';
      }
      afterLetter = kind === 'letter' && sign.kind !== 'letter';
      [kind, between] = [sign.kind, sign.between];
      before = sign.letter;
    }
    return before > 0 ? sum + pairs[before * width] : sum;
  }

  #signOf(code: number): Sign {
    const known = this.#signs[code];
    if (known !== undefined) return known;
    const sign = this.#describe(String.fromCharCode(code));
    this.#signs[code] = sign;
    return sign;
  }

  #describe(character: string): Sign {
    const small = character.toLowerCase();
    const isCapital = small === character.toUpperCase() ? null : small !== character;
    const letter = this.#letters.get(small) ?? 0;
    if (letter > 0) return { letter, cost: 0, isCapital, kind: 'letter', isClosing: false, between: 0 };
    if (/[\p{L}\p{M}]/u.test(character) && !/[ºªµ]/.test(character)) {
      const isOurs = scriptOf(character) === this.#script;
      const which = !isOurs ? OF_ANOTHER_SCRIPT : FREQUENT_LETTERS.includes(small) ? FREQUENT : SELDOM;
      return { letter, cost: FOREIGN + which, isCapital, kind: 'letter', isClosing: false, between: 0 };
    }
    const cost = OTHERS.find(([which]) => which.test(character))?.[1] ?? ODD;
    const between = BETWEEN.find(([which]) => which.test(character))?.[1] ?? 0;
    const kind = BY_LETTERS.test(character) ? 'symbol' : 'mark';
    return { letter, cost, isCapital: null, kind, isClosing: character === '’', between };
  }
}
