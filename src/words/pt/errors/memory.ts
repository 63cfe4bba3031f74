/** Da memória. */
import type { ErrorWords } from '../../error-words.js';

export const memory: Pick<ErrorWords, 'memory.full' | 'memory.limit' | 'memory.address-space'> = {
  'memory.full': ({ mebibytes, most }) => ({
    where: 'memória',
    found: mebibytes === null ? 'não há mais' : `pedidos ${mebibytes} MiB`,
    expected: `${most === null ? '' : `no máximo ${most} MiB, e `}não mais do que a máquina tem ou \`ulimit -v\` permite`,
    advice: 'use --hidden, --layers, --batch ou --window menores, ou menos --threads',
  }),
  'memory.limit': ({ mebibytes, needed }) => ({
    where: 'memória',
    found: `um limite (\`ulimit -v\`) deixa ${mebibytes} MiB de espaço de endereços`,
    expected: `esperados no mínimo ${needed} MiB, dos quais pouco se usa`,
    advice: 'aumente-o',
  }),
  'memory.address-space': ({ engine, gibibytes }) => ({
    where: `--engine ${engine}`,
    found: 'o sistema não lhe dá espaço de endereços',
    expected: `esperados ${gibibytes} GiB, dos quais pouco se usa`,
    advice: 'aumente o limite (`ulimit -v`), use --threads 1, ou --engine native ou reference',
  }),
};
