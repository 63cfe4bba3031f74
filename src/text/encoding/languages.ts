/** The languages a text is tried in, made when they are first wanted. */
import { ALPHABETIC, AlphabeticLanguage, type Alphabetic } from './alphabetic.js';
import { EastAsianLanguage, EAST_ASIAN, type EastAsian } from './east-asian.js';
import type { LanguageModel } from './language.js';

export type LanguageName = Alphabetic | EastAsian;
export const ALL_LANGUAGES: readonly LanguageName[] = [...ALPHABETIC, ...EAST_ASIAN];

const made = new Map<LanguageName, LanguageModel>();

export function languageNamed(name: LanguageName): LanguageModel {
  let language = made.get(name);
  if (language === undefined) {
    const isEastAsian = EAST_ASIAN.some((one) => one === name);
    language = isEastAsian
      ? new EastAsianLanguage(name as EastAsian)
      : new AlphabeticLanguage(name as Alphabetic);
    made.set(name, language);
  }
  return language;
}
