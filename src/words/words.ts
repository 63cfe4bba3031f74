/**
 * What keys and values read as, by language: a folder for each, in it a file for each feature. English is the pattern:
 * a language that lacks one of its words does not compile.
 */
import { wordErrorsBy } from '../base/errors.js';
import type { Language } from '../base/language.js';
import type { Words } from './en/words.js';

export type { Words } from './en/words.js';

/** Only the words of the language that is spoken are loaded. */
const LOADED: Readonly<Record<Language, () => Promise<Words>>> = {
  en: async () => (await import('./en/words.js')).en,
  pt: async () => (await import('./pt/words.js')).pt,
};

/** Loads the words of a language. */
export const wordsIn = (language: Language): Promise<Words> => LOADED[language]();

/** Errors are worded in this language from here on. */
export function speak({ errors }: Words): void {
  wordErrorsBy((key, values) => errors[key](values));
}
