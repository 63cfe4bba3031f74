/** Of options and their values. */
import { errorWords } from '../../error-words.js';
import { help } from '../help.js';
import { allowed } from './allowed.js';

/** What the values of an option are, where they are a few names. */
const NOUNS: Readonly<Record<string, string | undefined>> = {
  '--cell': 'a cell',
  '--init': 'an initialisation',
  '--engine': 'a backend',
  '--optimizer': 'an optimiser',
  '--schedule': 'a schedule',
  '--clip-mode': 'a way to clip',
  '--probe': 'a preset of probes',
  '--lang': 'a language',
};

const lists = 'lists of values are for npx dissipa sweep --grid';

export const options = errorWords({
  'option.unknown': ({ option, guess }) => ({
    found: 'there is no such option',
    ...(guess !== null
      ? { advice: `did you mean ${guess}?` }
      : option.startsWith('-') && { advice: 'see --help for those there are' }),
  }),
  'option.missing': ({ expected }) => ({
    found: 'is missing',
    expected: `expected ${allowed(expected)}`,
  }),
  'option.wrong': ({ option, value, expected, guess }) => ({
    found:
      expected.is === 'one-of' && NOUNS[option] !== undefined
        ? `'${value.replace(/^''$/, '')}' is not ${NOUNS[option]}`
        : `is ${value}`,
    // With a guess the list would only be in its way.
    ...(guess === null
      ? { expected: `expected ${allowed(expected)}` }
      : { advice: `did you mean ${guess}?` }),
  }),
  'option.bare': ({ option, takes }) => ({
    found: 'has no value',
    expected: `expected one after it, as in ${option} ${help.placeholders[takes]}`,
  }),
  'option.comma': ({ value, point }) => ({
    found: `is ${value}, with a comma`,
    expected: 'expected one number',
    advice: `write ${point} if a fraction is meant; ${lists}`,
  }),
  'option.thousands': ({ value, plain }) => ({
    found: `is ${value}`,
    expected: 'expected a number without separators of thousands',
    advice: `write ${plain}`,
  }),
  'option.list': ({ value, count }) => ({
    found: `is ${value}, a list of ${count}`,
    expected: 'expected one number',
    advice: lists,
  }),
});
