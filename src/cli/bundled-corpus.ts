/** The corpus that comes with the program. */
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The texts that come with the program, as seen from where it is run. */
export const bundledCorpus = (): string =>
  relative('', fileURLToPath(new URL('../../corpus', import.meta.url))) || '.';
