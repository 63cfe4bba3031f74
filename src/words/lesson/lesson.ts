/** A whole lesson: its figures, which its sentences are made of. */
import type { LessonFigures } from './figures.js';
import type { LessonOptions, TooShort } from './setup.js';
import type { Levels } from './levels.js';

/** What was measured, and on what: the shape of `lesson --json`. */
export interface Lesson {
  readonly setup: LessonOptions & {
    readonly batch: number;
    /** Its name; null for the corpus that comes with the program. */
    readonly text: string | null;
    /** The text that was asked for, where it was too short; else null. */
    readonly insteadOf: TooShort | null;
    readonly characters: number;
    readonly symbols: number;
    /** What a network has to do better than on the held-out text, nats. */
    readonly levels: Levels;
    /** The window measured on. */
    readonly rows: number;
    readonly engine: string;
  };
  readonly sections: LessonFigures;
}
