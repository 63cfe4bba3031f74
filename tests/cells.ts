/** The cells by what takes the state before into the timestep: suites about W_hh have something to say of these alone. */
import { recurrenceOf } from '../src/model/cells/cell.js';
import { cellOf } from '../src/model/cells/index.js';
import { CELLS } from '../src/model/shape.js';

export const WITH_MATRIX = CELLS.filter((cell) => recurrenceOf(cellOf(cell)) === 'matrix');
