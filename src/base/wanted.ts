/**
 * What a schema wants, as a key that the languages word: where zod has no word of its own for it, it goes along in the
 * error's message, as there is room for nothing else.
 */
import type * as z from 'zod';

/** What should stand at a place of a file. */
export type Wanted =
  | {
      readonly is:
        | 'string'
        | 'number'
        | 'integer'
        | 'boolean'
        | 'null'
        | 'object'
        | 'list'
        | 'numbers'
        | 'numbers-or-nulls'
        | 'lists'
        | 'layers'
        | 'h-and-c'
        | 'lag'
        | 'layer'
        | 'flag'
        | 'hex'
        | 'time'
        | 'model'
        | 'cell-name'
        | 'distinct-contenders';
    }
  | { readonly is: 'whole'; readonly from: number; readonly to?: number }
  | { readonly is: 'one-of'; readonly names: readonly string[] }
  /** A bound of a number, or of how many symbols or entries there are. */
  | {
      readonly is: 'least' | 'most';
      readonly of: 'number' | 'symbols' | 'entries';
      readonly bound: number;
      /** The bound itself is allowed. */
      readonly isInclusive: boolean;
    }
  /** Of a kind that has no word. */
  | { readonly is: 'other' };

const MARK = 'wanted:';
const OTHER: Wanted = { is: 'other' };

/** What a schema gives as its `error`. */
export const wants = (wanted: Wanted): string => `${MARK}${JSON.stringify(wanted)}`;

/** Zod's names of kinds. */
const KINDS: Readonly<Record<string, Wanted>> = {
  string: { is: 'string' },
  number: { is: 'number' },
  int: { is: 'integer' },
  boolean: { is: 'boolean' },
  null: { is: 'null' },
  object: { is: 'object' },
  record: { is: 'object' },
  array: { is: 'list' },
  tuple: { is: 'list' },
};
const COUNTED: Readonly<Record<string, 'symbols' | 'entries'>> = { string: 'symbols', array: 'entries' };

const bound = (is: 'least' | 'most', origin: string, at: number | bigint, isInclusive = true): Wanted => ({
  ...{ is, of: COUNTED[origin] ?? 'number', bound: Number(at), isInclusive },
});

/** What an error of a schema says is wanted. */
export function wantedOf(issue: z.core.$ZodIssue): Wanted {
  if (issue.message.startsWith(MARK)) return JSON.parse(issue.message.slice(MARK.length)) as Wanted;
  switch (issue.code) {
    case 'invalid_type':
      return KINDS[issue.expected] ?? OTHER;
    case 'invalid_value':
      return { is: 'one-of', names: issue.values.map(String) };
    case 'too_small':
      return bound('least', issue.origin, issue.minimum, issue.inclusive);
    case 'too_big':
      return bound('most', issue.origin, issue.maximum, issue.inclusive);
    default:
      return OTHER;
  }
}
