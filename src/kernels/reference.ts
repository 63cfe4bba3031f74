/** The contract in float64 and plain TypeScript: slow, readable, and the oracle of every test. */
import { Ids, Matrix } from '../base/matrix.js';
import { allocated } from '../base/memory.js';
import type { Kernels, Packed } from './kernels.js';
import * as cells from './reference/cells.js';
import { PlainPacked, pack, product, transposedProduct } from './reference/products.js';
import * as rows from './reference/rows.js';
import * as training from './reference/training.js';

/** @throws DissipaError where there is no such room */
const bufferOf = (bytes: number): ArrayBuffer => allocated(bytes, () => new ArrayBuffer(bytes));

/** A fresh reference engine. */
export function openReference(): Kernels {
  const kernels: Omit<Kernels, 'float64'> = {
    name: 'reference (float64)',
    scalar: 'f64',
    flushesDenormals: false,
    threads: 1,
    // Each matrix has a buffer of its own, which goes when nobody knows it any more.
    scope: () => ({ end: () => undefined }),
    matrix: (r: number, c: number) => new Matrix({ buffer: bufferOf(8 * r * c) }, 'f64', 0, r, c),
    ids: (count: number) => new Ids({ buffer: bufferOf(4 * count) }, 0, count),
    packed: (r: number, c: number): Packed => allocated(8 * r * c, () => new PlainPacked(r, c)),
    panelWidth: () => 1,
    pack,
    product,
    transposedProduct,
    ...rows,
    ...cells,
    ...training,
  };
  return Object.defineProperty(kernels, 'float64', { get: () => kernels, enumerable: true }) as Kernels;
}
