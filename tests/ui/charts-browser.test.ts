/** What a reader can do with the charts of a page: read values by pointer and by key, hide a curve, take one along. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lineChart } from '../../src/ui/charts/lines.js';
import { en } from '../../src/words/en/words.js';
import { htmlPage } from '../../src/ui/page/document.js';
import { BROWSER_MS, isThere, SCREENS, useBrowser } from './browser.js';

const page = htmlPage({
  language: 'en',
  title: 'charts',
  data: {},
  body: [
    lineChart({
      alt: 'two curves',
      numbers: en.numbers,
      x: { label: 'lag' },
      y: { label: 'share', scale: 'share' },
      series: [
        { label: 'falls', points: Array.from({ length: 7 }, (_, x) => ({ x, y: -x })) },
        { label: 'stays', points: Array.from({ length: 7 }, (_, x) => ({ x, y: -1 })) },
      ],
    }),
  ],
});

describe.skipIf(!isThere)('charts in Chromium', () => {
  const open = useBrowser();

  test.each(SCREENS)(
    'tell their values, hide a curve, and are whole as a file: $name',
    async ({ context }) => {
      const { page: tab, trouble } = await open(page, context);
      const svg = tab.locator('svg[role=img]');
      const tip = tab.locator('.tip');
      await svg.focus();
      for (let i = 0; i < 3; i++) await tab.keyboard.press('ArrowRight');
      expect((await tip.textContent())?.split('\n')).toEqual(['2', 'falls: 1%', 'stays: 10%']);
      const box = (await svg.boundingBox()) ?? expect.fail('no chart');
      await tab.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2);
      expect(await tip.textContent()).toMatch(/^\d\nfalls: .+\nstays: 10%$/);

      const button = tab.getByRole('button', { name: 'stays' });
      await button.click();
      expect(await button.getAttribute('aria-pressed')).toBe('false');
      await svg.focus();
      await tab.keyboard.press('ArrowRight');
      expect(await tip.textContent()).not.toContain('stays');
      await button.click();

      const download = async (kind: string): Promise<Buffer> => {
        const [file] = await Promise.all([
          tab.waitForEvent('download'),
          tab.getByRole('button', { name: `as ${kind}: two curves` }).click(),
        ]);
        return readFileSync(await file.path());
      };
      const picture = (await download('SVG')).toString();
      expect(picture).toContain('xmlns="http://www.w3.org/2000/svg"');
      // By itself it has no page to take colours from.
      const styles = [...picture.matchAll(/style="([^"]*)"/g)].map(([, style]) => style).join(';');
      expect(styles).toMatch(/stroke: rgb/);
      expect(styles).not.toContain('var(');
      expect((await download('PNG')).subarray(1, 4).toString()).toBe('PNG');
      expect(trouble.filter((one) => !/^(blob|data):/.test(one))).toEqual([]);
      await tab.close();
    },
    BROWSER_MS,
  );

  test(
    'tell as their axes do, and what belongs to them ends where they end',
    async () => {
      const told = htmlPage({
        language: 'en',
        title: 'charts',
        data: {},
        body: [
          lineChart({
            alt: 'shares by step',
            numbers: en.numbers,
            x: { label: 'step', figures: 'count' },
            y: { label: 'share', figures: 'percent', domain: [0, 1] },
            series: [{ label: '', points: [0, 6172, 12345].map((x) => ({ x, y: 0.9 })) }],
          }),
        ],
      });
      const { page: tab } = await open(told, { viewport: { width: 1280, height: 800 } });
      const svg = tab.locator('svg[role=img]');
      await svg.focus();
      for (let i = 0; i < 3; i++) await tab.keyboard.press('ArrowRight');
      expect((await tab.locator('.tip').textContent())?.split('\n')).toEqual(['12,345', '90%']);
      const right = async (selector: string): Promise<number> => {
        const box = (await tab.locator(selector).boundingBox()) ?? expect.fail(`no ${selector}`);
        return box.x + box.width;
      };
      expect(await right('.chart-bar')).toBeLessThanOrEqual((await right('svg[role=img]')) + 1);
      await tab.close();
    },
    BROWSER_MS,
  );

  test('without a script they are as they are', async () => {
    const { page: tab } = await open(page, { javaScriptEnabled: false });
    expect(await tab.locator('svg [data-mark="line"] path').count()).toBe(2);
    expect(await tab.locator('button').count()).toBe(0);
    await tab.close();
  });
});
