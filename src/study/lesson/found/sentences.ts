/** What the sentences of all sections have in common: stages, lists by cell, what is left out, and why the verdict is what it is. */
import type { CellName } from '../../../model/shape.js';
import type { LessonFigures, SectionName } from '../../../words/lesson/figures.js';
import type { Lesson } from '../../../words/lesson/lesson.js';
import { MARGIN_BITS } from '../../../words/lesson/levels.js';
import { OUTCOMES, type Stages, type ClaimVerdict, type Stage } from '../../../words/lesson/outcome.js';
import type { Conclusions } from '../../../words/lesson/sentences.js';
import type { SectionWords, LessonWords } from '../../../words/lesson/words.js';
import { at, STAGES } from '../facts.js';

/** So many networks are named one by one. */
const MOST_NAMED = 6;

/** What a section's figures say; the last sentence is why the verdict is what it is. */
export type Finders<Names extends SectionName = SectionName> = {
  readonly [Name in Names]: (
    figures: LessonFigures[Name],
    section: SectionWords<Name>,
    words: LessonWords,
    setup: Lesson['setup'],
  ) => string[];
};

/** @param setup of the lesson that is told */
export function sentencesIn(words: LessonWords, { steps, levels }: Lesson['setup']) {
  const { numbers, cells, common } = words;

  /** `Before training` and `After 1,000 updates`, each with what is said of what there is then, if there is anything. */
  const byStage = <T>(
    foundAt: (stage: Stage) => readonly T[],
    say: (found: readonly T[]) => string,
  ): string[] =>
    STAGES.flatMap((stage) => {
      const found = foundAt(stage);
      if (found.length === 0) return [];
      return [`${stage === 'start' ? common.beforeTraining : common.after(steps)}, ${say(found)}`];
    });

  return {
    /** `sigmoid 0.2%; tanh 13% to 90%` */
    each: <T extends { readonly cell: CellName }>(found: readonly T[], say: (one: T) => string): string =>
      found.map((one) => `${cells[one.cell]} ${say(one)}`).join('; '),

    byStage,

    /** The same of networks, each with what was found of it at that stage. */
    ofNets: <Net extends Stages<unknown>>(
      nets: readonly Net[],
      say: (nets: readonly (Net & { readonly found: Net['start'] })[]) => string,
    ): string[] => byStage((stage) => at(nets, stage), say),

    /** Whose training taught nothing, so that nothing is concluded from what it left. */
    leftOut: <Net extends Pick<Stages<unknown>, 'hasLearnt' | 'validationLossNats'>>(
      nets: readonly Net[],
      name: (net: Net) => string,
    ): string[] => {
      const found = nets.filter(({ hasLearnt }) => !hasLearnt);
      if (found.length === 0) return [];
      const named = found.map((net) => {
        const loss = net.validationLossNats;
        return `${name(net)} (${loss === null ? common.diverged : numbers.bits(loss)})`;
      });
      const which =
        found.length > MOST_NAMED ? common.networks(found.length, nets.length) : numbers.listed(named);
      return [common.notCounted(which, numbers.bits(levels.unigram), numbers.short(MARGIN_BITS))];
    },

    /** Why the verdict is what it is; where not all parts of the claim came out alike, which did how. */
    conclusion: <Name extends string>(
      { outcome, parts: all }: ClaimVerdict<Name>,
      section: { readonly parts: Readonly<Record<Name, string>>; readonly concludes: Conclusions },
    ): string => {
      const { parts: labels, concludes } = section;
      const parts = all.filter(({ isBeside }) => !isBeside);
      if (outcome === 'open') return concludes.open;
      if (outcome !== 'partly' && !parts.some((part) => part.outcome === 'open')) return concludes[outcome];
      const groups = OUTCOMES.flatMap((of) => {
        const named = parts
          .filter((part) => part.outcome === of)
          .map(
            (part) =>
              labels[part.name] + (of === 'partly' ? ` (${words.heldOf(part.held, part.cases)})` : ''),
          );
        return named.length === 0 ? [] : [`${common.groups[of]}: ${named.join('; ')}.`];
      });
      return [...groups, ...(outcome === 'partly' && concludes.partly ? [concludes.partly] : [])].join(' ');
    },
  };
}
