/** All that is said in Portuguese; loaded where it is wanted. */
import type { LanguageWords } from '../language.js';

export const portuguese: LanguageWords = {
  words: async () => (await import('./words.js')).pt,
  lesson: async () => (await import('./lesson/lesson.js')).lesson,
  playground: async () => (await import('./playground.js')).playground,
};
