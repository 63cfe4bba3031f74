/** What the Portuguese sections have in common; as it is written in Brazil. */
import { CELL_LABELS } from '../../../model/cells/index.js';
import { numbers } from '../numbers.js';
import type { LessonWords } from '../../lesson/words.js';

export { numbers };
const { count, counted } = numbers;

export const cells: LessonWords['cells'] = { ...CELL_LABELS, sigmoid: 'sigmoide' };
export const inits: LessonWords['inits'] = {
  uniform: 'uniforme',
  glorot: 'Glorot',
  orthogonal: 'ortogonal',
  normal: 'normal',
  identity: 'identidade',
};
export const contender: LessonWords['contender'] = ({ cell, init }) =>
  init === 'identity' ? `${cells[cell]} (identidade)` : cells[cell];

export const withArticle = (cell: keyof typeof cells): string => `a ${cells[cell]}`;

export const steps = (many: number): string => counted(many, 'passo', 'passos');
export const iterations = (many: number): string => counted(many, 'iteração', 'iterações');

export const common: LessonWords['common'] = {
  beforeTraining: 'Antes do treino',
  after: (many) => `Depois de ${iterations(many)}`,
  diverged: 'NaN: divergiu',
  networks: (found, all) => `${count(found)} de ${count(all)} redes`,
  notCounted: (which, level, margin) =>
    `Não contam depois do treino, porque não aprenderam mais que a frequência de cada símbolo (${level}, menos ${margin}): ${which}.`,
  groups: {
    holds: 'Confirma-se',
    partly: 'Confirma-se em parte',
    fails: 'Não se confirma',
    open: 'Não permite conclusão',
  },
};
