/** The page in a real browser, where there is one: silent, alone, complete, and alive under a hand. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../../src/base/language.js';
import { en } from '../../../src/words/en/words.js';
import { wordsIn } from '../../../src/words/words.js';
import { inspectionPage } from '../../../src/study/inspect/page.js';
import { BROWSER_MS, isThere, SCREENS, useBrowser, type Context, type Opened } from '../../ui/browser.js';
import { exampleData, type ExampleOptions } from './example.js';

const EVIL = '</script><script>document.title="broken"</script>';

describe.skipIf(!isThere)('the page in Chromium', () => {
  const openHtml = useBrowser();
  const open = (options: ExampleOptions, context?: Context): Promise<Opened> =>
    openHtml(inspectionPage(exampleData(options), en), context);

  const count = (page: Page, selector: string): Promise<number> => page.locator(selector).count();
  const section = (page: Page, heading: string) => page.locator('section', { hasText: heading });
  /** Rectangles in the paths of a chart's heat map. */
  const cellsIn = (page: Page, heading: string): Promise<number[]> =>
    section(page, heading)
      .locator('figure svg .cells')
      .evaluateAll((groups) =>
        groups.map((group) =>
          [...group.querySelectorAll('path')].reduce(
            (sum, path) => sum + (path.getAttribute('d')?.match(/M/g) ?? []).length,
            0,
          ),
        ),
      );

  test(
    'is silent, asks for nothing, and every chart has its data',
    async () => {
      const { page, trouble } = await open({ cell: 'lstm', layers: 2, timesteps: 32 });
      // Curves: one of each layer, each with a point for each lag.
      const lags = section(page, 'How much of the last').locator('figure svg g[data-mark="line"] path');
      expect(await lags.count()).toBe(2);
      for (const d of await lags.evaluateAll((paths) => paths.map((path) => path.getAttribute('d'))))
        expect(d?.split('L')).toHaveLength(32);
      const curves = (heading: string): Promise<number> =>
        section(page, heading).locator('svg g[data-mark="line"] path').count();
      expect(await curves('The total gradient looks level')).toBe(2 * 2);
      expect(await curves('Where it goes')).toBe(2 * 4);
      expect(await curves('What truncation discards')).toBe(3);
      expect(await curves('Saturation: where')).toBe(2 * 5);
      expect(await curves("The gates' mean activation")).toBe(2 * 4);
      expect(await curves('The training itself')).toBe(3);
      expect(await curves('How it came about')).toBe(2);
      // Maps: 40 logged steps by 32 lags, and half a square.
      expect(await cellsIn(page, 'How it came about')).toEqual([40 * 32, 40 * 32]);
      expect(await cellsIn(page, 'Every loss and every state')).toEqual([(32 * 33) / 2, (32 * 33) / 2]);
      expect(await count(page, 'svg[role="img"][aria-label=""]')).toBe(0);
      expect(trouble).toEqual([]);
      await page.close();
    },
    BROWSER_MS,
  );

  test.each(LANGUAGES.flatMap((language) => [390, 1280].map((width) => ({ language, width }))))(
    'every letter of the charts is on the page, $language at $width px, and none too small to read',
    async ({ language, width }) => {
      const words = await wordsIn(language);
      const { page } = await openHtml(inspectionPage(exampleData({ cell: 'lstm', layers: 2 }), words), {
        viewport: { width, height: 800 },
      });
      const charts = page.locator('svg[role="img"]');
      expect(await charts.count()).toBeGreaterThan(10);
      await page.locator('details').evaluateAll((all) => {
        for (const one of all) one.setAttribute('open', '');
      });
      const wrong = await charts.evaluateAll(
        (all, room) =>
          all.flatMap((svg) => {
            const { width: shown } = svg.getBoundingClientRect();
            const scale = shown / (svg as SVGSVGElement).viewBox.baseVal.width;
            return [...svg.querySelectorAll('text')].flatMap((text) => {
              const { left, right } = text.getBoundingClientRect();
              const size = scale * parseFloat(getComputedStyle(text).fontSize);
              return left < 0 || right > room || size < 11
                ? [[text.textContent, left, right, size].join(' ')]
                : [];
            });
          }),
        width,
      );
      expect(wrong).toEqual([]);
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'the bound is drawn for a vanilla cell',
    async () => {
      const { page } = await open({ cell: 'tanh', layers: 1 });
      const chart = section(page, 'How much of the last').locator('figure svg');
      expect(await chart.getByText('bound (σ₁γ)ᵏ').count()).toBe(1);
      expect(await chart.locator('g[data-mark="line"] path').count()).toBe(2);
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'a character that is hovered, tapped or reached with the keys shows what it listens to',
    async () => {
      const { page, trouble } = await open({ symbols: Array.from('o gradiente se dissipa') });
      const looks = (): Promise<string[]> =>
        page
          .locator('.passage [data-at]')
          .evaluateAll((signs) =>
            signs.map((sign) => `${sign.classList.value} ${getComputedStyle(sign).backgroundColor}`),
          );
      const told = page.locator('.told');
      const atFirst = await looks();
      expect(atFirst.at(-1)).toMatch(/^chosen /);
      // Levels differ in what is seen, not only in name.
      expect(new Set(atFirst).size).toBeGreaterThan(4);

      await page.locator('[data-at="10"]').hover();
      const hovered = await looks();
      expect(hovered[10]).toMatch(/^chosen /);
      expect(hovered.slice(11).every((look) => look.startsWith(' '))).toBe(true);
      expect(hovered[9]).not.toBe(atFirst[9]);
      expect(await told.textContent()).toMatch(/^“e”, expected with probability 9.1%, listens to/);

      await page.locator('[data-at="15"]').click();
      expect((await looks())[15]).toMatch(/^chosen /);
      await page.locator('[data-at="15"]').focus();
      await page.keyboard.press('ArrowLeft');
      expect((await looks())[14]).toMatch(/^chosen /);
      expect(await told.textContent()).toMatch(/^The space, expected .* listens to/);
      expect(trouble).toEqual([]);
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'a hostile text runs no script, and is shown as it is',
    async () => {
      const { page, trouble } = await open({ name: EVIL, symbols: Array.from(EVIL) });
      expect(await page.title()).toBe(`${EVIL}: the gradient on its way back`);
      expect(await page.locator('.passage').textContent()).toBe(EVIL);
      expect(trouble).toEqual([]);
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'its policy stops a script that came in, and a request',
    async () => {
      const { page, trouble } = await open({});
      await page.evaluate(() => {
        const script = document.createElement('script');
        script.textContent = 'document.title = "broken"';
        document.body.append(script);
        const image = document.createElement('img');
        image.src = 'https://example.invalid/';
        document.body.append(image);
      });
      expect(await page.title()).not.toBe('broken');
      await expect
        .poll(() => trouble.filter((line) => line.includes('Content Security Policy')).length)
        .toBe(2);
      await page.close();
    },
    BROWSER_MS,
  );

  test.each(SCREENS)(
    'nothing sticks out of $name',
    async ({ context }) => {
      const { page } = await open({ layers: 3 }, context);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(over).toBeLessThanOrEqual(0);
      const [paper, ink] = await page.evaluate(() => {
        const style = getComputedStyle(document.body);
        return [style.backgroundColor, style.color];
      });
      expect(paper === 'rgb(255, 255, 255)').toBe(context.colorScheme !== 'dark');
      expect(ink).not.toBe(paper);
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'on paper it is black on white, with colours where they mean something',
    async () => {
      const { page } = await open({}, { colorScheme: 'dark' });
      await page.emulateMedia({ media: 'print' });
      expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
        'rgb(255, 255, 255)',
      );
      const pdf = await page.pdf({ format: 'A4' });
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      await page.close();
    },
    BROWSER_MS,
  );
});
