/** Which sentences of a lesson stand where: the conditions are the same in every language, the phrases its own. */
import type { CellName } from '../../model/shape.js';
import type { Numbers } from '../numbers.js';
import { MOST_NAMED, partsBy, STAGES, unlearnt } from './facts.js';
import { MARGIN_BITS } from './levels.js';
import type { Outcome, Part, Stages } from './outcome.js';
import type { Setup, Stage, Words } from './words.js';

export interface Phrases {
  readonly numbers: Numbers;
  readonly cells: Words['cells'];
  readonly beforeTraining: string;
  readonly after: (updates: number) => string;
  readonly of: (held: number, all: number) => string;
  readonly diverged: string;
  /** So many of all networks. */
  readonly networks: (found: number, all: number) => string;
  /** Why they are left out. @param level of counting symbols alone @param margin that it has to be better by */
  readonly notCounted: (which: string, level: string, margin: string) => string;
  readonly groups: Readonly<Record<Outcome, string>>;
}

/** Sentences for each outcome. `partly`: what is added where a claim holds in part. */
export interface Conclusions {
  readonly holds: string;
  readonly partly?: string;
  readonly fails: string;
  readonly open: string;
}

const GROUPS: readonly Outcome[] = ['holds', 'partly', 'fails', 'open'];

export function sentencesWith(phrases: Phrases) {
  const { numbers, cells } = phrases;
  const ofCases = ({ held, cases: all }: Pick<Part, 'held' | 'cases'>): string => phrases.of(held, all);
  return {
    ofCases,

    /** `sigmoid 0.2%; tanh 13% to 90%` */
    each: <T extends { readonly cell: CellName }>(found: readonly T[], say: (one: T) => string): string =>
      found.map((one) => `${cells[one.cell]} ${say(one)}`).join('; '),

    /** `Before training` and `After 1,000 updates`, each with what is said of it. */
    byStage: (updates: number, say: (stage: Stage) => string | null): string[] =>
      STAGES.flatMap((stage) => {
        const said = say(stage);
        if (said === null) return [];
        return [`${stage === 'start' ? phrases.beforeTraining : phrases.after(updates)}, ${said}`];
      }),

    /** Whose training is left out of account, with the reason. */
    leftOut: <Net extends Pick<Stages<unknown>, 'hasLearnt' | 'validationLossNats'>>(
      nets: readonly Net[],
      name: (net: Net) => string,
      { levels }: Pick<Setup, 'levels'>,
    ): string[] => {
      const found = unlearnt(nets).map((net) => {
        const loss = net.validationLossNats;
        return `${name(net)} (${loss === null ? phrases.diverged : numbers.bits(loss)})`;
      });
      if (found.length === 0) return [];
      const which =
        found.length > MOST_NAMED ? phrases.networks(found.length, nets.length) : numbers.listed(found);
      return [phrases.notCounted(which, numbers.bits(levels.unigram), numbers.short(MARGIN_BITS))];
    },

    /** Why the verdict is what it is; where not all parts of the claim came out alike, which did how. */
    conclusion: <Name extends string>(
      outcome: Outcome,
      all: readonly Part<Name>[],
      labels: Readonly<Record<Name, string>>,
      say: Conclusions,
    ): string => {
      const parts = all.filter(({ isBeside }) => !isBeside);
      if (outcome === 'open') return say.open;
      if (outcome !== 'partly' && !parts.some((part) => part.outcome === 'open')) return say[outcome];
      const by = partsBy(parts);
      const groups = GROUPS.flatMap((of) => {
        const named = by[of].map(
          (part) => labels[part.name] + (of === 'partly' ? ` (${ofCases(part)})` : ''),
        );
        return named.length === 0 ? [] : [`${phrases.groups[of]}: ${named.join('; ')}.`];
      });
      return [...groups, ...(outcome === 'partly' && say.partly ? [say.partly] : [])].join(' ');
    },
  };
}
