/** A comparison's page in a real browser, where there is one: silent, alone, complete, within its screen. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { comparisonPage } from '../../../src/study/compare/page.js';
import type { Comparison } from '../../../src/study/compare/comparison.js';
import { en } from '../../../src/words/en/words.js';
import { isThere, SCREENS, useBrowser, type Context, type Opened } from '../../ui/browser.js';
import { CONTENDER_NAMES } from '../../../src/study/compare/contenders.js';
import { comparisonOf, everyone } from './example.js';

const all = CONTENDER_NAMES.length;
const EVIL = '</script><script>document.title="broken"</script><p class="sample">';

describe.skipIf(!isThere)('the page of a comparison in Chromium', () => {
  const openHtml = useBrowser();
  const open = (comparison: Comparison, context?: Context): Promise<Opened> =>
    openHtml(comparisonPage(comparison, en), context);

  const curvesIn = (page: Page, figure: string): Promise<number> =>
    page
      .locator('figure', { has: page.getByRole('heading', { name: figure, exact: true }) })
      .locator('svg g[data-mark="line"] path')
      .count();

  test('is silent, asks for nothing, and every chart and table has its data', async () => {
    const { page, trouble } = await open(everyone());
    for (const figure of ['By characters trained on', 'By seconds of training'])
      expect(await curvesIn(page, figure), figure).toBe(all);
    for (const figure of ['At the start', 'After training'])
      expect(await curvesIn(page, figure), figure).toBe(all - 1);
    expect(await page.locator('.sample').count()).toBe(all);
    const rows = await page
      .locator('table')
      .evaluateAll((tables) => tables.map((table) => table.querySelectorAll('tbody tr').length));
    expect(rows).toEqual([all, all - 1, all, all, 2]);
    expect(await page.locator('td', { hasText: 'wrong (0.98)' }).count()).toBe(1);
    expect(await page.locator('.headline').textContent()).toContain('tanh predicts best');
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('does without what is not there', async () => {
    const { page, trouble } = await open(
      comparisonOf([{ contender: 'relu', bits: null }, { contender: 'ngram' }]),
    );
    expect(await curvesIn(page, 'At the start')).toBe(1);
    expect(await curvesIn(page, 'After training')).toBe(0);
    expect(await page.locator('section', { hasText: 'What the "LSTM" of brain.js is' }).count()).toBe(0);
    expect(await page.locator('.sample').count()).toBe(1);
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('a hostile sample runs no script, and is shown as it is', async () => {
    const { page, trouble } = await open(everyone(EVIL));
    expect(await page.title()).toBe('dissipa compare: networks on the same text');
    expect(await page.locator('.sample').allTextContents()).toEqual(new Array(all).fill(EVIL));
    expect(trouble).toEqual([]);
    await page.close();
  });

  test.each(SCREENS)('nothing sticks out of $name', async ({ context }) => {
    const { page } = await open(everyone('palavra'.repeat(60)), context);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(paper === 'rgb(255, 255, 255)').toBe(context.colorScheme !== 'dark');
    await page.close();
  });
});
