/** English. */
import type { Language } from '../../base/language.js';
import { numbers } from './numbers.js';
import { errors } from './errors.js';
import { importing } from './import.js';

export const en = {
  language: 'en' as Language,
  /** As in HTML's `lang`, and for `Intl`. */
  locale: 'en',
  numbers,
  errors,
  importing,
};

export type Words = typeof en;
