/** The encodings that bytes may turn out to be in, with the languages that were written in each. */
import { ALL_LANGUAGES, type LanguageName } from './languages.js';

export interface Candidate {
  readonly encoding: string;
  readonly languages: readonly LanguageName[];
  /** ln of how often it is met, beside Windows-1252. */
  readonly prior: number;
}

const WESTERN = ['en', 'pt', 'es', 'fr', 'de', 'it', 'nl', 'sv', 'da', 'nb', 'fi', 'is', 'ca'] as const;
const CENTRAL = ['en', 'pl', 'cs', 'sk', 'hu', 'ro', 'hr', 'sl', 'de'] as const;

/** Of one byte or two a character, all of them as ASCII in their lower half. The first of equals is taken. */
export const CANDIDATES: readonly Candidate[] = [
  { encoding: 'utf-8', languages: ALL_LANGUAGES, prior: 0 },
  { encoding: 'windows-1252', languages: WESTERN, prior: 0 },
  { encoding: 'iso-8859-15', languages: WESTERN, prior: -1.5 },
  { encoding: 'macintosh', languages: WESTERN, prior: -2.5 },
  { encoding: 'cp850', languages: WESTERN, prior: -2.5 },
  { encoding: 'cp437', languages: WESTERN, prior: -3 },
  { encoding: 'windows-1250', languages: CENTRAL, prior: -1 },
  { encoding: 'iso-8859-2', languages: CENTRAL, prior: -1.5 },
  { encoding: 'cp852', languages: CENTRAL, prior: -3.5 },
  { encoding: 'windows-1254', languages: ['en', 'tr'], prior: -2 },
  { encoding: 'windows-1257', languages: ['en', 'et', 'lv', 'lt'], prior: -2.5 },
  { encoding: 'windows-1251', languages: ['en', 'ru', 'uk', 'bg'], prior: -1 },
  { encoding: 'koi8-r', languages: ['en', 'ru'], prior: -2 },
  { encoding: 'koi8-u', languages: ['en', 'ru', 'uk'], prior: -3 },
  { encoding: 'ibm866', languages: ['en', 'ru', 'uk', 'bg'], prior: -3 },
  { encoding: 'iso-8859-5', languages: ['en', 'ru', 'uk', 'bg'], prior: -4 },
  { encoding: 'x-mac-cyrillic', languages: ['en', 'ru', 'uk', 'bg'], prior: -4.5 },
  { encoding: 'windows-1253', languages: ['en', 'el'], prior: -2 },
  { encoding: 'iso-8859-7', languages: ['en', 'el'], prior: -2.2 },
  { encoding: 'windows-1255', languages: ['en', 'he'], prior: -2.5 },
  { encoding: 'windows-1256', languages: ['en', 'ar'], prior: -2.5 },
  { encoding: 'gb18030', languages: ['en', 'zhHans', 'zhHant'], prior: -2 },
  { encoding: 'big5', languages: ['en', 'zhHant'], prior: -2.5 },
  { encoding: 'shift_jis', languages: ['en', 'ja'], prior: -2 },
  { encoding: 'euc-jp', languages: ['en', 'ja'], prior: -2 },
  { encoding: 'euc-kr', languages: ['en', 'ko'], prior: -2.5 },
];

/** Of two bytes a character, without a mark that says so. */
export const WIDE: readonly Candidate[] = [
  { encoding: 'utf-16le', languages: ALL_LANGUAGES, prior: -2 },
  { encoding: 'utf-16be', languages: ALL_LANGUAGES, prior: -4 },
];
