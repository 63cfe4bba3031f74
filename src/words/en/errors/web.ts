/** Where a page is served. */
import type { ErrorWords } from '../../error-words.js';

type Key = Extract<keyof ErrorWords, `web.${string}`>;

const WHY: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use already',
  EACCES: 'may not be used without special rights',
};

export const web: Pick<ErrorWords, Key> = {
  'web.port': ({ port, code }) => ({
    where: `--port ${port}`,
    found: WHY[code] ?? `cannot be used (${code})`,
    advice: 'name another, or 0 for any that is free',
  }),
  'web.page': ({ path }) => ({
    where: path,
    found: 'the playground is not built',
    advice: 'run `npm run build`',
  }),
};
