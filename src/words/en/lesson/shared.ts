/** What the English sections have in common. */
import { CELL_LABELS } from '../../../model/cells/index.js';
import { MARGIN_BITS } from '../../lesson/levels.js';
import type { Outcome, Part, Stages } from '../../lesson/outcome.js';
import { MOST_NAMED, partsBy, STAGES, unlearnt } from '../../lesson/facts.js';
import { numbers } from '../numbers.js';
import type { Setup, Stage, Words } from '../../lesson/words.js';

export { numbers };
const { bits, count, counted, listed, short } = numbers;

export const cells: Words['cells'] = CELL_LABELS;
export const inits: Words['inits'] = {
  uniform: 'uniform',
  glorot: 'Glorot',
  orthogonal: 'orthogonal',
  normal: 'normal',
  identity: 'identity',
};
export const contender: Words['contender'] = ({ cell, init }) =>
  init === 'identity' ? `${cells[cell]} (identity)` : cells[cell];

export const stepsBack = (lag: number): string => counted(lag, 'timestep', 'timesteps');
export const updates = (steps: number): string => counted(steps, 'update', 'updates');
export const ofCases = ({ held, cases }: Pick<Part, 'held' | 'cases'>): string =>
  `${count(held)} of ${count(cases)}`;

/** `sigmoid 0.2%; tanh 13% to 90%` */
export const each = <T extends { readonly cell: keyof typeof cells }>(
  found: readonly T[],
  say: (one: T) => string,
): string => found.map((one) => `${cells[one.cell]} ${say(one)}`).join('; ');

/** `Before training` and `After 1,000 updates`, each with what is said of it. */
export const byStage = (steps: number, say: (stage: Stage) => string | null): string[] =>
  STAGES.flatMap((stage) => {
    const said = say(stage);
    if (said === null) return [];
    return [`${stage === 'start' ? 'Before training' : `After ${updates(steps)}`}, ${said}`];
  });

/** Whose training is left out of account, with the reason. */
export function leftOut<Net extends Pick<Stages<unknown>, 'hasLearnt' | 'validationLossNats'>>(
  nets: readonly Net[],
  name: (net: Net) => string,
  { levels }: Pick<Setup, 'levels'>,
): string[] {
  const found = unlearnt(nets).map((net) => {
    const loss = net.validationLossNats;
    return `${name(net)} (${loss === null ? 'NaN: it diverged' : bits(loss)})`;
  });
  if (found.length === 0) return [];
  const which =
    found.length > MOST_NAMED ? `${count(found.length)} of ${count(nets.length)} networks` : listed(found);
  return [
    `Not counted after training, for it has learnt no more than how often each symbol comes (${bits(levels.unigram)}, less ${short(MARGIN_BITS)}): ${which}.`,
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
    ...group('holds', 'Holds'),
    ...group('partly', 'Holds in part'),
    ...group('fails', 'Does not hold'),
    ...group('open', 'Nothing to conclude from'),
    ...(outcome === 'partly' && say.partly ? [say.partly] : []),
  ].join(' ');
}
