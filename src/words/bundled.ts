/**
 * The words of pages that bring all languages along, so that they wait for nothing. Taken by name: of a whole namespace
 * a page would get all, and not only what it says.
 */
import type { Language } from '../base/language.js';
import {
  charts as enCharts,
  errors as enErrors,
  numbers as enNumbers,
  playground as enPlayground,
  rerun as enRerun,
} from './en/bundled.js';
import {
  charts as ptCharts,
  errors as ptErrors,
  numbers as ptNumbers,
  playground as ptPlayground,
  rerun as ptRerun,
} from './pt/bundled.js';
import type { Numbers } from './numbers.js';
import type { Words } from './words.js';

export const ERRORS: Readonly<Record<Language, Pick<Words, 'errors'>>> = {
  en: { errors: enErrors },
  pt: { errors: ptErrors },
};

export const PLAYGROUND: Readonly<Record<Language, typeof enPlayground>> = {
  en: enPlayground,
  pt: ptPlayground,
};

export const RERUN: Readonly<Record<Language, typeof enRerun>> = { en: enRerun, pt: ptRerun };

/** What charts say. */
export const CHARTS: Readonly<
  Record<Language, { readonly tools: typeof enCharts.tools; readonly numbers: Numbers }>
> = {
  en: { tools: enCharts.tools, numbers: enNumbers },
  pt: { tools: ptCharts.tools, numbers: ptNumbers },
};
