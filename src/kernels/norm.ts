/** Frobenius norms of whatever size: the sum of squares of a float64 matrix leaves float64's range long before its norm. */
import type { Matrix } from '../base/matrix.js';
import type { Kernels } from './kernels.js';

/** Sums of squares outside have lost digits, or all. */
const [LEAST, MOST] = [1e-270, 1e290];

/** √Σ ‖part‖²; NaN or infinite where a number of them is. */
export function normOf(kernels: Kernels, ...parts: readonly Matrix[]): number {
  let squares = 0;
  for (const part of parts) if (part.rows > 0) squares += kernels.sumSquares(part);
  if (kernels.scalar === 'f32' || (squares > LEAST && squares < MOST)) return Math.sqrt(squares);
  let largest = 0;
  for (const { data } of parts) for (const x of data) largest = Math.max(largest, Math.abs(x)); // keeps a NaN
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let sum = 0;
  for (const { data } of parts) for (const x of data) sum += (x / largest) * (x / largest);
  return Math.sqrt(sum) * largest;
}
