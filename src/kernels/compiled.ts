/**
 * The contract over compiled code: every method passes addresses and sizes to the call of the same name in
 * kernels/c. Whoever made the calls (native, wasm: anything with a flat memory can) supplies them with their memory.
 */
import { bytesOf, Ids, Matrix, type Scalar } from '../base/matrix.js';
import type { Arena } from './arena.js';
import type { Activation, Kernels, Packed, Scope, Update } from './kernels.js';

export type Exports = Readonly<Record<string, (...numbers: number[]) => number>>;

/** The calls on doubles, by the names of those on floats. */
const float64 = (exports: Exports): Exports =>
  Object.fromEntries(
    Object.entries(exports).flatMap(([name, call]) =>
      name.endsWith('_64') ? [[name.slice(0, -3), call]] : [],
    ),
  );

/** More numbers than any kernel takes. */
export const ARGUMENTS = 16;

/** Each call leaves its numbers in `args`, where the compiled code looks for them, and finds the result there. */
export const callsWith = (
  calls: Readonly<Record<string, () => unknown>>,
  args: Float64Array,
  before?: () => void,
): Exports =>
  Object.fromEntries(
    Object.entries(calls).map(([name, call]) => [
      name,
      (...numbers: number[]): number => {
        before?.();
        for (let i = 0; i < numbers.length; i++) args[i] = numbers[i];
        call();
        return args[0];
      },
    ]),
  );

export interface CompiledOptions {
  /** Threads that share out each large call; the results are the same bits for any number. */
  readonly threads?: number;
  /** Operations that make a part of a call worth a thread. */
  readonly grain?: number;
}

/** A few microseconds: a thread that waits for work answers within one. */
export const GRAIN = 15_000;

class Panels implements Packed {
  constructor(
    readonly address: number,
    readonly rows: number,
    readonly cols: number,
  ) {}
}

const addressOf = (packed: Packed): number => {
  if (!(packed instanceof Panels)) throw new TypeError('a packed matrix of another engine');
  return packed.address;
};

const addressOrNone = (matrix: Matrix): number => (matrix.rows === 0 ? 0 : matrix.address);

export class CompiledKernels implements Kernels {
  readonly float64: Kernels;
  readonly #exports: Exports;
  readonly #arena: Arena;

  /** @param exports of both kinds of number */
  constructor(
    readonly name: string,
    exports: Exports,
    arena: Arena,
    readonly flushesDenormals: boolean,
    readonly threads = 1,
    readonly scalar: Scalar = 'f32',
  ) {
    this.#exports = scalar === 'f32' ? exports : float64(exports);
    this.#arena = arena;
    this.float64 =
      scalar === 'f64'
        ? this
        : new CompiledKernels(`${name}, float64`, exports, arena, flushesDenormals, threads, 'f64');
  }

