/** What a schema allows where a value is not allowed, as a key that the languages word: its own messages are English. */
import type * as z from 'zod';

/** What a schema allows. */
export type Expected =
  | { readonly is: 'one-of'; readonly values: readonly string[] }
  | { readonly is: 'least' | 'most' | 'more' | 'less'; readonly bound: number }
  /** How many symbols a text has, or entries a list. */
  | {
      readonly is: 'length';
      readonly of: 'symbols' | 'entries';
      readonly end: 'least' | 'most';
      readonly bound: number;
    }
  | { readonly is: 'whole-number' | 'number' | 'value' | 'boolean' | 'null' | 'string' | 'list' | 'object' }
  /** Either of several. */
  | { readonly is: 'either'; readonly of: readonly Expected[] }
  /** A rule of one option, by the name of its sentence. */
  | { readonly is: 'rule'; readonly rule: string };

/** By zod's names of kinds. */
const KINDS: Readonly<Record<string, Expected>> = {
  int: { is: 'whole-number' },
  number: { is: 'number' },
  boolean: { is: 'boolean' },
  null: { is: 'null' },
  string: { is: 'string' },
  array: { is: 'list' },
  tuple: { is: 'list' },
  object: { is: 'object' },
  record: { is: 'object' },
};
const COUNTED: Readonly<Record<string, 'symbols' | 'entries' | undefined>> = {
  string: 'symbols',
  array: 'entries',
};

function boundOf(end: 'least' | 'most', origin: string, bound: number, isInclusive: boolean): Expected {
  const of = COUNTED[origin];
  if (of !== undefined) return { is: 'length', of, end, bound };
  if (isInclusive) return { is: end, bound };
  return { is: end === 'least' ? 'more' : 'less', bound };
}

export function expectedBy(issue: z.core.$ZodIssue): Expected {
  switch (issue.code) {
    case 'too_small':
      return boundOf('least', issue.origin, Number(issue.minimum), issue.inclusive !== false);
    case 'too_big':
      return boundOf('most', issue.origin, Number(issue.maximum), issue.inclusive !== false);
    case 'invalid_value':
      return { is: 'one-of', values: issue.values.map(String) };
    case 'invalid_type':
      return KINDS[issue.expected] ?? { is: 'value' };
    case 'invalid_union':
      return { is: 'either', of: issue.errors.flatMap((errors) => errors.slice(0, 1).map(expectedBy)) };
    case 'custom':
      return { is: 'rule', rule: issue.message };
    default:
      return { is: 'value' };
  }
}
