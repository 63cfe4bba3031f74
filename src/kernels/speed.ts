/** How fast an engine's products are. */
import type { Kernels } from './kernels.js';

/** 10⁹ operations a second, a multiplication and an addition counted as two: the best of several products (S, S) · (S, S). */
export function productSpeed(kernels: Kernels, size = 256, rounds = 20): number {
  const [a, c] = [kernels.matrix(size, size), kernels.matrix(size, size)];
  const b = kernels.packed(size, size);
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    kernels.product(c, a, b, null);
    best = Math.min(best, performance.now() - started);
  }
  return (2 * size ** 3) / best / 1e6;
}
