/**
 * What the lesson says, language by language: one table each, of one type, so that a sentence that is missing does not
 * compile. Sentences with figures are functions of them.
 */
import type { CellName } from '../../../model/shape.js';
import type { Contender, MethodsFigures } from '../../../study/lesson/methods.js';
import type { Lesson, LessonFigures, LessonProgress, SectionName } from '../../../study/lesson/lesson.js';
import type { Outcome } from '../../../study/lesson/outcome.js';
import type { LessonOptions } from '../../../study/lesson/setup.js';
import type { Language, Numbers } from './language.js';

export type Stage = 'start' | 'end';

export interface AxisWords {
  readonly title: string;
  readonly x: string;
  readonly y: string;
}

/** What every section says, whatever it measures. */
export interface SectionWords<Figures> {
  readonly title: string;
  /** The claim in a sentence. */
  readonly claim: string;
  /** What is measured, and how. */
  readonly how: readonly string[];
  /** What the figures say, in sentences; the last one says why the verdict is what it is. */
  readonly found: (figures: Figures) => readonly string[];
  /** What the command shows that stands below. */
  readonly tryIt: string;
}

/** What each section's pictures and tables say beside. */
export interface PictureWords {
  readonly sensitivity: {
    readonly byLayer: Readonly<Record<Stage, AxisWords>>;
    readonly byLag: Readonly<Record<Stage, AxisWords>>;
  };
  readonly squashing: {
    readonly title: (cell: CellName) => string;
    readonly curve: string;
    readonly slope: string;
    readonly units: string;
    readonly flat: string;
    readonly x: string;
    readonly head: readonly string[];
  };
  readonly depth: {
    readonly first: Readonly<Record<Stage, AxisWords>>;
    readonly lags: Readonly<Record<Stage, AxisWords>>;
    readonly layer: (number: number) => string;
    readonly head: readonly string[];
  };
  readonly product: {
    readonly curve: (cell: CellName) => AxisWords;
    readonly parts: (cell: CellName) => AxisWords;
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
    readonly costs: string;
    readonly head: readonly string[];
    readonly beyond: (lag: number) => string;
    readonly diverged: (step: number) => string;
    readonly notTried: string;
  };
  readonly misleading: {
    readonly curve: (cell: CellName) => AxisWords;
    readonly total: string;
    readonly last: string;
  };
}

export interface Words {
  readonly language: Language;
  /** As in HTML's `lang`. */
  readonly locale: string;
  readonly numbers: Numbers;
  /** Where the page goes. */
  readonly file: string;
  /** Runs that the reader is shown how to make are called so, with the section's number. */
  readonly run: string;
  readonly title: string;
  readonly headline: (figures: MethodsFigures, lag: number) => string;
  readonly introduction: readonly string[];
  /** The corpus that comes with the program. */
  readonly bundled: string;
  readonly facts: (setup: Lesson['setup']) => readonly (readonly [label: string, value: string])[];
  readonly cells: Readonly<Record<CellName, string>>;
  readonly contender: (net: Pick<Contender, 'cell' | 'init'>) => string;
  readonly outcomes: Readonly<Record<Outcome, string>>;
  readonly verdict: string;
  readonly tryIt: string;
  readonly overview: string;
  readonly footer: string;
  readonly glossary: {
    readonly title: string;
    readonly summary: string;
    readonly entries: readonly (readonly [string, string])[];
  };
  readonly sections: (options: LessonOptions) => {
    readonly [Name in SectionName]: SectionWords<LessonFigures[Name]>;
  };
  readonly pictures: (options: LessonOptions) => PictureWords;
  readonly progress: {
    readonly doing: (progress: LessonProgress, number: number, of: number) => string;
    readonly left: (time: string) => string;
    readonly done: (file: string, kilobytes: number) => string;
    readonly figures: (file: string) => string;
    readonly begin: (setup: Lesson['setup']) => string;
  };
}
