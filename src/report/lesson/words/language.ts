/** The lesson's languages, and how numbers are written in them. */
import { counted } from '../../../base/words.js';
import { count, percent, power, shareOf, short } from '../../numbers.js';

export const LANGUAGES = ['pt', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export interface Numbers {
  /** Three significant digits; of very small and large ones two, with a power of ten. */
  readonly short: (x: number) => string;
  readonly fixed: (x: number, digits: number) => string;
  readonly count: (x: number) => string;
  /** `1 step`, `1,234 steps` */
  readonly counted: (x: number, one: string, several: string) => string;
  readonly percent: (share: number) => string;
  /** A share given as log10, −∞ for none. */
  readonly share: (log10: number) => string;
  readonly power: (log10: number) => string;
}

const SWAPPED: Readonly<Record<string, string>> = { '.': ',', ',': '.' };

/** Portuguese has a comma where English has a point, and the other way round. */
const manner: Readonly<Record<Language, (text: string) => string>> = {
  en: (text) => text,
  pt: (text) => text.replace(/[.,]/g, (sign) => SWAPPED[sign]),
};

const minus = (text: string): string => text.replace(/^-/, '−');

export function numbersIn(language: Language): Numbers {
  const write = manner[language];
  return {
    short: (x) => minus(write(short(x))),
    fixed: (x, digits) => minus(write(x.toFixed(digits))),
    count: (x) => write(count(x)),
    counted: (x, one, several) => counted(write(count(x)), one, several),
    percent: (share) => write(percent(share)),
    share: (log10) => write(shareOf(log10 === -Infinity ? null : log10)),
    power,
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
