import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { PairTable } from '../../src/base/pair-table.js';

test('is a map by pair, through growth and over high rows', () => {
  const operation = fc.record({
    row: fc.oneof(fc.nat(50), fc.nat(2 ** 30)),
    column: fc.nat(99),
    value: fc.nat(1000),
    keep: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 3000, size: 'max' }), (operations) => {
      const [table, twin] = [new PairTable(100), new Map<string, number>()];
      for (const { row, column, value, keep } of operations) {
        const key = `${row} ${column}`;
        expect(table.get(row, column)).toBe(twin.get(key) ?? -1);
        if (keep) {
          expect(table.getOrSet(row, column, value)).toBe(twin.get(key) ?? value);
          if (!twin.has(key)) twin.set(key, value);
        } else {
          table.set(row, column, value);
          twin.set(key, value);
        }
      }
      expect(table.size).toBe(twin.size);
      for (const [key, value] of twin) {
        const [row, column] = key.split(' ').map(Number);
        expect(table.get(row, column)).toBe(value);
      }
    }),
    { numRuns: 20 },
  );
});
