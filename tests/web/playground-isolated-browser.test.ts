/** The playground where it is served isolated: the engine's threads, the same bits; and where a browser lacks what it needs. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { threadsForEach } from '../../src/web/threads.js';
import { serve, type Serving } from '../../src/web/server-node.js';
import { playground as words } from '../../src/words/en/playground.js';
import { BROWSER_MS, isThere, useBrowser } from '../ui/browser.js';
import { html, state } from './playground.js';

/** Wide enough that a timestep's product is worth sharing out. */
const WIDE = '#a.hidden=128&b.hidden=128&a.window=8&b.window=8';

test('threads: of isolated pages, at most half of the processors for each net', () => {
  expect(threadsForEach(8, false)).toBe(1);
  expect([1, 2, 3, 4, 8, 64].map((n) => threadsForEach(n, true))).toEqual([1, 1, 1, 2, 4, 4]);
});

const toStep = (page: Page, step: number): Promise<unknown> =>
  page.waitForFunction((n) => Number(document.querySelector('main')?.dataset.step) >= n, step, {
    timeout: BROWSER_MS / 2,
  });
async function twoSteps(page: Page): Promise<unknown> {
  await state(page, 'ready');
  for (const step of [1, 2]) {
    await page.click('#step');
    await toStep(page, step);
    await state(page, 'paused');
  }
  return page.locator('main').evaluate(({ dataset }) => [dataset.bitsA, dataset.bitsB]);
}

describe.skipIf(!isThere)('the playground in Chromium', () => {
  const openHtml = useBrowser();
  let serving: Serving;
  beforeAll(async () => {
    serving = await serve({ port: 0, isShared: false, page: () => html });
  });
  afterAll(() => serving.close());

  test(
    'served, it trains on several threads, to the same bits as from disk on one',
    async () => {
      const { page: alone } = await openHtml(html, { locale: 'en-US' }, WIDE);
      const bits = await twoSteps(alone);
      expect(await alone.locator('main').getAttribute('data-threads')).toBe('2');
      // A machine of six.
      await alone.addInitScript(() => {
        Object.defineProperty(navigator, 'hardwareConcurrency', { value: 6 });
      });
      await alone.goto(`${serving.address}${WIDE}`);
      expect(await twoSteps(alone)).toEqual(bits);
      expect(await alone.locator('main').getAttribute('data-threads')).toBe('6');
      await alone.close();
    },
    BROWSER_MS,
  );

  test(
    'without SIMD it says so in one line, and tries nothing',
    async () => {
      const { page, trouble } = await openHtml('<p></p>', { locale: 'en-US' });
      await page.addInitScript(() => {
        WebAssembly.validate = () => false;
      });
      await page.goto(serving.address);
      await page.locator('main[data-state=failed]').waitFor();
      expect(await page.getByRole('alert').allTextContents()).toEqual([words.noSimd]);
      expect(await page.locator('#play').isDisabled()).toBe(true);
      expect(trouble.filter((one) => !one.startsWith(serving.address) && !/^blob:/.test(one))).toEqual([]);
      await page.close();
    },
    BROWSER_MS,
  );
});
