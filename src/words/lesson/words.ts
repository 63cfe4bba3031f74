/**
 * What the lesson says, language by language: one table each, of one type, so that a sentence that is missing does not
 * compile. Sentences with figures are functions of them, and which of them stand is decided elsewhere.
 */
import type { InitName } from '../../model/init.js';
import type { CellName } from '../../model/shape.js';
import type { Change } from './changes.js';
import type { Lesson } from './lesson.js';
import type { LessonFigures, LessonProgress, SectionName } from './figures.js';
import type { Outcome, Stage } from './outcome.js';
import type { MethodNets } from './methods.js';
import type { CommonSentences, Conclusions, Sentences } from './sentences.js';
import type { TooShort } from './setup.js';
import type { Language } from '../../base/language.js';
import type { Numbers } from '../numbers.js';

export type Setup = Lesson['setup'];

export interface AxisWords {
  readonly title: string;
  readonly x: string;
  readonly y: string;
}

/** What every section says, whatever it measures. */
export interface SectionWords<Name extends SectionName> {
  readonly title: string;
  /** The claim in a sentence. */
  readonly claim: string;
  /** What is measured, and how. */
  readonly how: readonly string[];
  /** The parts of the claim. */
  readonly parts: Readonly<Record<LessonFigures[Name]['parts'][number]['name'], string>>;
  /** What the figures say. */
  readonly says: Sentences[Name];
  /** Why the verdict is what it is. */
  readonly concludes: Conclusions;
  /** What the command shows that stands below. */
  readonly tryIt: string;
}

export type SectionsWords = { readonly [Name in SectionName]: SectionWords<Name> };

/** What each section's pictures and tables say beside. */
export interface PictureWords {
  readonly stages: Readonly<Record<Stage, string>>;
  readonly sensitivity: {
    readonly byLayer: Readonly<Record<Stage, AxisWords>>;
    readonly byLag: Readonly<Record<Stage, AxisWords>>;
    readonly changes: Readonly<Record<Change, string>>;
    readonly layers: { readonly title: string; readonly head: readonly string[] };
    readonly lags: { readonly title: string; readonly head: readonly string[] };
  };
  readonly squashing: {
    readonly title: (cell: CellName, stage: Stage) => string;
    readonly curve: string;
    readonly slope: string;
    readonly units: string;
    readonly flat: string;
    readonly x: string;
    readonly head: readonly string[];
  };
  readonly regions: {
    readonly curves: Readonly<Record<1 | 100, AxisWords>>;
    readonly table: string;
    readonly head: readonly string[];
  };
  readonly depth: {
    readonly drawn: (cell: CellName) => AxisWords;
    readonly lags: Readonly<Record<Stage, AxisWords>>;
    readonly layer: (number: number) => string;
    readonly table: string;
    readonly head: readonly string[];
  };
  readonly freezing: {
    readonly curves: Readonly<Record<'alone' | 'withReadout', AxisWords>>;
    readonly level: string;
    readonly table: string;
    readonly head: readonly string[];
    readonly rows: Readonly<Record<'alone' | 'withReadout', string>>;
  };
  readonly product: {
    readonly curve: (cell: CellName, stage: Stage) => AxisWords;
    readonly parts: (cell: CellName, stage: Stage) => AxisWords;
    readonly factors: AxisWords;
    /** Above the table. */
    readonly table: string;
    readonly measured: string;
    readonly bound: string;
    readonly derivative: string;
    readonly weights: string;
    readonly together: string;
    readonly head: readonly string[];
  };
  readonly methods: {
    readonly curves: Readonly<Record<Stage, AxisWords>>;
    readonly table: string;
    readonly head: readonly string[];
    readonly beyond: (lag: number) => string;
  };
  readonly remedies: {
    readonly curves: AxisWords;
    readonly effect: { readonly title: string; readonly head: readonly string[] };
    readonly price: { readonly title: string; readonly head: readonly string[] };
    readonly diverged: (step: number) => string;
    readonly drop: (decades: string, lag: string) => string;
  };
  readonly misleading: {
    readonly curve: (cell: CellName, stage: Stage) => AxisWords;
    readonly total: string;
    readonly last: string;
  };
  readonly recall: {
    readonly accuracy: AxisWords;
    readonly start: AxisWords;
    readonly end: AxisWords;
    readonly chance: string;
    readonly table: string;
    readonly head: (distances: readonly string[]) => readonly string[];
    readonly none: string;
  };
}

export interface LessonWords {
  readonly language: Language;
  /** As in HTML's `lang`. */
  readonly locale: string;
  readonly numbers: Numbers;
  /** Where the page goes. */
  readonly file: string;
  /** Runs that the reader is shown how to make are called so, with the section's number. */
  readonly run: string;
  readonly title: string;
  readonly headline: {
    readonly sentence: (lag: number, tanh: string, left: string, other: string) => string;
    readonly tanh: Readonly<Record<'trained' | 'untrained', string>>;
    /** Goes on with the one that reaches furthest. */
    readonly other: (contender: string, left: string) => string;
  };
  readonly introduction: readonly string[];
  /** The corpus that comes with the program. */
  readonly bundled: string;
  readonly facts: (setup: Setup) => readonly (readonly [label: string, value: string])[];
  /** A text was too short: said in one line. */
  readonly insteadOf: (text: TooShort) => string;
  readonly cells: Readonly<Record<CellName, string>>;
  readonly inits: Readonly<Record<InitName, string>>;
  readonly contender: (net: Pick<MethodNets, 'cell' | 'init'>) => string;
  readonly outcomes: Readonly<Record<Outcome, string>>;
  /** Of so many cases it holds in so many. */
  readonly heldOf: (held: number, cases: number) => string;
  readonly verdict: string;
  /** Before a part that stands beside the claim. */
  readonly beside: string;
  readonly tryIt: string;
  readonly overview: string;
  readonly footer: string;
  readonly glossary: {
    readonly title: string;
    readonly summary: string;
    readonly entries: readonly (readonly [string, string])[];
  };
  readonly common: CommonSentences;
  readonly sections: (setup: Setup) => SectionsWords;
  readonly pictures: (setup: Setup) => PictureWords;
  readonly progress: {
    readonly doing: (progress: LessonProgress, number: number, of: number) => string;
    readonly left: (time: string) => string;
    readonly done: (file: string, kilobytes: number) => string;
    readonly figures: (file: string) => string;
    readonly begin: (setup: Setup) => string;
  };
}
