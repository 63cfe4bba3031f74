/** The contract in float64 and plain TypeScript: slow, readable, and the oracle of every test. */
import { Ids, Matrix } from '../base/matrix.js';
import { allocated } from '../base/memory.js';
import type { Kernels, Packed } from './kernels.js';
import { guarded, isAskedFor, POISON } from './poison.js';
import * as cells from './reference/cells.js';
import { PlainPacked, pack, product, transposedProduct } from './reference/products.js';
import * as rows from './reference/rows.js';
import * as training from './reference/training.js';
import { Scopes } from './scopes.js';

/** What was allocated at once. The bytes themselves are only known where they are to be poisoned. */
interface Block {
  readonly bytes: number;
  readonly buffer: ArrayBufferLike | null;
}

/**
 * A fresh reference engine. Each matrix has a buffer of its own, which goes when nobody knows it any more.
 * @param options.poison finds what is used after it was given back [as the environment says]; @see poison.ts
 */
export function openReference({ poison = isAskedFor() }: { readonly poison?: boolean } = {}): Kernels {
  let held = 0;
  const scopes = new Scopes<Block>(({ bytes, buffer }) => {
    held -= bytes;
    if (buffer) new Uint8Array(buffer).fill(POISON);
  });
  /** @throws DissipaError where there is no such room */
  const made = <T extends object>(
    bytes: number,
    make: () => T,
    bufferOf: (made: T) => ArrayBufferLike,
  ): T => {
    const one = allocated(bytes, make);
    held += bytes;
    scopes.add({ bytes, buffer: poison ? bufferOf(one) : null });
    return poison ? guarded(one, scopes.atHand) : one;
  };
  const ofMemory = ({ memory }: Matrix | Ids): ArrayBufferLike => memory.buffer;
  const kernels: Omit<Kernels, 'float64'> = {
    name: 'reference (float64)',
    scalar: 'f64',
    flushesDenormals: false,
    threads: 1,
    scope: () => scopes.scope(),
    room: () => scopes.room(),
    held: () => held,
    matrix: (r: number, c: number) =>
      made(8 * r * c, () => new Matrix({ buffer: new ArrayBuffer(8 * r * c) }, 'f64', 0, r, c), ofMemory),
    ids: (count: number) =>
      made(4 * count, () => new Ids({ buffer: new ArrayBuffer(4 * count) }, 0, count), ofMemory),
    packed: (r: number, c: number): Packed =>
      made(
        8 * r * c,
        () => new PlainPacked(r, c),
        ({ data }) => data.buffer,
      ),
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
