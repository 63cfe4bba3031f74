/** Matrix products and packing, written to be read. */
import type { Floats, Matrix } from '../../base/matrix.js';
import type { Packed } from '../kernels.js';
import { sumRows } from './rows.js';

/** "Packing" here is remembering which matrix, and which way round: `pack` copies it plainly. */
export class PlainPacked implements Packed {
  readonly isPacked = true;
  readonly data: Float64Array;
  constructor(
    readonly rows: number,
    readonly cols: number,
  ) {
    this.data = new Float64Array(rows * cols);
  }
}

const plain = (packed: Packed): Float64Array => {
  if (!(packed instanceof PlainPacked)) throw new TypeError('a packed matrix of another engine');
  return packed.data;
};

export function pack(packed: Packed, source: Matrix, transposed: boolean): void {
  const to = plain(packed);
  const from = source.data;
  for (let i = 0; i < packed.rows; i++)
    for (let j = 0; j < packed.cols; j++)
      to[i * packed.cols + j] = transposed ? from[j * source.cols + i] : from[i * source.cols + j];
}

export function product(c: Matrix, a: Matrix, b: Packed, plus: Matrix | null): void {
  const [x, y, to] = [a.data, plain(b), c.data];
  if (plus === null) to.fill(0);
  else if (plus !== c)
    for (let i = 0; i < a.rows; i++) to.set(rowOf(plus, plus.rows < a.rows ? 0 : i), i * c.cols);
  for (let i = 0; i < a.rows; i++)
    for (let k = 0; k < a.cols; k++) {
      const factor = x[i * a.cols + k];
      for (let j = 0; j < b.cols; j++) to[i * b.cols + j] += factor * y[k * b.cols + j];
    }
}

const rowOf = ({ data, cols }: Matrix, r: number): Floats => data.subarray(r * cols, (r + 1) * cols);

export function transposedProduct(c: Matrix, a: Matrix, b: Matrix, sums: Matrix | null): void {
  const [x, y, to] = [a.data, b.data, c.data];
  to.fill(0);
  for (let k = 0; k < a.rows; k++)
    for (let i = 0; i < a.cols; i++) {
      const factor = x[k * a.cols + i];
      for (let j = 0; j < b.cols; j++) to[i * b.cols + j] += factor * y[k * b.cols + j];
    }
  if (sums) sumRows(sums, a);
}
