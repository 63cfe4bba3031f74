/** What a language has: the words of all commands, and those of the two features that have many of their own. */
import type { PlaygroundWords } from './en/playground.js';
import type { Words } from './en/words.js';
import type { LessonWords } from './lesson/words.js';

export interface LanguageWords {
  readonly words: () => Promise<Words>;
  readonly lesson: () => Promise<LessonWords>;
  readonly playground: () => Promise<PlaygroundWords>;
}
