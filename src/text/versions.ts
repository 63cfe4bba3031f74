/**
 * The versions of reading: what becomes of the same bytes has changed, and a run goes on with the reading it was begun
 * with. Each rule says what a version does; whoever reads takes from here what concerns it.
 */

export const READING_VERSION = 3;
export type ReadingVersion = 1 | 2 | 3;

export interface ReadingRules {
  /**
   * All of it is done as in first-reading/: Windows-1252 for whatever is not UTF-8; control characters taken out, form
   * feeds among them; between two markers of Project Gutenberg's all is kept, outside them nothing.
   */
  readonly isFirst: boolean;
  /** Words of another encoding and UTF-16 in other text are looked for; before, what followed was read on as it began. */
  readonly findsSecondEncodings: boolean;
  /** Bold and underlined of printers is read as what is seen. */
  readonly resolvesOverstrikes: boolean;
  /** Whatever looks like the last line of a book is cut, wherever it stands. */
  readonly cutsAnyLastLine: boolean;
}

const SECOND: ReadingRules = {
  isFirst: false,
  findsSecondEncodings: false,
  resolvesOverstrikes: false,
  cutsAnyLastLine: true,
};

const RULES: Readonly<Record<ReadingVersion, ReadingRules>> = {
  // Runs that say nothing of it were begun with this one.
  1: { ...SECOND, isFirst: true },
  2: SECOND,
  3: { isFirst: false, findsSecondEncodings: true, resolvesOverstrikes: true, cutsAnyLastLine: false },
};

export const isVersion = (version: number): version is ReadingVersion => version in RULES;

/** @param version [the newest] */
export const rulesOf = (version: ReadingVersion = READING_VERSION): ReadingRules => RULES[version];
