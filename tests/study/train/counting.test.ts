/** The floor of counting: by order, in nats, and which order is the best. */
import { expect, test } from 'vitest';
import { bestOrder, countingFloor } from '../../../src/study/train/counting.js';
import { asSymbols, type Symbols } from '../../../src/text/symbols.js';

/** 0 1 0 1 …: one symbol back says all. */
const alternating = (length: number): Symbols => asSymbols(Uint16Array.from({ length }, (_, i) => i % 2));

test('a text that one symbol before tells: order 0 is a coin, order 1 hardly anything', () => {
  const floor = countingFloor(alternating(20_000), alternating(2000), 2);
  expect(floor?.lossNats[0]).toBeCloseTo(Math.LN2, 3);
  expect(floor?.lossNats[1]).toBeLessThan(0.01);
  expect(floor && bestOrder(floor)).toBeGreaterThanOrEqual(1);
  expect(floor).toMatchObject({ measured: 22_000, isWhole: true });
});

test('nothing held out: nothing to predict', () => {
  expect(countingFloor(alternating(2000), asSymbols(new Uint16Array()), 2)).toBeNull();
});

test('a text too long for its budget is counted in part, and the figure says so', () => {
  let state = 1;
  const noisy = Uint16Array.from({ length: 60_000 }, () => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return (state >> 8) % 60;
  });
  const floor = countingFloor(
    asSymbols(noisy.subarray(0, 50_000)),
    asSymbols(noisy.subarray(50_000)),
    60,
    20_000,
  );
  expect(floor?.isWhole).toBe(false);
  expect(floor?.measured).toBeLessThan(60_000);
});
