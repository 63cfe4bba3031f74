/** What can be wrong with what is studied: texts too short, options that do not go together, a model that overflows. */
import { errorWords } from '../../error-words.js';
import { numbers } from '../numbers.js';
import { windowOf } from '../shared.js';

const { count, counted } = numbers;

type Option = 'epsilon' | 'weight-decay' | 'forget-bias' | null;

function tried(option: Option, value: number, lr: number): string {
  switch (option) {
    case 'epsilon':
      return `try a larger --epsilon: it is ${value}, where 1e-8 is usual`;
    case 'weight-decay':
      return `try a smaller --weight-decay: it is ${value}, with --lr ${lr}`;
    case 'forget-bias':
      return `try a --forget-bias nearer to 0: it is ${value}`;
    case null:
      return 'try a smaller --lr, a smaller --clip or a --warmup';
  }
}

export const studies = errorWords({
  'measure.short': ({ characters }) => ({
    found: `the text has ${counted(characters, 'character')}`,
    expected: 'expected at least 2: one to read, one to predict',
  }),
  'measure.short-passage': ({ characters }) => ({
    found: `the passage has ${counted(characters, 'character')}`,
    expected: 'expected at least 2: one to read, one to predict',
  }),
  'measure.no-window': ({ characters, needed, rows, timesteps }) => ({
    found: `the text has ${counted(characters, 'character')}`,
    expected: `expected at least ${count(needed)} for ${windowOf({ rows, timesteps })}`,
    advice: 'give a longer text, or a smaller --window or --rows',
  }),
  'lesson.short': ({ characters, needed, rows, timesteps }) => ({
    found: `has ${counted(characters, 'character')}`,
    expected: `expected at least ${count(needed)} for ${windowOf({ rows, timesteps })}, a tenth held out`,
    advice: 'give a longer text, or a smaller --window',
  }),
  'sample.seeds': ({ last, most }) => ({
    where: '--count',
    found: `the last sample would have seed ${last}`,
    expected: `there is none beyond ${most}`,
    advice: 'give a smaller --seed',
  }),
  'sample.no-lines': () => ({
    where: '--lines',
    found: "the model's alphabet has no line feed",
    advice: 'end the sample by --length or --stop',
  }),
  'sample.no-start': ({ start }) => ({
    where: `--start ${start}`,
    found: `the model's alphabet has no ${start === 'line' ? 'line feed' : 'space'}`,
    advice: 'leave it out, or give a --prompt',
  }),
  'sample.unknown-stop': () => ({
    where: '--stop',
    found: 'holds the symbol for unknown ones, which no sample has',
    advice: 'leave it out',
  }),
  'sample.overflow': () => ({
    where: 'sampling',
    found: "the model's predictions are no longer finite",
    expected: 'expected numbers below 3.4×10³⁸ (float32)',
    advice: 'the net explodes on its way forward: take a checkpoint from before that, or a shorter --length',
  }),
  'brainjs.short': ({ characters, window }) => ({
    where: 'brain.js',
    found: `${counted(characters, 'character')} to train on in windows of ${window}`,
    expected: 'expected at least one window, and of 2 characters or more',
    advice: 'give a longer text, or another --window',
  }),
  'brainjs.diverged': ({ updates, rate }) => ({
    where: 'brain.js',
    found: `its loss is NaN after ${counted(updates, 'update')} (diverged)`,
    advice: `give a smaller learning rate than ${rate}`,
  }),
  'train.diverged': ({ step, what, bits, gradientNorm, last, option, value, lr }) => ({
    where: `step ${step}`,
    found: `the ${what} is no longer finite: the run diverged (loss ${bits} bits per character, gradient norm ${gradientNorm})`,
    ...(last !== undefined && {
      expected: last === null ? 'there is no checkpoint yet' : `the last good checkpoint is ${last}`,
    }),
    advice: tried(option, value, lr),
  }),
  'compare.two-budgets': () => ({
    where: '--minutes',
    found: '--characters is given too',
    expected: 'expected one of the two',
  }),
  'compare.no-contender': ({ name, names, guess }) => ({
    where: '--only',
    found: `'${name}' is not a contender`,
    expected: `expected some of ${names.join(', ')}`,
    ...(guess !== null && { advice: `did you mean ${guess}?` }),
  }),
});
