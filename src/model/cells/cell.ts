/**
 * A cell is one timestep of one layer: its formulas forward and backward, no loop, no memory of its own.
 * The loop over time is in bptt/, once for all cells.
 *
 * Buffers are lent for the call. `x-share` is x·W_ihᵀ with the biases that can be added to it beforehand.
 */
import type { Matrix } from '../../base/matrix.js';
import type { Kernels, Packed } from '../../kernels/kernels.js';

/** W_hh as both directions use it. */
export interface RecurrentWeights {
  /** W_hhᵀ (H, G·H): for h⁻·W_hhᵀ */
  readonly forward: Packed;
  /** W_hh (G·H, H): for δ·W_hh */
  readonly backward: Packed;
  /** (1, G·H), for cells that keep it apart from the x-share */
  readonly bias: Matrix;
}

/** One timestep as the window remembers it; every buffer has N rows. */
export interface CellStep {
  /** h⁻ (N, H) */
  readonly hPrev: Matrix;
  /** h (N, H), written forward */
  readonly h: Matrix;
  /** c⁻ and c (N, H) where the cell has such a state, else empty */
  readonly cPrev: Matrix;
  readonly c: Matrix;
  /** (N, G·H): the x-share on entry, the gates' activations afterwards; for G = 1 the same memory as h */
  readonly gates: Matrix;
  /** (N, H): what else the way back needs; empty where the cell needs nothing */
  readonly cache: Matrix;
  /** (N, slopes·H): the activations' derivatives, written forward, where the engine keeps them (float64); else empty */
  readonly slopes: Matrix;
  /** (N, G·H), free for use within the step */
  readonly scratch: Matrix;
}

/** The gradients of one timestep; every buffer has N rows. */
export interface CellGradients {
  /** ∂/∂h (N, H): complete on entry */
  readonly dh: Matrix;
  /** (N, H): on entry holds what comes from the layer above or the loss; h⁻'s share is added */
  readonly dhPrev: Matrix;
  /** ∂/∂c (N, H): on entry what later timesteps send, complete afterwards */
  readonly dc: Matrix;
  /** (N, H): written */
  readonly dcPrev: Matrix;
  /** δ (N, G·H): the gradient of the x-share, written */
  readonly delta: Matrix;
  /** (N, G·H): the gradient of h⁻·W_hhᵀ + b_hh, written; the same memory as δ where the two are equal */
  readonly deltaRecurrent: Matrix;
}

export interface Cell {
  /** Has a second state c beside h. */
  readonly hasCellState: boolean;
  /** Needs the cache buffer. */
  readonly hasCache: boolean;
  /** Blocks of H derivatives that a float64 engine keeps (kernels.ts). */
  readonly slopes: number;
  /** b_hh can be added to the x-share; then δ serves both sides. */
  readonly joinsBiases: boolean;
  /** The activations of which saturation is measured, by name, and where they are found. */
  readonly activations: readonly CellActivation[];
  /**
   * How a state passes to the next timestep without W_hh: state = gate ∘ state⁻ + …, the gate by its block. The LSTM's c
   * through f, the GRU's h through z; null where there is no such way.
   */
  readonly directPath: { readonly state: 'h' | 'c'; readonly gate: number } | null;
  forward(kernels: Kernels, step: CellStep, weights: RecurrentWeights): void;
  backward(kernels: Kernels, step: CellStep, gradients: CellGradients, weights: RecurrentWeights): void;
}

export interface CellActivation {
  readonly name: string;
  readonly kind: 'tanh' | 'sigmoid' | 'relu';
  /** In the gates' block of that number, or in the cache. */
  readonly place: number | 'cache';
}

/** Its values stand in the gates' buffer: it has a block of W_hh of its own. */
export const isGate = (
  activation: CellActivation,
): activation is CellActivation & { readonly place: number } => activation.place !== 'cache';
