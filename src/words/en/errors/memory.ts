/** Of memory. */
import type { Complaint, Problems } from '../../../base/errors.js';
import { errorWords } from '../../error-words.js';
import { numbers } from '../numbers.js';

const { count } = numbers;

const ADVICE = 'take a smaller --hidden, --layers, --batch or --window, or fewer --threads';

const full = ({ mebibytes, most }: Problems['memory.full']): Complaint => ({
  where: 'memory',
  found: mebibytes === null ? 'there is no more of it' : `${count(mebibytes)} MiB asked for`,
  expected: `${most === null ? '' : `${count(most)} MiB at most, and `}no more than the machine has, or \`ulimit -v\` allows`,
  advice: ADVICE,
});

export const memory = errorWords({
  'memory.full': full,
  'memory.full-in-run': ({ step, dir, ...asked }) => ({
    ...full(asked),
    advice: `${ADVICE}; the run is kept up to step ${count(step)} (--resume ${dir})`,
  }),
  'memory.limit': ({ mebibytes, needed }) => ({
    where: 'memory',
    found: `a limit (\`ulimit -v\`) leaves ${count(mebibytes)} MiB of address space`,
    expected: `expected ${count(needed)} MiB at least, of which little is used`,
    advice: 'raise it',
  }),
  'memory.address-space': ({ engine, gibibytes }) => ({
    where: `--engine ${engine}`,
    found: 'the system grants it no address space',
    expected: `expected ${gibibytes} GiB, of which little is used`,
    advice: 'raise the limit (`ulimit -v`), give --threads 1, or take --engine native or reference',
  }),
});
