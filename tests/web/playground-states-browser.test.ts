/** The playground in its states, each held to axe-core and to the width of a phone; and how much it does for what it is told. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { BROWSER_MS, isThere, useBrowser, type Context } from '../ui/browser.js';
import { projectRoot } from '../cli/dissipa.js';
import { html, state } from './playground.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const checkpoint = join(projectRoot, 'checkpoints/tanh-1x128.safetensors');

interface Axe {
  run(
    options: object,
  ): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
}

/** What axe finds, and how much wider than the screen the page is. */
const faults = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: Axe };
    const { violations } = await checker.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
    });
    const wider = document.documentElement.scrollWidth - innerWidth;
    /** What is written on a chart, and stands on something else that is. */
    const covered = [...document.querySelectorAll('main svg[role=img]')].flatMap((svg) => {
      const boxes = [...svg.querySelectorAll('text')]
        .filter((text) => text.textContent !== '')
        .map(
          (text) =>
            ({ said: text.textContent, ...text.getBoundingClientRect().toJSON() }) as DOMRect & {
              said: string;
            },
        );
      return boxes.flatMap((a, i) =>
        boxes
          .slice(i + 1)
          .filter((b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2)
          // Lines of text are less high than their boxes.
          .filter((b) => Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.3 * a.height)
          .map((b) => `“${a.said}” stands on “${b.said}”`),
      );
    });
    return [
      ...covered,
      ...violations.flatMap(({ id, nodes }) =>
        nodes.map((one) => `${id}: ${one.html} ${one.failureSummary}`),
      ),
      ...(wider > 0 ? [`${wider} px wider than the screen`] : []),
    ];
  });

/** What leads from the page as it opens to a state of it. */
const STATES: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  async 'a curve is being drawn'(page) {
    await page.locator('.draw button').first().click();
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
    await page.locator('.hero [data-curve]').first().waitFor({ state: 'attached' });
  },
  async 'after a fork'(page) {
    await page.click('#step');
    await state(page, 'paused');
    await page.click('#fork');
    await page.locator('.tool [aria-live]').first().getByText('B').waitFor();
  },
  async 'after a nudge'(page) {
    await page.click('#nudge');
    await page.locator('.tool .chart-bar').waitFor();
  },
  async listening(page) {
    await page.click('#listen-b');
    await page.locator('.passage .chosen').waitFor();
  },
  async 'with the table open'(page) {
    await page.click('.as-table summary');
    await page.locator('.as-table td').first().waitFor();
  },
  async 'a checkpoint opened'(page) {
    await page.setInputFiles('#file', checkpoint);
    await page.getByText('tanh-1x128.safetensors').first().waitFor();
  },
  async 'a file that is no checkpoint'(page) {
    await page.setInputFiles('#file', {
      name: 'broken.safetensors',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from('not one'),
    });
    await page.locator('.hero > .error').waitFor();
  },
  async 'a wrong value'(page) {
    await page.fill('#a-hidden', '5000');
    await page.locator('#a-hidden').blur();
    await page.getByRole('alert').waitFor();
  },
};

const LOOKS = [
  ['light, wide', { locale: 'en-US', viewport: { width: 1280, height: 900 } }],
  [
    'dark, 390 px, Portuguese',
    { locale: 'pt-BR', colorScheme: 'dark', viewport: { width: 390, height: 844 }, hasTouch: true },
  ],
] as const satisfies readonly (readonly [string, Context])[];

