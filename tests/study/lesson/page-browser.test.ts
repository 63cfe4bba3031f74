/** The lesson's page in a real browser, where there is one: silent, alone, every chart drawn, on every kind of screen. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { LANGUAGES, type Language } from '../../../src/base/language.js';
import { lessonWordsIn } from '../../../src/words/words.js';
import { lessonPage } from '../../../src/study/lesson/page.js';
import type { Lesson } from '../../../src/words/lesson/lesson.js';
import { SECTIONS } from '../../../src/words/lesson/figures.js';
import { BROWSER_MS, isThere, SCREENS, useBrowser, type Context, type Opened } from '../../ui/browser.js';
import { inEach } from '../../words/in-each.js';
import { exampleLesson, withLearning, withoutEnds } from './example.js';

const WORDS = await inEach(lessonWordsIn);

const TABLES = 11;
const EVIL = '</script><script>document.title="broken"</script>';

describe.skipIf(!isThere)('the lesson in Chromium', () => {
  const openHtml = useBrowser();
  let lesson: Lesson;
  beforeAll(() => {
    lesson = withLearning(exampleLesson());
  }, BROWSER_MS);
  const open = (shown: Lesson, language: Language, context?: Context): Promise<Opened> =>
    openHtml(lessonPage(shown, WORDS[language], { paths: [], reading: [] }), context);

  const curvesIn = (page: Page, section: string): Promise<number[]> =>
    page
      .locator(`#${section} figure svg[role="img"]`)
      .evaluateAll((charts) =>
        charts.map((chart) => chart.querySelectorAll('g[data-mark="line"] path').length),
      );

  test.each(LANGUAGES)(
    'is silent, asks for nothing, and every chart has its curves: %s',
    async (language) => {
      const { page, trouble } = await open(lesson, language);
      expect(await page.locator('html').getAttribute('lang')).toBe(WORDS[language].locale);
      expect(await page.title()).toBe(WORDS[language].title);
      // Before and after: three networks by layer and by timestep, each with the smallest and the largest change.
      expect(await curvesIn(page, 'sensitivity')).toEqual([6, 6, 6, 6]);
      expect(await curvesIn(page, 'squashing')).toEqual([2, 2]);
      expect(await curvesIn(page, 'regions')).toEqual([6, 6]);
      // Each initialisation, of each activation; the layers of one network, before and after.
      expect(await curvesIn(page, 'depth')).toEqual([4, 4, 4, 4, 4]);
      expect(await curvesIn(page, 'freezing')).toEqual([3, 3]);
      // The bound and the curve; the derivative, W_hh and both together; each step's factor.
      expect(await curvesIn(page, 'product')).toEqual([2, 3, 2, 3, 2]);
      expect(await curvesIn(page, 'methods')).toEqual([6, 6]);
      expect(await curvesIn(page, 'remedies')).toEqual([5]);
      expect(await curvesIn(page, 'misleading')).toEqual([2, 2]);
      expect(await curvesIn(page, 'recall')).toEqual([6, 6, 6]);
      // The histogram: a bar for each bin, and the flat part on either side.
      const bars = page
        .locator('#squashing figure svg[role="img"]')
        .first()
        .locator('g[data-mark="rect"] rect');
      expect(await bars.count()).toBe(48 + 2);
      // Each curve has a point for every timestep.
      const points = await page
        .locator('#misleading figure svg g[data-mark="line"] path')
        .evaluateAll((paths) => paths.map((path) => path.getAttribute('d')?.split('L').length));
      expect(points).toEqual([16, 16, 16, 16]);
      for (const name of SECTIONS) {
        expect(await page.locator(`#${name} .verdict .badge`).count(), name).toBe(1);
        expect((await page.locator(`#${name} pre code`).textContent())?.startsWith('npx dissipa ')).toBe(
          true,
        );
      }
      expect(await page.locator('table').count()).toBe(TABLES);
      // Every part of every claim has its own verdict.
      expect(await page.locator('.parts li').count()).toBe(
        SECTIONS.reduce((sum, name) => sum + lesson.sections[name].parts.length, 0),
      );
      const embedded = await page.locator('#lesson').textContent();
      expect(JSON.parse(embedded ?? '')).toEqual(JSON.parse(JSON.stringify(lesson)));
      expect(trouble).toEqual([]);
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'after trainings that came to nothing there are the pictures of the start',
    async () => {
      const { page, trouble } = await open(withoutEnds(lesson), 'en');
      expect(await curvesIn(page, 'sensitivity')).toEqual([6, 6]);
      expect(await curvesIn(page, 'depth')).toEqual([4, 4, 4, 4]);
      expect(await curvesIn(page, 'methods')).toEqual([6]);
      expect(await curvesIn(page, 'remedies')).toEqual([]);
      // What was learnt is not there; the letter's gradient before training is.
      expect(await curvesIn(page, 'recall')).toEqual([0, 6]);
      expect(trouble).toEqual([]);
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'a text with a hostile name runs no script',
    async () => {
      const named = { ...lesson, setup: { ...lesson.setup, text: EVIL } };
      const { page, trouble } = await open(named, 'en');
      expect(await page.title()).toBe(WORDS.en.title);
      expect(await page.locator('.facts').textContent()).toContain(EVIL);
      expect(trouble).toEqual([]);
      await page.close();
    },
    BROWSER_MS,
  );

  test.each(SCREENS)(
    'nothing sticks out of $name',
    async ({ context }) => {
      const { page } = await open(lesson, 'pt', context);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(over).toBeLessThanOrEqual(0);
      const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      expect(paper === 'rgb(255, 255, 255)').toBe(context.colorScheme !== 'dark');
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'on paper no table is cut off, and the words are there',
    async () => {
      const { page } = await open(lesson, 'pt', { viewport: { width: 690, height: 980 } });
      await page.emulateMedia({ media: 'print' });
      const over = await page
        .locator('.table table')
        .evaluateAll((tables) =>
          tables.map(
            (table) =>
              table.getBoundingClientRect().right -
              (table.closest('figure, section')?.getBoundingClientRect().right ?? NaN),
          ),
        );
      expect(over).toHaveLength(TABLES);
      for (const pixels of over) expect(pixels).toBeLessThanOrEqual(0);
      expect(await page.locator('dl dt').first().isVisible()).toBe(true);
      await page.close();
    },
    BROWSER_MS,
  );
});
