/** Something of every language, so that a test knows of each that there is. */
import { LANGUAGES, type Language } from '../../src/base/language.js';

export async function inEach<T>(
  of: (language: Language) => Promise<T>,
): Promise<Readonly<Record<Language, T>>> {
  const all = await Promise.all(LANGUAGES.map(async (language) => [language, await of(language)] as const));
  return Object.fromEntries(all) as Record<Language, T>;
}
