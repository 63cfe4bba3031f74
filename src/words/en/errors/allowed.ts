/** What a schema allows: of an option, or of an entry of a file. */
import type { Expected } from '../../../base/expected.js';

const KINDS = {
  'whole-number': 'a whole number',
  number: 'a number',
  value: 'a value',
  boolean: 'true or false',
  string: 'a string',
  null: 'null',
  list: 'a list',
  object: 'an object',
} as const;

const COUNTED = { symbols: ['symbol', 'symbols'], entries: ['entry', 'entries'] } as const;

const RULES: Readonly<Record<string, string>> = {
  encoding: 'auto or an encoding such as utf-8, windows-1252, macintosh, shift_jis; list shows them all',
  extensions: 'endings such as txt,md,abc',
  'some-text': 'a text',
  'share-or-count': 'a share below 1, or a count of characters from 2 on',
};

/** Without the word *expected* before it. */
export function allowed(expected: Expected): string {
  switch (expected.is) {
    case 'one-of':
      return `one of ${expected.values.join(', ')}`;
    case 'least':
      return `at least ${expected.bound}`;
    case 'most':
      return `at most ${expected.bound}`;
    case 'more':
      return `more than ${expected.bound}`;
    case 'less':
      return `less than ${expected.bound}`;
    case 'length':
      return `at ${expected.end} ${expected.bound} ${COUNTED[expected.of][expected.bound === 1 ? 0 : 1]}`;
    case 'either':
      return expected.of
        .map((one) => (one.is === 'one-of' ? one.values.join(', ') : allowed(one)))
        .join(' or ');
    case 'rule':
      return RULES[expected.rule] ?? expected.rule;
    default:
      return KINDS[expected.is];
  }
}
