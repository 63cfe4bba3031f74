/** What a lesson is measured with. */

export interface LessonOptions {
  /** H of every network. */
  readonly hidden: number;
  /** T */
  readonly window: number;
  /** Of each training. */
  readonly steps: number;
  readonly seed: number;
}

/** A text that was asked for and is too short. */
export interface TooShort {
  readonly text: string;
  readonly characters: number;
  readonly needed: number;
}
