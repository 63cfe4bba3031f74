/** What a model is made of: four facts from which every tensor's name and shape follow. */

import type { CellTensor } from './cells/cell.js';
import { CELLS, cellOf, type CellName } from './cells/index.js';

export { CELLS, type CellName };

/** G of the cells by name: the blocks their weights are stacked in (LSTM i f g o; GRU r z n; minGRU z h̃). */
export const GATES = Object.fromEntries(CELLS.map((name) => [name, cellOf(name).blocks])) as Readonly<
  Record<CellName, number>
>;

/** Any other name: written so that completion still knows those of this project. */
export type AddedCell = string & Record<never, never>;

/** What a model is: its cell and its sizes. */
export interface ModelShape {
  /** One of this project's, or one that was added (cells/index.ts). */
  readonly cell: CellName | AddedCell;
  /** L */
  readonly layers: number;
  /** H */
  readonly hidden: number;
  /** V */
  readonly symbols: number;
  /**
   * Of a model of records: the symbol that ends each, and that is read first of the next; with it the model begins anew, with
   * states of zero.
   */
  readonly end?: number | undefined;
}

/** One tensor of the model, under the name PyTorch gives it. A bias has one row in memory, rank 1 in a file. */
export interface TensorShape {
  readonly name: string;
  readonly rows: number;
  readonly cols: number;
  readonly rank: 1 | 2;
}

const layerTensor = (
  { name, blocks, by }: CellTensor,
  layer: number,
  { hidden, symbols }: ModelShape,
): TensorShape => {
  const width = blocks * hidden;
  const inputs = layer === 0 ? symbols : hidden;
  const sizes =
    by === null ? { rows: 1, cols: width } : { rows: width, cols: by === 'inputs' ? inputs : hidden };
  return { name: `rnn.${name}_l${layer}`, ...sizes, rank: by === null ? 1 : 2 };
};

/**
 * Every tensor in PyTorch's order: by layer those of the cell (rnn.weight_ih_l0 (G·H, V or H), rnn.weight_hh_l0 (G·H, H), biases
 * (G·H)), then readout (V, H), (V).
 */
export function tensorShapes(shape: ModelShape): TensorShape[] {
  const { hidden, symbols } = shape;
  const { tensors } = cellOf(shape.cell);
  const shapes = Array.from({ length: shape.layers }, (_, layer) =>
    tensors.map((tensor) => layerTensor(tensor, layer, shape)),
  ).flat();
  shapes.push(
    { name: 'readout.weight', rows: symbols, cols: hidden, rank: 2 },
    { name: 'readout.bias', rows: 1, cols: symbols, rank: 1 },
  );
  return shapes;
}

/** How many numbers a model has in all. */
export const parameterCount = (shape: ModelShape): number =>
  tensorShapes(shape).reduce((sum, { rows, cols }) => sum + rows * cols, 0);
