/** Da memória. */
import type { Complaint, Problems } from '../../../base/errors.js';
import { errorWords } from '../../error-words.js';
import { numbers } from '../numbers.js';

const { count } = numbers;

const ADVICE = 'use --hidden, --layers, --batch ou --window menores, ou menos --threads';

const full = ({ mebibytes, most }: Problems['memory.full']): Complaint => ({
  where: 'memória',
  found: mebibytes === null ? 'acabou' : `foram pedidos ${count(mebibytes)} MiB`,
  expected: `${most === null ? '' : `no máximo ${count(most)} MiB, e `}não mais do que a máquina tem ou \`ulimit -v\` permite`,
  advice: ADVICE,
});

export const memory = errorWords({
  'memory.full': full,
  'memory.full-in-run': ({ step, dir, ...asked }) => ({
    ...full(asked),
    advice: `${ADVICE}; o treino está guardado até a iteração ${count(step)} (--resume ${dir})`,
  }),
  'memory.limit': ({ mebibytes, needed }) => ({
    where: 'memória',
    found: `um limite (\`ulimit -v\`) deixa ${count(mebibytes)} MiB de espaço de endereços`,
    expected: `esperado: no mínimo ${count(needed)} MiB, dos quais pouco se usa`,
    advice: 'aumente-o',
  }),
  'memory.address-space': ({ engine, gibibytes }) => ({
    where: `--engine ${engine}`,
    found: 'o sistema não lhe dá espaço de endereços',
    expected: `esperado: ${gibibytes} GiB, dos quais pouco se usa`,
    advice: 'aumente o limite (`ulimit -v`), use --threads 1, ou --engine native ou reference',
  }),
});
