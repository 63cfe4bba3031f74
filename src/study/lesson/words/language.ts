/** The lesson's languages, and how numbers are written in them. */
import { counted } from '../../../base/words.js';
import { count, percent, power, shareOf, short } from '../../../ui/numbers.js';

export const LANGUAGES = ['pt', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export interface Numbers {
  /** Three significant digits, thousands apart; of very small and large ones two, with a power of ten. */
  readonly short: (x: number) => string;
  readonly fixed: (x: number, digits: number) => string;
  readonly count: (x: number) => string;
  /** `1 step`, `1,234 steps` */
  readonly counted: (x: number, one: string, several: string) => string;
  readonly percent: (share: number) => string;
  /** A share given as log10, −∞ for none. */
  readonly share: (log10: number) => string;
  readonly power: (log10: number) => string;
  /** The smallest and the largest of them, each as `write` has it; where both read the same, it once. */
  readonly range: (values: readonly number[], write: (value: number) => string) => string;
  /** How far an output moved, as a share; null where that was within rounding. */
  readonly moved: (share: number | null) => string;
  /** Nats as bits per character, with the unit. */
  readonly bits: (nats: number) => string;
}

const SWAPPED: Readonly<Record<string, string>> = { '.': ',', ',': '.' };

/** Portuguese has a comma where English has a point, and the other way round. */
const manner: Readonly<Record<Language, (text: string) => string>> = {
  en: (text) => text,
  pt: (text) => text.replace(/[.,]/g, (sign) => SWAPPED[sign]),
};

const minus = (text: string): string => text.replace(/^-/, '−');

/** `1,234` where there would be 1234. */
const grouped = (text: string): string =>
  text.replace(/^(-?)(\d{4,})(?![\d×])/, (_, sign, digits) => `${sign}${count(Number(digits))}`);

const TO: Readonly<Record<Language, string>> = { en: ' to ', pt: ' a ' };

const TIMES: Readonly<Record<Language, string>> = { en: 'times', pt: 'vezes' };

/** Beyond that a share reads as a power of ten. */
const LARGEST_PERCENT = 3;

export function numbersIn(language: Language): Numbers {
  const write = manner[language];
  const fixed = (x: number, digits: number): string => minus(write(x.toFixed(digits)));
  return {
    short: (x) => minus(write(grouped(short(x)))),
    fixed,
    count: (x) => write(count(x)),
    counted: (x, one, several) => counted(write(count(x)), one, several),
    percent: (share) => write(percent(share)),
    share: (log10) =>
      log10 > LARGEST_PERCENT
        ? `${power(Math.round(log10))} ${TIMES[language]}`
        : write(shareOf(log10 === -Infinity ? null : log10)),
    power,
    range(values, say) {
      const [least, most] = [say(Math.min(...values)), say(Math.max(...values))];
      return least === most ? least : `${least}${TO[language]}${most}`;
    },
    moved: (share) => (share === null ? '<10⁻¹³' : write(shareOf(Math.log10(share)))),
    bits: (nats) => `${fixed(nats / Math.LN2, 2)} bits`,
  };
}

/**
 * The language of a system by its locales, in the order in which they count (LC_ALL, LC_MESSAGES, LANG, the runtime's
 * own): the first that is set decides, and all but Portuguese ones mean English.
 */
export function languageFrom(locales: readonly (string | undefined)[]): Language {
  const locale = locales.find((one) => one !== undefined && one !== '') ?? '';
  return /^pt(?![a-z])/i.test(locale) ? 'pt' : 'en';
}
