/** What the Portuguese sections have in common; as it is written in Brazil. */
import { CELL_LABELS } from '../../../model/cells/index.js';
import { MARGIN_BITS } from '../../lesson/levels.js';
import type { Outcome, Part, Stages } from '../../lesson/outcome.js';
import { MOST_NAMED, partsBy, STAGES, unlearnt } from '../../lesson/facts.js';
import { numbers } from '../numbers.js';
import type { Setup, Stage, Words } from '../../lesson/words.js';

export { numbers };
const { bits, count, counted, listed, short } = numbers;

export const cells: Words['cells'] = { ...CELL_LABELS, sigmoid: 'sigmoide' };
export const inits: Words['inits'] = {
  uniform: 'uniforme',
  glorot: 'Glorot',
  orthogonal: 'ortogonal',
  normal: 'normal',
  identity: 'identidade',
};
export const contender: Words['contender'] = ({ cell, init }) =>
  init === 'identity' ? `${cells[cell]} (identidade)` : cells[cell];

export const withArticle = (cell: keyof typeof cells): string => `a ${cells[cell]}`;

export const steps = (many: number): string => counted(many, 'passo', 'passos');
export const iterations = (many: number): string => counted(many, 'iteração', 'iterações');
export const ofCases = ({ held, cases }: Pick<Part, 'held' | 'cases'>): string =>
  `${count(held)} de ${count(cases)}`;

/** `sigmoide 0,2%; tanh 13% a 90%` */
export const each = <T extends { readonly cell: keyof typeof cells }>(
  found: readonly T[],
  say: (one: T) => string,
): string => found.map((one) => `${cells[one.cell]} ${say(one)}`).join('; ');

/** `Antes do treino` e `Depois de 1.000 iterações`, each with what is said of it. */
export const byStage = (many: number, say: (stage: Stage) => string | null): string[] =>
  STAGES.flatMap((stage) => {
    const said = say(stage);
    if (said === null) return [];
    return [`${stage === 'start' ? 'Antes do treino' : `Depois de ${iterations(many)}`}, ${said}`];
  });

/** Whose training is left out of account, with the reason. */
export function leftOut<Net extends Pick<Stages<unknown>, 'hasLearnt' | 'validationLossNats'>>(
  nets: readonly Net[],
  name: (net: Net) => string,
  { levels }: Pick<Setup, 'levels'>,
): string[] {
  const found = unlearnt(nets).map((net) => {
    const loss = net.validationLossNats;
    return `${name(net)} (${loss === null ? 'NaN: divergiu' : bits(loss)})`;
  });
  if (found.length === 0) return [];
  const which =
    found.length > MOST_NAMED ? `${count(found.length)} de ${count(nets.length)} redes` : listed(found);
  return [
    `Não contam depois do treino, porque não aprenderam mais que a frequência de cada símbolo (${bits(levels.unigram)}, menos ${short(MARGIN_BITS)}): ${which}.`,
  ];
}

/** Sentences for each outcome. `partly`: what is added where a claim holds in part. */
interface Conclusions {
  readonly holds: string;
  readonly partly?: string;
  readonly fails: string;
  readonly open: string;
}

/** Why the verdict is what it is; where not all parts of the claim came out alike, which did how. */
export function conclusion<Name extends string>(
  outcome: Outcome,
  all: readonly Part<Name>[],
  labels: Readonly<Record<Name, string>>,
  say: Conclusions,
): string {
  const parts = all.filter(({ isBeside }) => !isBeside);
  if (outcome === 'open') return say.open;
  if (outcome !== 'partly' && !parts.some((part) => part.outcome === 'open')) return say[outcome];
  const by = partsBy(parts);
  const group = (of: Outcome, title: string): string[] => {
    const named = by[of].map((part) => labels[part.name] + (of === 'partly' ? ` (${ofCases(part)})` : ''));
    return named.length === 0 ? [] : [`${title}: ${named.join('; ')}.`];
  };
  return [
    ...group('holds', 'Confirma-se'),
    ...group('partly', 'Confirma-se em parte'),
    ...group('fails', 'Não se confirma'),
    ...group('open', 'Não permite conclusão'),
    ...(outcome === 'partly' && say.partly ? [say.partly] : []),
  ].join(' ');
}
