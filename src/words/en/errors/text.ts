/** What can be wrong with a text. */
import { errorWords } from '../../error-words.js';
import { numbers } from '../numbers.js';
import { windowOf } from '../shared.js';

const { count, counted, plural, short } = numbers;

const least = (needed: number): string => (needed <= Number.MAX_SAFE_INTEGER ? count(needed) : '∞');

const inWords = (amount: number): string =>
  amount < 1 ? `a share of ${short(amount)}` : counted(amount, 'character');
const held = (validation: number, test: number): string =>
  [
    ...(validation > 0 ? [`${inWords(validation)} held out`] : []),
    ...(test > 0 ? [`${inWords(test)} to test on`] : []),
  ].join(' and ');

export const text = errorWords({
  'text.empty': () => ({ found: 'the file is empty', expected: 'expected a text' }),
  'text.no-bytes': () => ({ found: 'the file is empty', expected: 'expected some bytes' }),
  'text.nothing-left': () => ({
    found: 'nothing is left of the file once control characters and boilerplate are taken out',
    expected: 'expected a text',
  }),
  'text.zero': ({ byte }) => ({
    found: `byte ${byte} is 0, so this is a binary file`,
    expected: 'expected a text',
    advice: 'name a text file',
  }),
  'text.binary': ({ byte, value }) => ({
    found: `byte ${byte} is ${value}, a control character among many, so this is a binary file`,
    expected: 'expected a text',
    advice: 'name a text file',
  }),
  'text.cut-off': ({ byte, encoding }) => ({
    found: `the file ends in the middle of a character of ${encoding}, at byte ${byte}`,
    expected: 'expected a text',
    advice:
      'is it complete? --bad-bytes drop leaves the rest of the character out; or name another --encoding',
  }),
  'text.bad-byte': ({ byte, value, encoding, line, isGuess }) => ({
    found: `byte ${byte} (${value}) is not ${encoding}${isGuess ? ', as the rest is' : ''}: line ${line}`,
    expected: 'expected a text in one encoding throughout',
    advice:
      'mend it there, or go on with --bad-bytes replace (by U+FFFD) or --bad-bytes drop, or name another --encoding where all of it is in that',
  }),
  'text.mixed': ({ byte, line, before, after, command }) => ({
    found: `from byte ${byte} on (line ${line}) the text is ${after}, before it is ${before}`,
    expected: 'expected a text in one encoding throughout',
    advice: `bring both parts into one, for example with \`${command}\`, or, where all of it is in one, name that with --encoding`,
  }),
  'text.first-cut-off': ({ byte, encoding }) => ({
    found: `the file ends in the middle of a character of ${encoding}, at byte ${byte}`,
    expected: 'expected a text',
    advice: 'is it complete? Or name another --encoding',
  }),
  'text.first-bad-byte': ({ byte, value, encoding }) => ({
    found: `byte ${byte} (${value}) is not ${encoding}`,
    expected: 'expected a text in one encoding throughout',
    advice: 'mend the file, or name its encoding, for example --encoding windows-1252',
  }),
  'text.too-many-symbols': ({ symbols, most }) => ({
    found: `the text has ${count(symbols)} distinct symbols`,
    expected: `expected at most ${count(most)}`,
  }),
  'text.endless-symbols': ({ most }) => ({
    found: `the text has more than ${count(most)} distinct symbols`,
    expected: `expected at most ${count(most)}`,
    advice: 'is it a text? Its --encoding may be another',
  }),
  'text.one-symbol': ({ symbols, characters }) => ({
    found: `the text is nothing but ${symbols}, ${counted(characters, 'time')}`,
    expected: 'expected at least 2 distinct symbols',
    advice: 'give another text',
  }),
  'text.rare-symbols': ({ kept, symbols, minCount }) => ({
    found: `${count(kept)} of ${count(symbols)} symbols ${plural(kept, 'is', 'are')} met ${counted(minCount, 'time')} or more`,
    expected: 'expected at least 2 distinct symbols',
    advice: 'give a smaller --min-count',
  }),
  'text.too-many-together': ({ symbols, most }) => ({
    found: `the model and the text have ${count(symbols)} distinct symbols together`,
    expected: `expected at most ${count(most)}`,
    advice: 'give a --min-count, or --unknown replace',
  }),
  'text.unknown-symbols': ({ named, more, size, preview }) => ({
    found: `the model's alphabet does not have ${named}${more > 0 ? ` and ${count(more)} more` : ''}`,
    expected: `which has ${counted(size, 'symbol')}: ${preview}`,
    advice: 'leave them out (--unknown skip does), or train on a text that has them',
  }),
  'text.no-stand-in': ({ symbol }) => ({
    found: `the model has nothing that could stand for ${symbol}`,
    advice: 'leave unknown symbols out with --unknown skip',
  }),
  'text.long-licence': ({ length, words, most }) => ({
    found: `a header or licence of Project Gutenberg's would be ${count(length)} characters long, from "${words}" on`,
    expected: `expected ${count(most)} at most: the rest may be text`,
    advice: 'cut it in the file, or give --keep-boilerplate',
  }),
  'text.no-window': ({ length, needed, rows, timesteps }) => ({
    found: `has ${counted(length, 'character')} to train on`,
    expected: `expected at least ${least(needed)} for ${windowOf({ rows, timesteps })}`,
    advice: 'give a longer text, or a smaller --batch or --window',
  }),
  'text.short': ({ length, needed, rows, timesteps, validation, test, mayHoldNone }) => ({
    found: `has ${counted(length, 'character')}`,
    expected: `expected at least ${least(needed)} for ${windowOf({ rows, timesteps })}${validation > 0 || test > 0 ? `, with ${held(validation, test)}` : ''}`,
    advice: `give a longer text, or a smaller --batch or --window${mayHoldNone && (validation > 0 || test > 0) ? `, or --validation 0${test > 0 ? ' --test 0' : ''}` : ''}`,
  }),
  'text.short-held-out': ({ length, share, held, fewest, mayHoldNone }) => ({
    found: `has ${counted(length, 'character')}, of which --validation ${share} holds out ${count(held)}`,
    expected: `expected at least ${fewest} to validate on`,
    advice: mayHoldNone
      ? 'give a longer text, or --validation 0'
      : 'give a longer text, or a larger --validation',
  }),
  'text.utf-32': () => ({
    found: 'the file is UTF-32',
    expected: 'expected a text',
    advice: 'convert it first, for example with `iconv -f utf-32 -t utf-8`',
  }),
});