  scope(): Scope {
    return this.#arena.scope();
  }
  matrix(rows: number, cols: number): Matrix {
    const address = this.#arena.allocate(bytesOf(this.scalar) * rows * cols);
    return new Matrix(this.#arena, this.scalar, address, rows, cols);
  }
  ids(count: number): Ids {
    return new Ids(this.#arena, this.#arena.allocate(4 * count), count);
  }
  packed(rows: number, cols: number): Packed {
    const width = this.#exports.panel_width();
    const numbers = rows * width * Math.ceil(cols / width);
    return new Panels(this.#arena.allocate(bytesOf(this.scalar) * numbers), rows, cols);
  }

  pack(packed: Packed, source: Matrix, transposed: boolean): void {
    const { rows, cols } = packed;
    const [rowStep, colStep] = transposed ? [1, source.cols] : [source.cols, 1];
    this.#exports.pack(addressOf(packed), source.address, rows, cols, rowStep, colStep);
  }
  product(c: Matrix, a: Matrix, b: Packed, plus: Matrix | null): void {
    this.#exports.product(
      c.address,
      b.cols,
      a.address,
      addressOf(b),
      a.rows,
      b.cols,
      b.rows,
      plus?.address ?? 0,
      plus === null || plus.rows < a.rows ? 0 : plus.cols,
    );
  }
  transposedProduct(c: Matrix, a: Matrix, b: Matrix, sums: Matrix | null): void {
    const { rows: k, cols: m } = a;
    this.#exports.transposed_product(c.address, a.address, m, b.address, m, b.cols, k, sums?.address ?? 0);
  }

  gatherRows(c: Matrix, table: Matrix, ids: Ids): void {
    this.#exports.gather_rows(c.address, table.address, ids.address, c.rows, c.cols);
  }
  scatterRows(table: Matrix, rows: Matrix, ids: Ids): void {
    const { rows: count, cols } = rows;
    this.#exports.scatter_rows(table.address, rows.address, ids.address, count, cols, table.rows, cols);
  }
  addToRows(c: Matrix, row: Matrix): void {
    this.#exports.add_to_rows(c.address, row.address, c.rows, c.cols);
  }
  sumRows(sum: Matrix, a: Matrix): void {
    this.#exports.sum_rows(sum.address, a.address, a.rows, a.cols, a.cols);
  }
  transpose(c: Matrix, a: Matrix): void {
    this.#exports.transpose(c.address, a.address, a.rows, a.cols);
  }

  copy(c: Matrix, a: Matrix): void {
    this.#exports.copy(c.address, a.address, c.length);
  }
  add(c: Matrix, a: Matrix, b: Matrix): void {
    this.#exports.add(c.address, a.address, b.address, c.length);
  }
  multiply(c: Matrix, a: Matrix, b: Matrix): void {
    this.#exports.multiply(c.address, a.address, b.address, c.length);
  }
  scale(c: Matrix, factor: number): void {
    this.#exports.scale(c.address, factor, c.length);
  }
  clamp(c: Matrix, limit: number): void {
    this.#exports.clamp(c.address, limit, c.length);
  }
  zero(c: Matrix): void {
    this.#exports.zero(c.address, c.length);
  }
  sumSquares(a: Matrix): number {
    return this.#exports.sum_squares(a.address, a.length);
  }

  vanillaForward(kind: Activation, h: Matrix, slopes: Matrix): void {
    this.#exports[`${kind}_forward`](h.address, addressOrNone(slopes), h.length);
  }
  vanillaBackward(kind: Activation, delta: Matrix, dh: Matrix, h: Matrix, slopes: Matrix): void {
    this.#exports[`${kind}_backward`](delta.address, dh.address, h.address, addressOrNone(slopes), h.length);
  }
  lstmForward(h: Matrix, c: Matrix, squashed: Matrix, gates: Matrix, cPrev: Matrix, slopes: Matrix): void {
    const { rows, cols } = h;
    this.#exports.lstm_forward(
      h.address,
      c.address,
      squashed.address,
      gates.address,
      cPrev.address,
      addressOrNone(slopes),
      rows,
      cols,
    );
  }
  lstmBackward(
    delta: Matrix,
    dc: Matrix,
    dcPrev: Matrix,
    dh: Matrix,
    gates: Matrix,
    squashed: Matrix,
    cPrev: Matrix,
    slopes: Matrix,
  ): void {
    this.#exports.lstm_backward(
      delta.address,
      dc.address,
      dcPrev.address,
      dh.address,
      gates.address,
      squashed.address,
      cPrev.address,
      addressOrNone(slopes),
      dh.rows,
      dh.cols,
    );
  }
  gruForward(
    h: Matrix,
    candidate: Matrix,
    gates: Matrix,
    recurrent: Matrix,
    hPrev: Matrix,
    slopes: Matrix,
  ): void {
    const { rows, cols } = h;
    this.#exports.gru_forward(
      h.address,
      candidate.address,
      gates.address,
      recurrent.address,
      hPrev.address,
      addressOrNone(slopes),
      rows,
      cols,
    );
  }
  gruBackward(
    delta: Matrix,
    deltaRecurrent: Matrix,
    dhPrev: Matrix,
    dh: Matrix,
    gates: Matrix,
    candidate: Matrix,
    hPrev: Matrix,
    slopes: Matrix,
  ): void {
    this.#exports.gru_backward(
      delta.address,
      deltaRecurrent.address,
      dhPrev.address,
      dh.address,
      gates.address,
      candidate.address,
      hPrev.address,
      addressOrNone(slopes),
      dh.rows,
      dh.cols,
    );
  }

  softmaxCrossEntropy(losses: Matrix, logits: Matrix, targets: Ids, scale: number): void {
    const { rows, cols } = logits;
    this.#exports.softmax_cross_entropy(losses.address, logits.address, targets.address, rows, cols, scale);
  }

  sgd(update: Update, velocity: Matrix | null, momentum: number): void {
    const { weights: w, gradient: g, gradientScale, lr, weightDecay } = update;
    const slot = velocity?.address ?? 0;
    this.#exports.sgd(w.address, g.address, slot, w.length, gradientScale, lr, weightDecay, momentum);
  }
  adagrad(update: Update, squares: Matrix, epsilon: number): void {
    const { weights: w, gradient: g, gradientScale, lr, weightDecay } = update;
    this.#exports.adagrad(
      w.address,
      g.address,
      squares.address,
      w.length,
      gradientScale,
      lr,
      weightDecay,
      epsilon,
    );
  }
  rmsprop(update: Update, squares: Matrix, alpha: number, epsilon: number): void {
    const { weights: w, gradient: g, gradientScale, lr, weightDecay } = update;
    this.#exports.rmsprop(
      w.address,
      g.address,
      squares.address,
      w.length,
      gradientScale,
      lr,
      weightDecay,
      alpha,
      1 - alpha,
      epsilon,
    );
  }
  adam(
    update: Update,
    first: Matrix,
    second: Matrix,
    betas: readonly [number, number],
    epsilon: number,
    step: number,
    decoupled: boolean,
  ): void {
    const { weights: w, gradient: g, gradientScale, lr, weightDecay } = update;
    this.#exports.adam(
      w.address,
      g.address,
      first.address,
      second.address,
      w.length,
      gradientScale,
      lr / (1 - betas[0] ** step),
      decoupled ? 0 : weightDecay,
      betas[0],
      betas[1],
      1 - betas[0],
      1 - betas[1],
      epsilon,
      Math.sqrt(1 - betas[1] ** step),
      decoupled ? 1 - lr * weightDecay : 1,
    );
  }
}
