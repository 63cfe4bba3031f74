/** A model in an engine: its parameters, and the forms of them that the passes over a window read. */
import type { Matrix } from '../base/matrix.js';
import type { Kernels, Packed } from '../kernels/kernels.js';
import { type Cell, type RecurrentWeights, recurrenceOf } from './cells/cell.js';
import { cellOf } from './cells/index.js';
import { Parameters } from './parameters.js';
import type { ModelShape } from './shape.js';

/** One layer's weights, laid out for the products of a window. */
export interface LayerWeights {
  readonly recurrent: RecurrentWeights;
  /** (1, G·H): the biases that go into the x-share */
  readonly inputBias: Matrix;
  /** Layer 0 looks its x-share up by symbol: row v = column v of W_ih, plus `inputBias`, (V, G·H). */
  readonly table: Matrix | null;
  /** Layers above multiply: W_ihᵀ (H, G·H) and W_ih (G·H, H). */
  readonly input: { readonly forward: Packed; readonly backward: Packed } | null;
}

/** A model's weights in an engine, laid out for its products. */
export class Network {
  readonly cell: Cell;
  /** G */
  readonly gates: number;
  /** What h⁻ comes through. */
  readonly recurrence: 'matrix' | 'vector' | 'none';
  readonly parameters: Parameters;
  readonly layers: readonly LayerWeights[];
  /** W_readoutᵀ (H, V) and W_readout (V, H) */
  readonly readout: { readonly forward: Packed; readonly backward: Packed };

  constructor(
    readonly kernels: Kernels,
    readonly shape: ModelShape,
  ) {
    const { cell, hidden, layers, symbols } = shape;
    this.cell = cellOf(cell);
    this.gates = this.cell.blocks;
    this.recurrence = recurrenceOf(this.cell);
    this.parameters = new Parameters(kernels, shape);
    const width = this.gates * hidden;
    const bothWays = (rows: number, cols: number): { forward: Packed; backward: Packed } => ({
      forward: kernels.packed(cols, rows),
      backward: kernels.packed(rows, cols),
    });
    this.layers = Array.from({ length: layers }, (_, l) => ({
      recurrent: {
        ...(this.recurrence === 'matrix' ? bothWays(width, hidden) : bothWays(0, 0)),
        bias: this.parameters.layers[l].biasHh,
        vector: this.recurrence === 'vector' ? this.parameters.layers[l].weightHh : kernels.matrix(0, hidden),
      },
      inputBias: kernels.matrix(1, width),
      table: l === 0 ? kernels.matrix(symbols, width) : null,
      input: l === 0 ? null : bothWays(width, hidden),
    }));
    this.readout = bothWays(symbols, hidden);
  }

  /** Lays the weights out anew: to be called whenever they have changed, once for a whole window. */
  refresh(): void {
    const { kernels, parameters } = this;
    this.layers.forEach(({ recurrent, inputBias, table, input }, l) => {
      const { weightIh, weightHh, biasIh, biasHh } = parameters.layers[l];
      if (this.recurrence === 'matrix') {
        kernels.pack(recurrent.forward, weightHh, true);
        kernels.pack(recurrent.backward, weightHh, false);
      }
      if (biasHh.rows > 0 && this.cell.joinsBiases) kernels.add(inputBias, biasIh, biasHh);
      else kernels.copy(inputBias, biasIh);
      if (table) {
        kernels.transpose(table, weightIh);
        kernels.addToRows(table, inputBias);
      }
      if (input) {
        kernels.pack(input.forward, weightIh, true);
        kernels.pack(input.backward, weightIh, false);
      }
    });
    kernels.pack(this.readout.forward, parameters.readoutWeight, true);
    kernels.pack(this.readout.backward, parameters.readoutWeight, false);
  }
}
