/** What a lesson's page and the worker that measures again say to each other. */
import type { SectionName } from '../../words/lesson/figures.js';
import type { LessonOptions } from '../../words/lesson/setup.js';

export interface Again {
  readonly section: SectionName;
  readonly options: LessonOptions;
}

export type FromAgain =
  /** Share of what there is to do, from 0 to 1. */
  { readonly done: number } | { readonly figures: unknown } | { readonly refused: string };
