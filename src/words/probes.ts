/** What each language says of a probe: what its schedule is of, and of one that can be seen its heading, findings and labels. */
import type { ProbeName, TRAINING_PROBES } from '../probe/training.js';
import type { View } from '../probe/view.js';

export type Labels<Key extends string> = Readonly<Record<Key, string>>;

/** The words of what a probe shows. */
export interface ViewWords<Finding = unknown, Key extends string = string, About = unknown> {
  readonly heading: string;
  /** Where it depends on what is found. */
  readonly headingOf?: (about: About) => string;
  /** What is drawn, under the heading. */
  readonly explains: (about: About) => string;
  readonly finding: (finding: Finding) => string;
  /** What stands on its charts and at its table. */
  readonly labels: Labels<Key> | ((about: About) => Labels<Key>);
}

type ViewOf<Name extends ProbeName> = (typeof TRAINING_PROBES)[Name] extends {
  view(...given: never): infer Shown;
}
  ? NonNullable<Shown>
  : never;

type WordsFor<Shown> = [Shown] extends [never]
  ? unknown
  : Shown extends View<infer Finding, infer Key, infer About>
    ? { readonly view: ViewWords<Finding, Key, About> }
    : never;

/** By probe, complete. */
export type ProbeWords = {
  readonly [Name in ProbeName]: {
    /** What is logged every so many steps: `steps between logs of …`. */
    readonly option: string;
  } & WordsFor<ViewOf<Name>>;
};
