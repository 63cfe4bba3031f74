/** All that is said in English; loaded where it is wanted. */
import type { LanguageWords } from '../language.js';

export const english: LanguageWords = {
  words: async () => (await import('./words.js')).en,
  lesson: async () => (await import('./lesson/lesson.js')).lesson,
  playground: async () => (await import('./playground.js')).playground,
};
