/**
 * The contract of the arithmetic. Every engine keeps it, one conformance suite holds them all to it. What the calls do, their
 * operands and shapes: calls.ts.
 */
import type { Ids, Matrix, Scalar } from '../base/matrix.js';
import type { Calls, Packed } from './calls.js';

export type { Activation, Packed } from './calls.js';

/** A stretch of work. What it allocates is given back at its end; `scoped` ends it also where the work fails. */
export interface Scope {
  /** @throws Error where a scope within this one has not ended */
  end(): void;
}

/** The memory of something that outlives the call which makes it: a training's, a sampler's. */
export interface Room {
  /** What `work` allocates is the room's; may be called again. */
  fill<T>(work: () => T): T;
  /** Gives all of it back: in any order with others, also a second time, or after the scope that it lies in has ended. */
  release(): void;
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
   * What is allocated until its end is given back then, and may not be used any more (poison.ts finds where it is). Scopes
   * may lie in one another. `float64` has the same ones, as it has the same memory.
   */
  scope(): Scope;
  /** A room, empty at first. It is given back with the scope or room that it is made in, if not before. */
  room(): Room;
  /** Bytes that are handed out, and were not given back. */
  held(): number;
  /** A new matrix of zeros; it lives as long as the scope or room, or where there is none as long as the engine. */
  matrix(rows: number, cols: number): Matrix;
  /** A row of symbol ids, zeros. */
  ids(count: number): Ids;
  /** A matrix in the order in which products read it, zeros. */
  packed(rows: number, cols: number): Packed;
}
