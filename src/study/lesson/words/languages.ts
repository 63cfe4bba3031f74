/** The tables of words by language. */
import { en } from './en/frame.js';
import type { Language } from '../../../base/language.js';
import { pt } from './pt/frame.js';
import type { Words } from './words.js';

export const WORDS: Readonly<Record<Language, Words>> = { pt, en };
