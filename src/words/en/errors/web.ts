/** Where a page is served. */
import { errorWords } from '../../error-words.js';

const WHY: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use already',
  EACCES: 'may not be used without special rights',
};

export const web = errorWords({
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
});
