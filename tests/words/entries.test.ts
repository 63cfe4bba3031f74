/** An entry of a file that is not as its schema has it is told in the reader's language, not in the schema library's. */
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { wants, type Wanted } from '../../src/base/wanted.js';
import { firstIssue } from '../../src/store/json.js';
import { issueWords as inEnglish } from '../../src/words/en/errors/entries.js';
import { issueWords as inPortuguese } from '../../src/words/pt/errors/entries.js';

const bound = (is: 'least' | 'most', of: 'number' | 'symbols' | 'entries', at: number, isInclusive = true) =>
  ({ is, of, bound: at, isInclusive }) as const;
const CASES: readonly (readonly [z.ZodType, unknown, Wanted])[] = [
  [z.string(), 3, { is: 'string' }],
  [z.number(), 'x', { is: 'number' }],
  [z.int(), 1.5, { is: 'integer' }],
  [z.boolean(), 3, { is: 'boolean' }],
  [z.null(), 3, { is: 'null' }],
  [z.array(z.number()), 3, { is: 'list' }],
  [z.tuple([z.number()]), 3, { is: 'list' }],
  [z.record(z.string(), z.number()), [], { is: 'object' }],
  [z.object({ a: z.number() }), 'x', { is: 'object' }],
  [z.number().min(7), 0, bound('least', 'number', 7)],
  [z.number().positive(), 0, bound('least', 'number', 0, false)],
  [z.int().max(7), 8, bound('most', 'number', 7)],
  [z.number().lt(7), 7, bound('most', 'number', 7, false)],
  [z.string().min(2), 'x', bound('least', 'symbols', 2)],
  [z.array(z.number()).max(1), [1, 2], bound('most', 'entries', 1)],
  [z.enum(['a', 'b']), 'c', { is: 'one-of', names: ['a', 'b'] }],
  [z.literal(4), 'c', { is: 'one-of', names: ['4'] }],
  [z.union([z.string(), z.number()]), null, { is: 'other' }],
  [z.string().regex(/x/), 'y', { is: 'other' }],
  [z.strictObject({}), { a: 1 }, { is: 'other' }],
  [z.string(wants({ is: 'hex' })), 3, { is: 'hex' }],
];

describe.each(CASES)('%#', (schema, value, wanted) => {
  const checked = schema.safeParse(value);
  if (checked.success) throw new Error('it should not fit');
  const issue = firstIssue(value, checked.error);

  it(`is wanted: ${wanted.is}`, () => {
    expect(issue.wanted).toEqual(wanted);
  });

  it.each([inEnglish, inPortuguese])('is told without the words of a library', (words) => {
    const { expected } = words(issue);
    expect(expected).not.toMatch(/invalid|too (?:small|big)|undefined|\[object/i);
    if ('bound' in wanted) expect(expected).toContain(String(wanted.bound));
  });
});
