import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { netParameterCount } from '../../../src/study/brainjs/size.js';
import { nearestHidden } from '../../../src/study/model/match.js';

test('the hidden size with the nearest count, the smaller of two, and 1 at least', () => {
  const square = (hidden: number): number => hidden * hidden;
  expect([0, 1, 2, 3, 4, 6, 7, 100, 101, 110, 111].map((target) => nearestHidden(target, square))).toEqual([
    1, 1, 1, 2, 2, 2, 3, 10, 10, 10, 11,
  ]);
  expect(nearestHidden(3, (hidden) => 2 * hidden)).toBe(1);
});

test('is what trying them all finds', () => {
  fc.assert(
    fc.property(
      fc.nat(30_000),
      fc.constantFrom(1, 2, 3),
      fc.integer({ min: 2, max: 60 }),
      (target, layers, symbols) => {
        const countAt = (hidden: number): number => netParameterCount('LSTM', { layers, hidden }, symbols);
        let best = 1;
        for (let hidden = 1; hidden < 100; hidden++)
          if (Math.abs(countAt(hidden) - target) < Math.abs(countAt(best) - target)) best = hidden;
        expect(nearestHidden(target, countAt)).toBe(best);
      },
    ),
  );
});
