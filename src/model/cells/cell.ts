/**
 * A cell is one timestep of one layer: its formulas forward and backward, no loop, no memory of its own.
 * The loop over time is in bptt/, once for all cells.
 *
 * Buffers are lent for the call. `x-share` is x·W_ihᵀ with the biases that can be added to it beforehand.
 */
import type { Matrix } from '../../base/matrix.js';
import type { Kernels, Packed } from '../../kernels/kernels.js';

/** The names of a layer's tensors, PyTorch's: `weight_ih` of layer 0 is `rnn.weight_ih_l0`. */
export type TensorName = 'weight_ih' | 'weight_hh' | 'bias_ih' | 'bias_hh';

/** A tensor of each layer: so many blocks of H rows, by the inputs or the units; or without columns a vector of so many blocks. */
export interface CellTensor {
  readonly name: TensorName;
  readonly blocks: number;
  readonly by: 'inputs' | 'units' | null;
  /** As formulas call it, where that is not what its name says: u of weight_hh. */
  readonly symbol?: string;
  /** How it begins where that is not what every such tensor begins with (init.ts): a number, or uniform in a range. */
  readonly begins?: (init: string) => number | readonly [from: number, to: number];
}

/** PyTorch's four: W_ih, W_hh and both biases, of G blocks. */
export const pytorchTensors = (blocks: number): readonly CellTensor[] => [
  { name: 'weight_ih', blocks, by: 'inputs' },
  { name: 'weight_hh', blocks, by: 'units' },
  { name: 'bias_ih', blocks, by: null },
  { name: 'bias_hh', blocks, by: null },
];

/** What h⁻ comes through, as both directions use it; empty what the cell has not got. */
export interface RecurrentWeights {
  /** W_hhᵀ (H, G·H): for h⁻·W_hhᵀ */
  readonly forward: Packed;
  /** W_hh (G·H, H): for δ·W_hh */
  readonly backward: Packed;
  /** (1, G·H), for cells that keep it apart from the x-share */
  readonly bias: Matrix;
  /** u (1, H), where a vector stands for W_hh */
  readonly vector: Matrix;
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

/** h, which every cell has, and the LSTM's c. */
export type CellState = 'h' | 'c';

/** One timestep of a layer, and all that is to be known of it: from this a network, its file and its probes are made. */
export interface Cell {
  /** As people read it: LSTM. */
  readonly label: string;
  readonly tensors: readonly CellTensor[];
  /** G, the blocks of H that the x-share has. */
  readonly blocks: number;
  /** What it hands on to the next timestep: h, and c where it has a second state. */
  readonly states: readonly CellState[];
  /** h becomes of the x-share where it stands (G = 1): the gates' buffer and h are the same memory. */
  readonly isInPlace: boolean;
  /** Needs the cache buffer. */
  readonly hasCache: boolean;
  /** Blocks of H derivatives that a float64 engine keeps (kernels.ts). */
  readonly slopes: number;
  /** What h⁻ is multiplied with joins the x-share as it is, b_hh too; then δ serves both sides. */
  readonly joinsBiases: boolean;
  /** The activations of which saturation is measured, by name, and where they are found. */
  readonly activations: readonly CellActivation[];
  /**
   * How a state passes to the next timestep without W_hh: state = gate ∘ state⁻ + …, the gate by its block, or `complement`
   * 1 − gate. The LSTM's c through f, the GRU's h through z; null where there is no such way, and the cell is not gated.
   */
  readonly directPath: {
    readonly state: CellState;
    readonly gate: number;
    /** Present where it is 1 − gate; its value: the block of `slopes` that keeps it where slopes are kept. */
    readonly complement?: number;
  } | null;
  /** The block of the bias that the forget bias goes into; absent for most. */
  readonly forgetGate?: number;
  /** Writes h, and c where there is one, of the timestep from the x-share, which stands in the gates' buffer, and the states before. */
  forward(kernels: Kernels, step: CellStep, weights: RecurrentWeights): void;
  /** Writes δ and the gradients of the states before; h⁻'s is added to what is there. */
  backward(kernels: Kernels, step: CellStep, gradients: CellGradients, weights: RecurrentWeights): void;
}

/** An activation within the cell, by the name of its gate. */
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

export const isGated = (cell: Cell): boolean => cell.directPath !== null;

const recurrentTensor = ({ tensors }: Cell): CellTensor | null =>
  tensors.find(({ name }) => name === 'weight_hh') ?? null;

/** What takes h⁻ into the timestep: W_hh, a vector in its place, or nothing. */
export function recurrenceOf(cell: Cell): 'matrix' | 'vector' | 'none' {
  const found = recurrentTensor(cell);
  return found === null ? 'none' : found.by === null ? 'vector' : 'matrix';
}

/** What that is called: W_hh, u; null where there is nothing. */
export function recurrentSymbol(cell: Cell): string | null {
  const found = recurrentTensor(cell);
  return found && (found.symbol ?? 'W_hh');
}

/** Its blocks, each named after the activation that it goes into; a block that goes into none is named by its number. */
export const recurrentBlocks = (
  cell: Cell,
): readonly { readonly name: string; readonly into: CellActivation | null }[] =>
  Array.from({ length: recurrentTensor(cell)?.blocks ?? 0 }, (_, block) => {
    const into = cell.activations.find(({ place }) => place === block) ?? null;
    return { name: into?.name ?? String(block), into };
  });
