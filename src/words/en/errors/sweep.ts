/** Of sweeps. */
import type { Problems } from '../../../base/errors.js';
import { errorWords } from '../../error-words.js';
import { infoWords, issueWords } from './entries.js';
import { numbers } from '../numbers.js';

const { count, counted, plural } = numbers;

const FAULTS: Readonly<Record<Problems['queue.job']['fault'], string>> = {
  'no-text': 'its text is no longer there',
  'other-text': 'its text is not the one that was sent',
  'broken-text': 'its text is damaged',
  large: 'is too large',
  data: 'has not the expected form',
  version: 'is of another version',
  model: 'its model is too large',
  window: 'its window is too large',
  gone: 'is no longer in the queue',
  failed: 'has failed',
  result: 'its result has not the expected form',
};

const RANGES: Readonly<Record<NonNullable<Problems['grid.range']['why']>, string>> = {
  down: 'it runs downwards',
  same: 'its ends are the same',
  single: 'that is a single value',
  many: 'those are too many values',
  log: 'a logarithmic scale needs ends above 0',
};

const DIFFERS = {
  settings: 'settings',
  texts: 'texts',
  readings: 'readings of the text',
  parts: 'parts',
};

const EXAMPLE = '--grid "cell=lstm,gru hidden=64,128 lr=0.001:0.01:log4 seed=1..5"';
const FORMS = 'a,b,c or 1..5 or 64:256:4 or 0.001:0.01:log4';

