/** What is measured: whole training steps of these models on windows of these sizes, V = 100. */
import { GATES, type CellName } from '../../src/model/shape.js';

export interface Case {
  readonly cell: CellName;
  readonly layers: number;
  readonly hidden: number;
  /** N */
  readonly rows: number;
  /** T */
  readonly timesteps: number;
}

export const SYMBOLS = 100;
export const SEED = 1;
export const LEARNING_RATE = 0.002;
export const CLIP = 5;

const CELLS = ['lstm', 'gru', 'tanh'] as const;
/** layers, H, N, T */
const SIZES = [
  [1, 64, 16, 50],
  [1, 128, 32, 64],
  [1, 256, 32, 100],
  [1, 512, 64, 100],
  [2, 128, 32, 64],
  [2, 256, 32, 100],
] as const;

const all = (cell: CellName): Case[] =>
  SIZES.map(([layers, hidden, rows, timesteps]) => ({ cell, layers, hidden, rows, timesteps }));

/** The table's rows; the last one for what a second thread gains where rows are many. */
export const CASES: readonly Case[] = [
  ...CELLS.flatMap(all),
  { cell: 'lstm', layers: 1, hidden: 128, rows: 64, timesteps: 64 },
];

export const nameOf = ({ cell, layers, hidden, rows, timesteps }: Case): string =>
  `${cell} ${layers}×${hidden}, ${rows}×${timesteps}`;

/**
 * Operations of the products for one character, a multiplication and an addition counted as two: forward, back to the
 * states, and to the weights, of W_hh, of W_ih above the first layer (whose inputs are looked up), and of the readout.
 */
export function operationsPerCharacter({ cell, layers, hidden }: Case): number {
  const perMatrix = GATES[cell] * hidden * hidden;
  return 3 * 2 * (perMatrix * (2 * layers - 1) + hidden * SYMBOLS);
}
