/** The playground as it is built, in Chromium and from disk: its first minute, its tools, its looks, and who can use it. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { BROWSER_MS, isThere, useBrowser, type Context } from '../ui/browser.js';
import { succeed, temporaryFolder } from '../cli/dissipa.js';
import { built, html, state } from './playground.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const told = (page: Page): Promise<{ step: number; a: number; b: number }> =>
  page.locator('main').evaluate((main) => ({
    step: Number(main.dataset.step),
    a: Number(main.dataset.bitsA),
    b: Number(main.dataset.bitsB),
  }));
const toStep = async (page: Page, step: number): Promise<void> => {
  await page.waitForFunction((n) => Number(document.querySelector('main')?.dataset.step) >= n, step, {
    timeout: BROWSER_MS / 2,
  });
};
const stepOnce = async (page: Page): Promise<void> => {
  const { step } = await told(page);
  await page.click('#step');
  await toStep(page, step + 1);
  await state(page, 'paused');
};

describe.skipIf(!isThere)('the playground in Chromium, from disk', () => {
  const openHtml = useBrowser();
  const ready = async (context?: Context) => {
    const opened = await openHtml(html, context ?? { locale: 'en-US' });
    await state(opened.page, 'ready');
    return opened;
  };

  test('is one file of at most 2 MB', () => {
    expect(statSync(built).size).toBeLessThanOrEqual(2_000_000);
    expect(html).not.toMatch(/<(?:link|script|img)[^>]+(?:src|href)="(?!data:)/);
  });

  test(
    'one press of play, and the two curves part; nothing is asked of a network, nothing complains',
    async () => {
      const { page, trouble } = await ready();
      await page.click('#play');
      await toStep(page, 60);
      await page.click('#play');
      await state(page, 'paused');
      const { a, b } = await told(page);
      for (const bits of [a, b]) {
        expect(bits).toBeGreaterThan(1);
        expect(bits).toBeLessThan(7);
      }
      // The table behind the chart says what the chart shows: of tanh next to nothing is left, of the GRU much.
      await page.click('.as-table summary');
      const cells = page.locator('.as-table tbody tr').last().locator('td');
      // It is made when it is opened.
      await cells.nth(1).waitFor();
      const last = await cells.allTextContents();
      expect(last).toHaveLength(2);
      expect(last[0]).toMatch(/^10⁻/);
      expect(last[1]).toMatch(/%$/);
      const curves = await page.locator('.hero [data-curve] path').count();
      expect(curves).toBeGreaterThanOrEqual(2);
      expect(trouble.filter((one) => !/^(blob|data):/.test(one))).toEqual([]);
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'its losses are the bits of `train --engine wasm-simd128`; rewound, it is the same run again; forked, an exact twin',
    async () => {
      const dir = join(temporaryFolder(), 'run');
      const flags = '--hidden 64 --batch 16 --clip 1 --steps 3 --engine wasm-simd128';
      await succeed(['train', ...flags.split(' '), '--out', dir], temporaryFolder());
      const losses = readFileSync(join(dir, 'metrics.jsonl'), 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as { step?: number; lossNats?: number })
        .filter(({ lossNats }) => lossNats !== undefined)
        .map(({ lossNats }) => Number(lossNats) / Math.LN2);
      const { page } = await ready();
      const seen: number[] = [];
      for (let step = 0; step < 3; step++) {
        await stepOnce(page);
        seen.push((await told(page)).a);
      }
      expect(seen).toEqual(losses.slice(0, 3));

      await page.click('#rewind');
      await state(page, 'ready');
      await stepOnce(page);
      expect((await told(page)).a).toBe(seen[0]);

      await page.selectOption('#fork-what', 'nothing');
      await page.click('#fork');
      await page.getByText('B goes on from').waitFor();
      await stepOnce(page);
      const twin = await told(page);
      expect(twin).toMatchObject({ a: seen[1], b: seen[1] });
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'at rest both nets have written what they write at that step; figures are as the language writes them',
    async () => {
      const { page } = await ready({ locale: 'pt-BR' });
      for (let i = 0; i < 2; i++) {
        await stepOnce(page);
        const { step } = await told(page);
        await page.waitForFunction(
          (n) => {
            const captions = document.querySelectorAll('.samples figcaption p');
            return (
              captions.length === 2 && [...captions].every((one) => one.textContent.endsWith(` ${String(n)}`))
            );
          },
          step,
          { timeout: BROWSER_MS / 2 },
        );
      }
      expect(await page.locator('.range output').allTextContents()).toContain('0,1');
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'restarts leave nothing behind in the page',
    async () => {
      const { page } = await ready();
      const cdp = await page.context().newCDPSession(page);
      let snapshot = '';
      cdp.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => (snapshot += chunk));
      /** Handlers that are alive: each drawing of a component makes its own. */
      const handlers = async (): Promise<number> => {
        snapshot = '';
        await cdp.send('HeapProfiler.collectGarbage');
        await cdp.send('HeapProfiler.takeHeapSnapshot', {});
        const {
          nodes,
          strings,
          snapshot: facts,
        } = JSON.parse(snapshot) as {
          nodes: number[];
          strings: string[];
          snapshot: { meta: { node_fields: string[] } };
        };
        const name = strings.indexOf('onClick');
        const fields = facts.meta.node_fields.length;
        return nodes.filter((value, i) => i % fields === 1 && value === name).length;
      };
      const restart = async (times: number): Promise<void> => {
        for (let i = 0; i < times; i++) {
          await page.click('#rewind');
          await state(page, 'ready');
          await stepOnce(page);
        }
      };
      await restart(3);
      const before = await handlers();
      expect(before).toBeGreaterThan(20);
      await restart(20);
      // A drawing that is just over may still be held; twenty may not.
      expect(await handlers()).toBeLessThan(2 * before);
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'a fork with another gain, a nudge, and what a prediction listens to',
    async () => {
      const { page, trouble } = await ready();
      await stepOnce(page);
      await page.click('#nudge');
      await page.locator('.tool [aria-live] p').first().waitFor();
      await page.click('#listen-b');
      await page.locator('.passage .chosen').waitFor();
      await page.keyboard.press('Tab');
      await page.locator('.passage .chosen').focus();
      const before = await page.locator('.passage .chosen').getAttribute('data-at');
      await page.keyboard.press('ArrowLeft');
      const after = await page.locator('.passage .chosen').getAttribute('data-at');
      expect(Number(after)).toBe(Number(before) - 1);
      await page.selectOption('#fork-what', 'gain');
      await page.fill('#fork-to', '3');
      await page.click('#fork');
      await page.getByText('B goes on from').waitFor();
      await stepOnce(page);
      const { a, b } = await told(page);
      expect(a).not.toBe(b);
      expect(trouble.filter((one) => !/^(blob|data):/.test(one))).toEqual([]);
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'a curve drawn with the keyboard hides what was measured until play, and is scored',
    async () => {
      const { page } = await ready();
      await page.locator('.draw button').first().click();
      for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowDown'])
        await page.keyboard.press(key);
      await page.locator('[data-curve="A, drawn"]').waitFor({ state: 'attached' });
      expect(await page.locator('.hero [data-curve="A · tanh"]').count()).toBe(0);
      await page.click('#play');
      await toStep(page, 2);
      expect(await page.locator('.score').textContent()).toContain('decades');
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'a hand may draw as far down as curves fall, on an axis that stays where it is, and nothing is told meanwhile',
    async () => {
      const { page } = await ready({ locale: 'en-US', viewport: { width: 1280, height: 900 } });
      const chart = page.locator('.drawable .live svg');
      await page.locator('.draw button').first().click();
      const axis = (): Promise<string | null> => chart.getAttribute('data-y');
      // The axis is drawn anew a moment after it is to be drawn on.
      await page.waitForFunction(() =>
        document.querySelector('.drawable .live svg')?.getAttribute('data-y')?.startsWith('linear -12 2 '),
      );
      const before = await axis();
      const box = (await chart.boundingBox()) ?? expect.fail('no chart');
      const frame = (await axis())?.split(' ').slice(3).map(Number) ?? [];
      const scale =
        box.height / (await chart.evaluate((svg) => (svg as SVGSVGElement).viewBox.baseVal.height));
      const bottom = box.y + Math.max(...frame) * scale;
      await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.3);
      await page.mouse.down();
      for (let k = 1; k <= 8; k++) {
        const down = box.y + box.height * 0.3 + ((bottom - box.y - box.height * 0.3) * k) / 8;
        await page.mouse.move(box.x + box.width * (0.3 + 0.04 * k), down);
      }
      expect(await page.locator('.drawable .tip').isVisible()).toBe(false);
      await page.mouse.up();
      await page.waitForFunction(() => {
        const told = document.querySelector('[data-curve="A, drawn"] path')?.getAttribute('d');
        return (told?.split('L').length ?? 0) > 10;
      });
      expect(await axis()).toBe(before);
      const lowest = (): Promise<number> =>
        page
          .locator('[data-curve="A, drawn"] path')
          .evaluate((path) =>
            Math.max(
              ...[...(path.getAttribute('d') ?? '').matchAll(/,(-?[\d.]+)/g)].map(([, y]) => Number(y)),
            ),
          );
      await expect.poll(lowest, { timeout: BROWSER_MS / 4 }).toBeGreaterThan(Math.max(...frame) - 3);
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'a wrong value is said and changes nothing; a right one begins anew and stands in the address',
    async () => {
      const { page } = await ready();
      await page.fill('#a-hidden', '5000');
      await page.locator('#a-hidden').blur();
      await page.getByRole('alert').waitFor();
      expect(await page.evaluate(() => location.hash)).toBe('');
      await page.fill('#a-hidden', '32');
      await page.locator('#a-hidden').blur();
      await page.waitForFunction(() => location.hash.includes('a.hidden=32'));
      await state(page, 'ready');
      await page.reload();
      await state(page, 'ready');
      expect(await page.inputValue('#a-hidden')).toBe('32');
      await page.close();
    },
    BROWSER_MS,
  );

  for (const [name, context] of [
    ['English, light, wide', { locale: 'en-US', viewport: { width: 1280, height: 900 } }],
    [
      'Portuguese, dark, 390 px',
      { locale: 'pt-BR', colorScheme: 'dark', viewport: { width: 390, height: 844 }, hasTouch: true },
    ],
  ] as const satisfies readonly (readonly [string, Context])[])
    test(
      `accessible by axe, and nothing is wider than the screen: ${name}`,
      async () => {
        const { page } = await ready({ ...context, bypassCSP: true });
        await stepOnce(page);
        await page.click('#lesson');
        await state(page, 'ready');
        await page.addScriptTag({ content: axe });
        const found = await page.evaluate(async () => {
          const { violations } = await (
            globalThis as unknown as {
              axe: {
                run: (options: object) => Promise<{
                  violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
                }>;
              };
            }
          ).axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] });
          return violations.map(
            ({ id, nodes }) =>
              `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join('\n')}`,
          );
        });
        expect(found).toEqual([]);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(wide).toBeLessThanOrEqual(0);
        const language = await page.evaluate(() => document.documentElement.lang);
        expect(language).toBe(context.locale === 'pt-BR' ? 'pt-BR' : 'en');
        await page.close();
      },
      BROWSER_MS,
    );
});
