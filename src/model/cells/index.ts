/** The cells by name. */
import type { CellName } from '../shape.js';
import type { Cell } from './cell.js';
import { gru } from './gru.js';
import { lstm } from './lstm.js';
import { vanilla } from './vanilla.js';

export const cells: Readonly<Record<CellName, Cell>> = {
  tanh: vanilla('tanh'),
  relu: vanilla('relu'),
  sigmoid: vanilla('sigmoid'),
  lstm,
  gru,
};
