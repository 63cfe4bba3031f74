/** What went wrong: *where: what was found, what was expected; what to do*. */
import type { ErrorWords } from '../error-words.js';
import { call } from './errors/call.js';
import { exporting } from './errors/export.js';
import { importing } from './errors/import.js';
import { memory } from './errors/memory.js';
import { options } from './errors/options.js';
import { symbols } from './errors/symbols.js';
import { web } from './errors/web.js';

export const errors: ErrorWords = {
  ...call,
  ...exporting,
  ...importing,
  ...memory,
  ...options,
  ...symbols,
  ...web,
};
export const errors: ErrorWords = { ...call, ...exporting, ...importing, ...options, ...symbols };
