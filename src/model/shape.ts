/** What a model is made of: four facts from which every tensor's name and shape follow. */

export const CELLS = ['tanh', 'relu', 'sigmoid', 'lstm', 'gru'] as const;
/** A cell by its name. */
export type CellName = (typeof CELLS)[number];

/** What a model is: its cell and its sizes. */
export interface ModelShape {
  readonly cell: CellName;
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

/** G, the gate blocks a cell's weights are stacked in (LSTM i f g o; GRU r z n). */
export const GATES: Readonly<Record<CellName, 1 | 3 | 4>> = {
  tanh: 1,
  relu: 1,
  sigmoid: 1,
  lstm: 4,
  gru: 3,
};

/** One tensor of the model, under the name PyTorch gives it. A bias has one row in memory, rank 1 in a file. */
export interface TensorShape {
  readonly name: string;
  readonly rows: number;
  readonly cols: number;
  readonly rank: 1 | 2;
}

/** Every tensor in PyTorch's order: rnn.weight_ih_l0 (G·H, V or H), rnn.weight_hh_l0 (G·H, H), biases (G·H), …, readout (V, H), (V). */
export function tensorShapes({ cell, layers, hidden, symbols }: ModelShape): TensorShape[] {
  const width = GATES[cell] * hidden;
  const shapes: TensorShape[] = [];
  for (let layer = 0; layer < layers; layer++) {
    shapes.push(
      { name: `rnn.weight_ih_l${layer}`, rows: width, cols: layer === 0 ? symbols : hidden, rank: 2 },
      { name: `rnn.weight_hh_l${layer}`, rows: width, cols: hidden, rank: 2 },
      { name: `rnn.bias_ih_l${layer}`, rows: 1, cols: width, rank: 1 },
      { name: `rnn.bias_hh_l${layer}`, rows: 1, cols: width, rank: 1 },
    );
  }
  shapes.push(
    { name: 'readout.weight', rows: symbols, cols: hidden, rank: 2 },
    { name: 'readout.bias', rows: 1, cols: symbols, rank: 1 },
  );
  return shapes;
}

/** How many numbers a model has in all. */
export const parameterCount = (shape: ModelShape): number =>
  tensorShapes(shape).reduce((sum, { rows, cols }) => sum + rows * cols, 0);
