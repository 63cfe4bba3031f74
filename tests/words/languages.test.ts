/** Each language says of itself which it is, wherever it is asked: a copied folder that still names the one it came from is found. */
import { expect, test } from 'vitest';
import { isOf, LANGUAGES } from '../../src/base/language.js';
import { CHARTS, ERRORS, PLAYGROUND, RERUN } from '../../src/words/bundled.js';
import { lessonWordsIn, playgroundWordsIn, wordsIn } from '../../src/words/words.js';

test.each(LANGUAGES)('%s', async (language) => {
  const words = await wordsIn(language);
  const lesson = await lessonWordsIn(language);
  const playground = await playgroundWordsIn(language);
  expect(words).toMatchObject({ language, locale: expect.any(String) as string });
  expect(isOf(language, words.locale)).toBe(true);
  expect(lesson).toMatchObject({ language, locale: words.locale });
  expect(playground.locale).toBe(words.locale);
  expect(new Intl.NumberFormat(words.locale).resolvedOptions().locale).toBe(words.locale);
  // Its figures are of the same locale, on pages too.
  const figure = new Intl.NumberFormat(words.locale, { minimumFractionDigits: 3 }).format(12_345.5);
  for (const { numbers } of [words, lesson, playground, CHARTS[language]])
    expect(numbers.fixed(12_345.5, 3)).toBe(figure);
  expect(PLAYGROUND[language]).toBe(playground);
  expect(ERRORS[language].errors).toBe(words.errors);
  expect(RERUN[language].start).toMatch(/\S/);
});

test('no two languages have the name of the other, nor its words', async () => {
  const all = await Promise.all(LANGUAGES.map(playgroundWordsIn));
  for (const key of ['language', 'headline', 'withoutScript'] as const)
    expect(new Set(all.map((words) => words[key])).size).toBe(LANGUAGES.length);
});
