/** The words of pages that bring all languages along, so that they wait for nothing; each page takes what it says alone. */
import type { Language } from '../base/language.js';
import { playground as english } from './en/playground.js';
import type { PlaygroundWords } from './en/playground.js';
import { rerun as englishRerun } from './en/rerun.js';
import { en } from './en/words.js';
import { playground as portuguese } from './pt/playground.js';
import { rerun as portugueseRerun } from './pt/rerun.js';
import { pt } from './pt/words.js';
import type { Words } from './words.js';

export const ALL_WORDS: Readonly<Record<Language, Words>> = { en, pt };

export const PLAYGROUND: Readonly<Record<Language, PlaygroundWords>> = { en: english, pt: portuguese };

export const RERUN: Readonly<Record<Language, typeof englishRerun>> = {
  en: englishRerun,
  pt: portugueseRerun,
};
