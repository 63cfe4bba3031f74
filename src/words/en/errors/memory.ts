/** Of memory. */
import type { ErrorWords } from '../../error-words.js';

export const memory: Pick<ErrorWords, 'memory.full' | 'memory.limit' | 'memory.address-space'> = {
  'memory.full': ({ mebibytes, most }) => ({
    where: 'memory',
    found: mebibytes === null ? 'there is no more of it' : `${mebibytes} MiB asked for`,
    expected: `${most === null ? '' : `${most} MiB at most, and `}no more than the machine has, or \`ulimit -v\` allows`,
    advice: 'take a smaller --hidden, --layers, --batch or --window, or fewer --threads',
  }),
  'memory.limit': ({ mebibytes, needed }) => ({
    where: 'memory',
    found: `a limit (\`ulimit -v\`) leaves ${mebibytes} MiB of address space`,
    expected: `expected ${needed} MiB at least, of which little is used`,
    advice: 'raise it',
  }),
  'memory.address-space': ({ engine, gibibytes }) => ({
    where: `--engine ${engine}`,
    found: 'the system grants it no address space',
    expected: `expected ${gibibytes} GiB, of which little is used`,
    advice: 'raise the limit (`ulimit -v`), give --threads 1, or take --engine native or reference',
  }),
};
