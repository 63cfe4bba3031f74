/** Onde uma página é servida. */
import { errorWords } from '../../error-words.js';

const WHY: Readonly<Record<string, string>> = {
  EADDRINUSE: 'já está em uso',
  EACCES: 'não pode ser usada sem direitos especiais',
};

export const web = errorWords({
  'web.port': ({ port, code }) => ({
    where: `--port ${port}`,
    found: WHY[code] ?? `não pode ser usada (${code})`,
    advice: 'dê outra, ou 0 para qualquer uma livre',
  }),
  'web.page': ({ path }) => ({
    where: path,
    found: 'o playground não foi construído',
    advice: 'rode `npm run build`',
  }),
});
