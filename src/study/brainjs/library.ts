/**
 * The parts of brain.js 1.6.1 that are used, with the types that it comes without. They are taken file by file: the whole
 * would load its GPU nets too.
 */
import lstm from 'brain.js/dist/recurrent/lstm.js';
import addB from 'brain.js/dist/recurrent/matrix/add-b.js';
import matrix from 'brain.js/dist/recurrent/matrix/index.js';
import relu from 'brain.js/dist/recurrent/matrix/relu.js';
import rowPluckB from 'brain.js/dist/recurrent/matrix/row-pluck-b.js';
import sigmoid from 'brain.js/dist/recurrent/matrix/sigmoid.js';
import tanh from 'brain.js/dist/recurrent/matrix/tanh.js';
import rnn from 'brain.js/dist/recurrent/rnn.js';
import dataFormatter from 'brain.js/dist/utilities/data-formatter.js';
import type { Floats } from '../../base/matrix.js';

/** (rows, columns), row-major; `deltas` are the gradients. */
export interface NetMatrix {
  readonly rows: number;
  readonly columns: number;
  weights: Floats;
  deltas: Floats;
}

/** One operation of the graph. */
export interface Operation {
  readonly left: NetMatrix;
  /** The second operand, the row that is plucked, or nothing. */
  readonly right?: NetMatrix | number;
  readonly product: NetMatrix;
  readonly forwardFn: unknown;
  backpropagationFn: Backpropagation;
}
export type Backpropagation = (product: NetMatrix, left: NetMatrix, right: never) => void;

/** One timestep: its operations in order, of which the last gives the logits. */
export interface Equation {
  readonly states: readonly Operation[];
  /** Forward from a row of the embedding to the logits (rows, 1); all deltas it touches become 0. */
  runIndex(row: number): NetMatrix;
  /** Back from the deltas of its logits and of its h, to those of the h before it. */
  backpropagateIndex(row: number): void;
}

/** Row 0 of the embedding and of the logits is START and END, row k + 1 the symbol k. */
export interface Rnn {
  readonly model: {
    /** Embedding (V + 1, V) */
    readonly input: NetMatrix;
    /** By layer, under the library's own names. */
    readonly hiddenLayers: readonly Readonly<Record<string, NetMatrix>>[];
    /** (V + 1, H) and (V + 1, 1) */
    readonly outputConnector: NetMatrix;
    readonly output: NetMatrix;
    /** All of these. */
    readonly allMatrices: readonly NetMatrix[];
    /** By timestep, and by timestep and layer the h: (H, 1). */
    equations: Equation[];
    equationConnections: NetMatrix[][];
  };
  /** h before the first timestep, by layer: zeros. */
  initialLayerInputs: NetMatrix[];
  initialize(): void;
  /** Adds a timestep to the graph. */
  bindEquation(): void;
  /** From the deltas of the logits of timesteps 0 … input.length back to every matrix. */
  backpropagate(input: readonly number[]): void;
  /** One update a string. `error` is the mean over the strings of 2^(Σ −log₂ p / (length − 1)) / 100. */
  train(
    strings: readonly (readonly string[])[],
    options: { readonly iterations: number; readonly errorThresh: number; readonly learningRate: number },
  ): { readonly error: number };
}

export type RnnClass = new (options: {
  readonly hiddenLayers: readonly number[];
  readonly dataFormatter: object;
}) => Rnn;

/** A bundler gives the default export where Node gives all of them. */
const defaultOf = (module: unknown): unknown =>
  typeof module === 'object' && module !== null && 'default' in module ? module.default : module;

export const NETS = { LSTM: defaultOf(lstm) as RnnClass, RNN: defaultOf(rnn) as RnnClass };
export type NetName = keyof typeof NETS;

/** Zeros. One made otherwise would slow its loops down: they are compiled for this one. */
export const NetMatrixClass = defaultOf(matrix) as new (rows: number, columns: number) => NetMatrix;

/** Its table of characters, given the strings that it is to know. */
export const DataFormatter = defaultOf(dataFormatter) as new (
  texts: readonly (readonly string[])[],
) => object;

/** The operations that have to be told apart: the two that are repaired, and the activations. */
export const BACKWARD = { add: defaultOf(addB), rowPluck: defaultOf(rowPluckB) };
export const ACTIVATION_OPERATIONS = {
  sigmoid: defaultOf(sigmoid),
  tanh: defaultOf(tanh),
  relu: defaultOf(relu),
};