describe.skipIf(!isThere).each(LOOKS)('accessible by axe, and no wider than the screen: %s', (_, look) => {
  const openHtml = useBrowser();
  const open = async (): Promise<Page> => {
    const { page } = await openHtml(html, { ...look, bypassCSP: true, reducedMotion: 'reduce' });
    await state(page, 'ready');
    await page.addScriptTag({ content: axe });
    return page;
  };

  test.each(Object.entries(STATES))(
    '%s',
    async (_name, reach) => {
      const page = await open();
      await reach(page);
      expect(await faults(page)).toEqual([]);
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'each step of the lesson, before and after the answer, and in projector mode',
    async () => {
      const page = await open();
      await page.click('#lesson');
      const next = page.locator('.lesson > .row').last().locator('button').nth(1);
      for (let step = 1; ; step++) {
        await state(page, 'ready');
        await page.locator('.lesson fieldset button').first().click();
        await page.locator('.lesson summary').click();
        expect(await faults(page), `step ${step}`).toEqual([]);
        if (await next.isDisabled()) break;
        await next.click();
      }
      await page.click('#step');
      await page.locator('.seen').waitFor();
      await page.click('#projector');
      expect(await faults(page)).toEqual([]);
      await page.close();
    },
    2 * BROWSER_MS,
  );

  test(
    'a browser without SIMD: one line says so',
    async () => {
      const script = '<script>WebAssembly.validate = () => false;</script>';
      const without = html.replace('<body>', `<body>${script}`);
      const { page } = await openHtml(without, { ...look, bypassCSP: true });
      await state(page, 'failed');
      await page.addScriptTag({ content: axe });
      expect(await page.getByRole('alert').count()).toBe(1);
      expect(await faults(page)).toEqual([]);
      await page.close();
    },
    BROWSER_MS,
  );
});

/** Of 64 KiB: too few for the nets that the page begins with, enough for the smallest. */
const PAGES = 40;

describe.skipIf(!isThere).each(LOOKS)('too little memory: %s', (_, look) => {
  const openHtml = useBrowser();

  test(
    'one clear line of each net, which axe has nothing against, and none of nets that are small enough',
    async () => {
      // The workers are made of a text: it begins with a memory that grows no further than a small net needs.
      const scarce = `<script>
        const RealBlob = Blob;
        globalThis.Blob = function (parts, options) {
          const begin =
            'const { grow } = WebAssembly.Memory.prototype;' +
            'WebAssembly.Memory.prototype.grow = function (pages) {' +
            '  if (this.buffer.byteLength / 65536 + pages > ${PAGES}) throw new RangeError("none left");' +
            '  return grow.call(this, pages);' +
            '};';
          return new RealBlob(options?.type === 'text/javascript' ? [begin, ...parts] : parts, options);
        };
      </script>`;
      const { page } = await openHtml(html.replace('<body>', `<body>${scarce}`), {
        ...look,
        bypassCSP: true,
      });
      await state(page, 'failed');
      await page.addScriptTag({ content: axe });
      const alerts = page.getByRole('alert');
      expect(await alerts.count()).toBe(2);
      const [said, other] = await alerts.allTextContents();
      expect(said).toMatch(/mem[oó]r/i);
      expect(said).not.toContain('none left');
      expect(other).toBe(said);
      expect(await faults(page)).toEqual([]);
      for (const side of ['a', 'b'])
        for (const [field, value] of [
          ['hidden', '4'],
          ['window', '4'],
          ['batch', '1'],
        ]) {
          await page.fill(`#${side}-${field}`, value);
          await page.locator(`#${side}-${field}`).blur();
        }
      await state(page, 'ready');
      expect(await alerts.count()).toBe(0);
      await page.close();
    },
    BROWSER_MS,
  );
});

describe.skipIf(!isThere)('for what it is told', () => {
  const openHtml = useBrowser();

  test(
    'the page changes as few elements with a large net as with a small one, and draws a chart a frame',
    async () => {
      /** The most elements changed in one turn of the page, charts drawn anew counted each as one. */
      const most = async (hash: string): Promise<{ elements: number; charts: number }> => {
        const { page } = await openHtml(html, { locale: 'en-US' }, `#${hash}`);
        await state(page, 'ready');
        await page.evaluate(() => {
          const seen = { elements: 0, charts: 0 };
          Object.assign(globalThis, { seen });
          new MutationObserver((records) => {
            const inChart = (target: Node): boolean =>
              target instanceof Element && target.closest('.live') !== null;
            const charts = new Set(
              records
                .filter(({ target }) => inChart(target))
                .map(({ target }) => (target as Element).closest('.live')),
            );
            const elements = new Set(
              records.filter(({ target }) => !inChart(target)).map(({ target }) => target),
            );
            seen.charts = Math.max(seen.charts, charts.size);
            seen.elements = Math.max(seen.elements, elements.size);
          }).observe(document.body, {
            subtree: true,
            childList: true,
            characterData: true,
            attributes: true,
          });
        });
        for (let step = 1; step <= 3; step++) {
          await page.click('#step');
          await page.waitForFunction((n) => Number(document.querySelector('main')?.dataset.step) >= n, step);
          await state(page, 'paused');
        }
        const seen = await page.evaluate(
          () => (globalThis as unknown as { seen: { elements: number; charts: number } }).seen,
        );
        await page.close();
        return seen;
      };
      const small = await most('a.hidden=8&b.hidden=8&a.window=16&b.window=16');
      const large = await most('a.hidden=96&b.hidden=96&a.layers=3&b.layers=3&a.window=64&b.window=64');
      expect(small.elements).toBeGreaterThan(0);
      expect(large.elements).toBeLessThanOrEqual(60);
      expect(Math.abs(large.elements - small.elements)).toBeLessThanOrEqual(20);
      expect(large.charts).toBeLessThanOrEqual(1);
    },
    2 * BROWSER_MS,
  );
});