export const sweep = errorWords({
  'grid.empty': ({ where }) => ({
    where,
    found: 'no axes are given',
    expected: 'expected options and the values they take',
    advice: `as in ${EXAMPLE}`,
  }),
  'grid.form': ({ text }) => ({
    where: '--grid',
    found: `${text} is not an axis`,
    expected: 'expected name=values, without spaces',
    advice: `as in ${EXAMPLE}`,
  }),
  'grid.unknown': ({ name, names, guess }) => ({
    where: '--grid',
    found: `there is no axis ${name}`,
    expected: `expected some of ${names.join(', ')}`,
    ...(guess !== null && { advice: `did you mean ${guess}?` }),
  }),
  'grid.common': ({ name, flag }) => ({
    where: '--grid',
    found: `${name} must be the same for all runs`,
    expected: 'expected options of the model, the training or the optimiser',
    advice: `give it once for all: ${flag}`,
  }),
  'grid.twice': ({ name, value }) => ({
    where: '--grid',
    found: value === null ? `${name} is given twice` : `${name} has the value ${value} twice`,
    expected: 'expected each once',
  }),
  'grid.comma': ({ name, text, point }) => ({
    where: '--grid',
    found: `${name}=${text} has a comma, which stands between values`,
    expected: 'expected values such as 0.001,0.01',
    advice: `write ${name}=${point} if a fraction is meant`,
  }),
  'grid.range': ({ name, text, why }) => ({
    where: '--grid',
    found: `${name}=${text} cannot be read${why === null ? '' : `: ${RANGES[why]}`}`,
    expected: `expected ${FORMS}`,
  }),
  'grid.continuous': ({ name, text }) => ({
    where: '--grid',
    found: `${name}=${text} has no number of values`,
    expected: `expected as in ${text.replace(/:log$/, '')}:${text.endsWith(':log') ? 'log4' : '4'}`,
    advice: 'or give --samples, which draws values from it',
  }),
  'grid.value': ({ where, axis, found, expected, advice }) => ({
    where: where ?? '--grid',
    // `hidden is -1`, but `cell: 'foo' is not a cell`
    found: axis === null ? found : `${axis}${found.startsWith('is ') ? '' : ':'} ${found}`,
    ...(expected !== null && { expected }),
    ...(advice !== null && { advice }),
  }),
  'grid.both': ({ name, flag }) => ({
    where: flag,
    found: `${name} is an axis of --grid too`,
    expected: 'expected one of the two',
  }),
  'grid.many': ({ jobs, most, limit }) => ({
    where: '--grid',
    found: counted(jobs, 'run'),
    expected: `expected at most ${count(most)}`,
    advice:
      jobs > limit
        ? 'draw some of them with --samples'
        : `draw some of them with --samples, or confirm that you mean so many: --most ${jobs}`,
  }),
  'grid.few': ({ jobs, samples }) => ({
    where: '--samples',
    found: `is ${samples}`,
    expected: `and there ${plural(jobs, 'is', 'are')} only ${counted(jobs, 'different point')}`,
  }),
  'sweep.fixed': ({ flag, dir }) => ({
    where: flag,
    found: 'is given with --resume',
    expected: `the sweep in ${dir} has its own`,
    advice: 'leave it out, or start a new sweep',
  }),
  'sweep.taken': ({ where, by }) => ({
    where,
    found: { file: 'is a file', sweep: 'holds a sweep already', others: 'is not empty' }[by],
    expected: 'expected an empty or new folder',
    advice: by === 'sweep' ? 'go on with --resume, or take another --out' : 'take another --out',
  }),
  'sweep.part': ({ text }) => ({
    where: '--part',
    found: `is ${text}`,
    expected: 'expected i/n with i from 1 to n, as in 3/8',
  }),
  'sweep.halving-part': () => ({
    where: '--halving',
    found: 'cannot go with --part',
    expected: 'which runs go on is decided among all of them',
    advice: 'leave one of the two out',
  }),
  'sweep.bad-info': ({ where, fault }) => ({
    where,
    advice: 'start a new sweep',
    ...infoWords(fault, 'sweep'),
  }),
  'sweep.not-one': ({ where, fault }) => ({
    where,
    found: fault.is === 'missing' ? `there is no ${fault.file}` : issueWords(fault.issue).found,
    expected: 'expected the folder of a sweep',
    advice: 'check the path, or start a new sweep',
  }),
  'sweep.other-sweep': ({ where, first, differs }) => ({
    where,
    found: `is not a part of the sweep in ${first}: its ${DIFFERS[differs]} differ`,
    expected: 'expected parts of one sweep',
  }),
  'sweep.merge-missing': ({ parts }) => ({
    where: '--merge',
    found: `${parts.length === 1 ? 'a part is' : 'parts are'} missing or not done: ${parts.join(', ')}`,
    expected: 'expected all parts of the sweep',
  }),
  'sweep.nothing-held-out': () => ({
    where: '--validation',
    found: 'is 0',
    expected: 'expected some of the text to be held out: settings are compared on it',
  }),
  'queue.none': () => ({
    where: 'worker',
    found: 'needs --queue redis://HOST',
    expected: 'expected the address of the Redis or Valkey that sweeps and comparisons are given as well',
  }),
  'queue.no-library': () => ({
    where: '--queue',
    found: 'the package bullmq is not installed',
    expected: 'queues, and they alone, need it',
    advice: 'npm install bullmq ioredis',
  }),
  'queue.address': ({ address }) => ({
    where: '--queue',
    found: `is ${address}`,
    expected: 'expected redis://[user:password@]host[:port][/number], or rediss:// for TLS',
  }),
  'queue.unreachable': ({ address, why, reason }) => ({
    where: address,
    ...{
      password: {
        found: `the queue does not accept this password: ${reason}`,
        expected: 'expected user and password in the address, as in redis://user:password@host',
        advice: 'in a password write @ / : as %40 %2F %3A',
      },
      certificate: {
        found: `the queue's certificate is not trusted: ${reason}`,
        expected: 'expected one from an authority that Node trusts',
        advice: 'name your own authority with NODE_EXTRA_CA_CERTS=ca.pem',
      },
      silence: {
        found: `the queue does not answer: ${reason}`,
        expected: 'expected Redis or Valkey there',
        advice: 'check the address, that it is running, and that rediss:// is used with TLS only',
      },
    }[why],
  }),
  'queue.refused': ({ address, reason }) => ({
    where: address,
    found: `the queue refuses: ${reason}`,
    expected: 'expected a Redis or Valkey that has room and may be written to',
    advice: 'once that is so, go on with --resume',
  }),
  'queue.old': ({ address, version }) => ({
    where: address,
    found: `is Redis ${version}`,
    expected: 'expected 6.2 or later, or Valkey',
  }),
  'queue.job': ({ job, fault, detail }) => ({
    where: `job ${job}`,
    found: detail === null ? FAULTS[fault] : `${FAULTS[fault]}: ${detail}`,
    expected: 'expected a job of a sweep or comparison of this version',
  }),
  'queue.large': ({ what, bytes, most }) => ({
    where: '--queue',
    found: `${{ text: 'the text', checkpoint: 'a checkpoint' }[what]} has ${counted(bytes, 'byte')}`,
    expected: `a queue takes at most ${count(most)}`,
    advice: 'run it without a queue, or in parts: --part i/n',
  }),
});
