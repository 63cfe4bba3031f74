/** Portuguese, as it is written in Brazil. */
import { numbers } from './numbers.js';
import type { Words } from '../en/words.js';
import { charts } from './charts.js';
import { compare } from './compare/compare.js';
import { errors } from './errors.js';
import { encodings } from './encodings.js';
import { exporting } from './export.js';
import { importing } from './import.js';
import { help } from './help.js';
import { options } from './options.js';
import { probes } from './probes.js';
import { reports } from './reports.js';
import { windowOf } from './shared.js';
import { training } from './training.js';
import { glossary } from './glossary.js';
import { inspect } from './inspect.js';
import { sweep } from './sweep.js';

export const pt: Words = {
  language: 'pt',
  locale: 'pt-BR',
  numbers,
  encodings,
  errors,
  exporting,
  importing,
  help,
  options,
  probes,
  training,
  reports,
  window: windowOf,
  charts,
  compare,
  glossary,
  inspect,
  sweep,
};
