/** The state norm row by row: what tells how far the rows of a window agree. */
import type { Matrix } from '../base/matrix.js';
import { log10Norm } from '../bptt/probing.js';
import type { TapView } from '../bptt/tap.js';

/** sums (R) += Σ a² of each row of a (R, D), in float64. */
function addSquaresByRow(sums: Float64Array, { data, rows, cols }: Matrix): void {
  for (let n = 0; n < rows; n++) {
    let sum = 0;
    for (let j = n * cols, end = j + cols; j < end; j++) sum += data[j] * data[j];
    sums[n] += sum;
  }
}

/** log10 √(‖∂h_n‖² + ‖∂c_n‖²) of each row n; null for an exact 0. */
export function rowNorms({ gradients: { dh, dc }, exponent }: TapView): (number | null)[] {
  const sums = new Float64Array(dh.rows);
  addSquaresByRow(sums, dh);
  addSquaresByRow(sums, dc);
  return Array.from(sums, (sum) => log10Norm(Math.sqrt(sum), exponent));
}
