/**
 * What keys and values read as, by language: a folder for each, in it a file for each feature. English is the pattern:
 * a language that lacks one of its words does not compile.
 */
import { wordErrorsBy } from '../base/errors.js';
import type { Language } from '../base/language.js';
import { english } from './en/language.js';
import type { PlaygroundWords } from './en/playground.js';
import type { Words } from './en/words.js';
import type { LanguageWords } from './language.js';
import type { LessonWords } from './lesson/words.js';
import { portuguese } from './pt/language.js';

export type { Words } from './en/words.js';

/** Only the words of the language that is spoken are loaded. */
const SPOKEN: Readonly<Record<Language, LanguageWords>> = { en: english, pt: portuguese };

/** Loads the words of a language. */
export const wordsIn = (language: Language): Promise<Words> => SPOKEN[language].words();

/** Loads those of the lesson. */
export const lessonWordsIn = (language: Language): Promise<LessonWords> => SPOKEN[language].lesson();

/** Loads those of the playground. */
export const playgroundWordsIn = (language: Language): Promise<PlaygroundWords> =>
  SPOKEN[language].playground();

/** Errors are worded in this language from here on. */
export function speak({ errors }: Pick<Words, 'errors'>): void {
  wordErrorsBy((key, values) => errors[key](values));
}
