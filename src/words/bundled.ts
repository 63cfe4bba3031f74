/** The words of pages that bring all languages along, so that they wait for nothing; each page takes what it says alone. */
import type { Language } from '../base/language.js';
import { charts as englishCharts } from './en/charts.js';
import { numbers as englishNumbers } from './en/numbers.js';
import { playground as english } from './en/playground.js';
import type { PlaygroundWords } from './en/playground.js';
import { rerun as englishRerun } from './en/rerun.js';
import { en } from './en/words.js';
import { charts as portugueseCharts } from './pt/charts.js';
import { numbers as portugueseNumbers } from './pt/numbers.js';
import { playground as portuguese } from './pt/playground.js';
import { rerun as portugueseRerun } from './pt/rerun.js';
import { pt } from './pt/words.js';
import type { Numbers } from './numbers.js';
import type { Words } from './words.js';

export const ALL_WORDS: Readonly<Record<Language, Words>> = { en, pt };

export const PLAYGROUND: Readonly<Record<Language, PlaygroundWords>> = { en: english, pt: portuguese };

export const RERUN: Readonly<Record<Language, typeof englishRerun>> = {
  en: englishRerun,
  pt: portugueseRerun,
};

/** What the charts of static pages say. */
export const CHARTS: Readonly<
  Record<Language, { readonly tools: typeof englishCharts.tools; readonly numbers: Numbers }>
> = {
  en: { tools: englishCharts.tools, numbers: englishNumbers },
  pt: { tools: portugueseCharts.tools, numbers: portugueseNumbers },
};
