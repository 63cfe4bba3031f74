/** Agreement of whole arrays. */
import { expect } from 'vitest';

/** Asserts |found − expected| ≤ tolerance · max|expected| throughout, and equal lengths: for tensors. */
export function expectClose(
  found: ArrayLike<number> | undefined,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
): void {
  expect(found?.length, `${what}: length`).toBe(expected.length);
  const largest = Array.from(expected).reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const errors = Array.from(expected, (x, j) => Math.abs(x - (found?.[j] ?? NaN)));
  const worst = errors.reduce((most, e) => Math.max(most, e), 0); // Math.max keeps a NaN, and a NaN fails
  expect(worst, `${what}: worst error`).toBeLessThanOrEqual(tolerance * largest);
}

/** Asserts |found − expected| ≤ tolerance · |expected| for each number by itself: for curves over many magnitudes. */
export function expectEachClose(
  found: ArrayLike<number> | undefined,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
): void {
  expect(found?.length, `${what}: length`).toBe(expected.length);
  Array.from(expected).forEach((x, j) => {
    const error = Math.abs(x - (found?.[j] ?? NaN));
    expect(error, `${what}: error at ${j}, where ${x} is expected`).toBeLessThanOrEqual(
      tolerance * Math.abs(x),
    );
  });
}
