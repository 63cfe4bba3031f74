/** The languages that people are spoken to in, and which of them is a system's. */

export const LANGUAGES = ['pt', 'en'] as const;
/** A language that people are spoken to in. */
export type Language = (typeof LANGUAGES)[number];

/** A locale (pt-BR, pt_BR.UTF-8) is one of the language. */
export const isOf = (language: Language, locale: string): boolean =>
  new RegExp(`^${language}(?![a-z])`, 'i').test(locale);

/**
 * The language of a system by its locales, in the order in which they count (LC_ALL, LC_MESSAGES, LANG, the runtime's
 * own): the first that is set decides, and one of no language here means English.
 */
export function languageFrom(locales: readonly (string | undefined)[]): Language {
  const locale = locales.find((one) => one !== undefined && one !== '') ?? '';
  return LANGUAGES.find((one) => isOf(one, locale)) ?? 'en';
}
