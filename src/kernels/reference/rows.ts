/** Rows, elementwise arithmetic and sums. */
import type { Ids, Matrix } from '../../base/matrix.js';

export function gatherRows(c: Matrix, table: Matrix, ids: Ids): void {
  ids.data.forEach((id, r) => {
    c.data.set(table.data.subarray(id * c.cols, (id + 1) * c.cols), r * c.cols);
  });
}

export function scatterRows(table: Matrix, rows: Matrix, ids: Ids): void {
  table.data.fill(0);
  ids.data.forEach((id, r) => {
    for (let j = 0; j < rows.cols; j++) table.data[id * rows.cols + j] += rows.data[r * rows.cols + j];
  });
}

export function addToRows(c: Matrix, row: Matrix): void {
  for (let r = 0; r < c.rows; r++) for (let j = 0; j < c.cols; j++) c.data[r * c.cols + j] += row.data[j];
}

export function sumRows(sum: Matrix, a: Matrix): void {
  sum.data.fill(0);
  for (let r = 0; r < a.rows; r++) for (let j = 0; j < a.cols; j++) sum.data[j] += a.data[r * a.cols + j];
}

export function addProducts(c: Matrix, a: Matrix, row: Matrix): void {
  for (let r = 0; r < c.rows; r++)
    for (let j = 0; j < c.cols; j++) c.data[r * c.cols + j] += a.data[r * c.cols + j] * row.data[j];
}

export function sumProducts(sum: Matrix, a: Matrix, b: Matrix): void {
  sum.data.fill(0);
  for (let r = 0; r < a.rows; r++)
    for (let j = 0; j < a.cols; j++) sum.data[j] += a.data[r * a.cols + j] * b.data[r * a.cols + j];
}

export function transpose(c: Matrix, a: Matrix): void {
  for (let i = 0; i < a.rows; i++)
    for (let j = 0; j < a.cols; j++) c.data[j * a.rows + i] = a.data[i * a.cols + j];
}

export function copy(c: Matrix, a: Matrix): void {
  c.data.set(a.data);
}

export function add(c: Matrix, a: Matrix, b: Matrix): void {
  const [x, y, to] = [a.data, b.data, c.data];
  for (let j = 0; j < to.length; j++) to[j] = x[j] + y[j];
}

export function multiply(c: Matrix, a: Matrix, b: Matrix): void {
  const [x, y, to] = [a.data, b.data, c.data];
  for (let j = 0; j < to.length; j++) to[j] = x[j] * y[j];
}

export function scale(c: Matrix, factor: number): void {
  const to = c.data;
  for (let j = 0; j < to.length; j++) to[j] *= factor;
}

/** Comparisons, not `Math.min`: ±0 and NaN stay what they are. */
export function clamp(c: Matrix, limit: number): void {
  const to = c.data;
  for (let j = 0; j < to.length; j++) to[j] = to[j] > limit ? limit : to[j] < -limit ? -limit : to[j];
}

export function zero(c: Matrix): void {
  c.data.fill(0);
}

export function sumSquares(a: Matrix): number {
  const data = a.data;
  let sum = 0;
  for (let j = 0; j < data.length; j++) sum += data[j] * data[j];
  return sum;
}
