/**
 * The contract of the arithmetic. Every engine keeps it, one conformance suite holds them all to it. What the calls do, their
 * operands and shapes: calls.ts.
 */
import type { Ids, Matrix, Scalar } from '../base/matrix.js';
import type { Calls, Packed } from './calls.js';

export type { Activation, Packed } from './calls.js';

export interface Scope {
  /** @throws Error where a scope within this one has not ended */
  end(): void;
}

/** The arithmetic of an engine, and its memory. */
export interface Kernels extends Calls {
  /** As shown to people: `reference`, `wasm (relaxed SIMD)`, … */
  readonly name: string;
  readonly scalar: Scalar;
  /** Takes numbers nearer 0 than 2⁻¹²⁶ as 0: a CPU is a hundred times slower with them, and vanishing gradients are full of them. */
  readonly flushesDenormals: boolean;
  /**
   * The same engine in float64, over the same memory: what measures. There the pointwise parts also keep every activation's
   * derivative, formed from its argument without cancellation.
   */
  readonly float64: Kernels;
  /** How many share out the large calls. Not part of the name: the results are the same bits for any number. */
  readonly threads: number;

  // -- memory -----------------------------------------------------------------------------------
  /**
   * What is allocated until its end is given back then, and may not be used any more. Scopes may lie in one another.
   * `float64` has the same ones, as it has the same memory.
   */
  scope(): Scope;
  /** A new matrix of zeros; it lives as long as the scope, or where there is none as long as the engine. */
  matrix(rows: number, cols: number): Matrix;
  /** A row of symbol ids, zeros. */
  ids(count: number): Ids;
  /** A matrix in the order in which products read it, zeros. */
  packed(rows: number, cols: number): Packed;
}
