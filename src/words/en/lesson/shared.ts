/** What the English sections have in common. */
import { CELL_LABELS } from '../../../model/cells/index.js';
import { numbers } from '../numbers.js';
import type { LessonWords } from '../../lesson/words.js';

export { numbers };
const { count, counted } = numbers;

export const cells: LessonWords['cells'] = CELL_LABELS;
export const inits: LessonWords['inits'] = {
  uniform: 'uniform',
  glorot: 'Glorot',
  orthogonal: 'orthogonal',
  normal: 'normal',
  identity: 'identity',
};
export const contender: LessonWords['contender'] = ({ cell, init }) =>
  init === 'identity' ? `${cells[cell]} (identity)` : cells[cell];

export const stepsBack = (lag: number): string => counted(lag, 'timestep', 'timesteps');
export const updates = (steps: number): string => counted(steps, 'update', 'updates');

export const common: LessonWords['common'] = {
  beforeTraining: 'Before training',
  after: (many) => `After ${updates(many)}`,
  diverged: 'NaN: it diverged',
  networks: (found, all) => `${count(found)} of ${count(all)} networks`,
  notCounted: (which, level, margin) =>
    `Not counted after training, having learnt no more than the frequency of each symbol (${level}, less ${margin}): ${which}.`,
  groups: {
    holds: 'Holds',
    partly: 'Holds in part',
    fails: 'Does not hold',
    open: 'Inconclusive',
  },
};
