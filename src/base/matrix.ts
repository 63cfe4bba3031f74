/**
 * Dense row-major matrices that live in an engine's memory.
 *
 * A matrix is an address and a shape; its numbers are seen through `data`. A memory grows where it lies, so views of it
 * stay good.
 */

export type Scalar = 'f32' | 'f64';
export type Floats = Float32Array | Float64Array;

/** Where an engine keeps its numbers: `WebAssembly.Memory`, or a plain buffer behind the same property. */
export interface EngineMemory {
  readonly buffer: ArrayBufferLike;
}

export const bytesOf = (scalar: Scalar): number => (scalar === 'f32' ? 4 : 8);

/** `rows` × `cols` numbers, row after row, from byte `address` of `memory` on. */
export class Matrix {
  #view: Floats | undefined;

  constructor(
    readonly memory: EngineMemory,
    readonly scalar: Scalar,
    readonly address: number,
    readonly rows: number,
    readonly cols: number,
  ) {}

  get length(): number {
    return this.rows * this.cols;
  }

  /** The numbers themselves, a view and not a copy. */
  get data(): Floats {
    const { buffer } = this.memory;
    return (this.#view ??=
      this.scalar === 'f32'
        ? new Float32Array(buffer, this.address, this.length)
        : new Float64Array(buffer, this.address, this.length));
  }

  /** Rows `from` to `from + count` as a matrix over the same memory. */
  rowRange(from: number, count: number): Matrix {
    if (from < 0 || count < 0 || from + count > this.rows)
      throw new RangeError(`rows ${from}…${from + count} of a matrix of ${this.rows}`);
    const address = this.address + from * this.cols * bytesOf(this.scalar);
    return new Matrix(this.memory, this.scalar, address, count, this.cols);
  }

  /** The same numbers in another shape; `from` counts numbers, not rows. */
  reshaped(from: number, rows: number, cols: number): Matrix {
    if (from < 0 || from + rows * cols > this.length)
      throw new RangeError(`${rows}×${cols} from ${from} of ${this.length} numbers`);
    return new Matrix(this.memory, this.scalar, this.address + from * bytesOf(this.scalar), rows, cols);
  }
}

/** A list of symbol ids in an engine's memory, for row look-ups and targets. */
export class Ids {
  #view: Int32Array | undefined;

  constructor(
    readonly memory: EngineMemory,
    readonly address: number,
    readonly length: number,
  ) {}

  get data(): Int32Array {
    return (this.#view ??= new Int32Array(this.memory.buffer, this.address, this.length));
  }

  /** The same memory, from one place to another. */
  range(from: number, count: number): Ids {
    if (from < 0 || count < 0 || from + count > this.length)
      throw new RangeError(`ids ${from}…${from + count} of ${this.length}`);
    return new Ids(this.memory, this.address + 4 * from, count);
  }
}
