/** What went wrong: *where: what was found, what was expected; what to do*. */
import type { ErrorWords } from '../error-words.js';
import { arithmetic } from './errors/arithmetic.js';
import { call } from './errors/call.js';
import { command } from './errors/command.js';
import { exporting } from './errors/export.js';
import { files } from './errors/files.js';
import { importing } from './errors/import.js';
import { memory } from './errors/memory.js';
import { options } from './errors/options.js';
import { store } from './errors/store.js';
import { studies } from './errors/studies.js';
import { sweep } from './errors/sweep.js';
import { symbols } from './errors/symbols.js';
import { text } from './errors/text.js';
import { training } from './errors/training.js';
import { web } from './errors/web.js';

export const errors: ErrorWords = {
  ...arithmetic,
  ...call,
  ...command,
  ...exporting,
  ...files,
  ...importing,
  ...memory,
  ...options,
  ...store,
  ...studies,
  ...sweep,
  ...symbols,
  ...text,
  ...training,
  ...web,
};
