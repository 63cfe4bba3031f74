/** Lists out of foreign files: what is right comes through, and of what is wrong the first is told. */
import { expect, test } from 'vitest';
import * as z from 'zod';
import { listOf, recordOf } from '../../src/base/lists.js';

const schema = z.looseObject({
  rows: listOf(listOf(z.number().nullable())),
  of: recordOf(z.object({ n: z.int() })).optional(),
});

test('what is right comes out as it is, however long', () => {
  const rows = Array.from({ length: 700 }, (_, i) => [i, null, i / 2]);
  const of = Object.fromEntries(rows.map((_, i) => [`k${i}`, { n: i }]));
  expect(schema.parse({ rows, of, more: 1 })).toEqual({ rows, of, more: 1 });
  expect(schema.parse({ rows: [] })).toEqual({ rows: [] });
});

test.each([
  [{ rows: 7 }, ['rows']],
  [{ rows: [[1], 7] }, ['rows', 1]],
  [{ rows: [...Array.from({ length: 600 }, () => [1]), [2, 'x', 'y']] }, ['rows', 600, 1]],
  [{ rows: Array.from({ length: 1e6 }, () => 7) }, ['rows', 0]],
  [{ rows: [], of: { a: { n: 1 }, b: { n: 0.5 }, c: 7 } }, ['of', 'b', 'n']],
  [{ rows: [], of: [] }, ['of']],
])('of what is wrong the first is told, with its place (%#)', (value, path) => {
  const { error } = schema.safeParse(value);
  expect(error?.issues.map((issue) => issue.path)).toEqual([path]);
});
