/** The whole playground with nothing but keys: every control is reached, seen and named, and does what it does under a pointer. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { BROWSER_MS, isThere, useBrowser } from '../ui/browser.js';
import { html, SMALL, state } from './playground.js';

interface Stop {
  /** Of what can be focused, in the order of the page; −1 for none of it. */
  readonly order: number;
  /** How many can be. */
  readonly all: number;
  readonly faults: readonly string[];
}

/** What has the focus, and what a reader who uses keys alone would miss of it. */
const stop = (page: Page): Promise<Stop> =>
  page.evaluate(() => {
    const focusable = [
      ...document.querySelectorAll<HTMLElement>(
        'a[href], button, input, select, textarea, summary, [tabindex]',
      ),
    ].filter(
      (one) => one.tabIndex >= 0 && !(one as HTMLButtonElement).disabled && one.getClientRects().length > 0,
    );
    const here = document.activeElement as HTMLElement;
    const said = (here.textContent || here.id).trim().slice(0, 40);
    const box = (here.classList.contains('hidden') ? here.closest('label') : here)?.getBoundingClientRect();
    const styled = here.classList.contains('hidden') ? here.closest('label')?.querySelector('.button') : here;
    const { outlineStyle, outlineWidth } = getComputedStyle(styled ?? here);
    const isSeen = box && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const faults = [
      ...(isSeen ? [] : ['off the screen']),
      ...(outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2
        ? []
        : ['nothing shows that it has the focus']),
    ];
    return {
      order: focusable.indexOf(here),
      all: focusable.length,
      faults: faults.map((one) => `${said}: ${one}`),
    };
  });

describe.skipIf(!isThere)('the playground by keyboard alone', () => {
  const openHtml = useBrowser();
  const open = async (hash = SMALL): Promise<Page> => {
    const { page } = await openHtml(html, { locale: 'en-US', reducedMotion: 'reduce' }, `#${hash}`);
    await state(page, 'ready');
    return page;
  };
  const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.id ?? '');
  const step = (page: Page, n: number): Promise<unknown> =>
    page.waitForFunction((least) => Number(document.querySelector('main')?.dataset.step) >= least, n);

  test(
    'Tab goes through all that can be used, in its order, and what has the focus is seen',
    async () => {
      const page = await open();
      for (const id of ['#step', '#nudge', '#listen-a']) {
        await page.click(id);
        await state(page, 'paused');
      }
      await page.locator('.passage .chosen').waitFor();
      await page.locator('.tool .chart-bar').waitFor();
      await page.focus('.skip');
      const stops: Stop[] = [];
      for (;;) {
        await page.keyboard.press('Tab');
        const next = await stop(page);
        if (next.order <= 0 || stops.length > 300) break;
        stops.push(next);
      }
      expect(stops.flatMap(({ faults }) => faults)).toEqual([]);
      expect(stops.map(({ order }) => order)).toEqual(stops.map((_, i) => i + 1));
      expect(stops.length).toBe((stops.at(-1)?.all ?? 0) - 1);
      expect(stops.length).toBeGreaterThan(40);
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'what was pressed keeps the focus: it can be pressed again',
    async () => {
      const page = await open();
      await page.focus('#step');
      for (let n = 1; n <= 3; n++) {
        await page.keyboard.press('Enter');
        await step(page, n);
        await state(page, 'paused');
        expect(await focused(page)).toBe('step');
      }
      for (const id of ['rewind', 'fork', 'nudge', 'listen-a', 'copy-address', 'checkpoint-a', 'play']) {
        await page.focus(`#${id}`);
        await page.keyboard.press('Enter');
        await page.waitForFunction(() => document.querySelector('main')?.dataset.state !== 'loading');
        expect(await focused(page)).toBe(id);
      }
      await step(page, 6);
      await page.keyboard.press('Space');
      await state(page, 'paused');
      expect(await focused(page)).toBe('play');
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'settings, the way back through the steps and the lesson are used without a pointer',
    async () => {
      const page = await open();
      await page.focus('#b-cell');
      await page.keyboard.type('LSTM');
      await page.waitForFunction(() => location.hash.includes('b.cell=lstm'));
      await state(page, 'ready');
      expect(await focused(page)).toBe('b-cell');
      await page.focus('#b-hidden');
      await page.keyboard.press('Control+A');
      await page.keyboard.type('12');
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => location.hash.includes('b.hidden=12'));
      await state(page, 'ready');
      expect(await focused(page)).toBe('b-hidden');

      await page.focus('#play');
      await page.keyboard.press('Space');
      await step(page, 4);
      await page.keyboard.press('Space');
      await state(page, 'paused');
      await page.focus('#scrub');
      await page.keyboard.press('Home');
      expect(await page.locator('output[for=scrub]').textContent()).toContain('0');
      expect(await page.locator('.scrub button').isDisabled()).toBe(false);

      await page.focus('#lesson');
      await page.keyboard.press('Enter');
      await state(page, 'ready');
      await page.locator('.lesson fieldset button').first().focus();
      await page.keyboard.press('Space');
      await page.keyboard.press('Tab');
      expect(await page.locator('.lesson fieldset button[aria-pressed=true]').count()).toBe(1);
      const next = page.locator('.lesson > .row').last().locator('button').nth(1);
      await next.focus();
      const titles = new Set<string | null>();
      for (let i = 0; i < 3; i++) {
        const title = await page.locator('#lesson-title').textContent();
        titles.add(title);
        await page.keyboard.press('Enter');
        await page.waitForFunction(
          (left) => document.getElementById('lesson-title')?.textContent !== left,
          title,
        );
        await state(page, 'ready');
      }
      expect(titles.size).toBe(3);
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'what vanishes as it is pressed hands the focus on',
    async () => {
      const page = await open();
      const lands = (id: string): Promise<unknown> =>
        page.waitForFunction((one) => document.activeElement?.id === one, id);
      await page.focus('#draw-b');
      for (const key of ['Enter', 'ArrowDown', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
      await page.locator('.draw .quiet').focus();
      await page.keyboard.press('Enter');
      await lands('draw-a');
      await page.focus('#language-pt');
      await page.keyboard.press('Enter');
      await lands('language-en');
      await page.focus('#lesson');
      await page.keyboard.press('Enter');
      await state(page, 'ready');
      await page.selectOption('#b-cell', 'gru');
      const restore = page.locator('.lesson [aria-live] button');
      await restore.focus();
      await page.keyboard.press('Enter');
      await lands('play');
      await state(page, 'ready');
      await page.locator('.lesson > .row').last().locator('button').last().focus();
      await page.keyboard.press('Enter');
      await lands('lesson');
      await page.close();
    },
    BROWSER_MS,
  );
});
