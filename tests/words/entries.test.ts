/** An entry of a file that is not as its schema has it is told in the reader's language, not in the schema library's. */
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { firstIssue } from '../../src/base/issue.js';
import { wants, type Wanted } from '../../src/base/wanted.js';
import { issueWords as inEnglish } from '../../src/words/en/errors/entries.js';
import { issueWords as inPortuguese } from '../../src/words/pt/errors/entries.js';

const CASES: readonly (readonly [z.ZodType, unknown, Wanted])[] = [
  [z.string(), 3, { is: 'string' }],
  [z.number(), 'x', { is: 'number' }],
  [z.int(), 1.5, { is: 'whole-number' }],
  [z.boolean(), 3, { is: 'boolean' }],
  [z.null(), 3, { is: 'null' }],
  [z.array(z.number()), 3, { is: 'list' }],
  [z.tuple([z.number()]), 3, { is: 'list' }],
  [z.record(z.string(), z.number()), [], { is: 'object' }],
  [z.object({ a: z.number() }), 'x', { is: 'object' }],
  [z.number().min(7), 0, { is: 'least', bound: 7 }],
  [z.number().positive(), 0, { is: 'more', bound: 0 }],
  [z.int().max(7), 8, { is: 'most', bound: 7 }],
  [z.number().lt(7), 7, { is: 'less', bound: 7 }],
  [z.string().min(2), 'x', { is: 'length', of: 'symbols', end: 'least', bound: 2 }],
  [z.array(z.number()).max(1), [1, 2], { is: 'length', of: 'entries', end: 'most', bound: 1 }],
  [z.enum(['a', 'b']), 'c', { is: 'one-of', values: ['a', 'b'] }],
  [z.literal(4), 'c', { is: 'one-of', values: ['4'] }],
  [z.union([z.string(), z.number()]), null, { is: 'either', of: [{ is: 'string' }, { is: 'number' }] }],
  [z.string().regex(/x/), 'y', { is: 'value' }],
  [z.strictObject({}), { a: 1 }, { is: 'value' }],
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
    expect(expected).not.toMatch(/invalid|too (?:small|big)|unrecognized|undefined|\[object/i);
    if ('bound' in wanted) expect(expected).toContain(String(wanted.bound));
  });
});
