/** The playground met for the first time: whatever it shows is true of the state that it is shown in. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { BROWSER_MS, isThere, useBrowser } from '../ui/browser.js';
import { projectRoot } from '../cli/dissipa.js';
import { html, SMALL, state } from './playground.js';

const checkpoint = join(projectRoot, 'checkpoints/tanh-1x128.safetensors');

const write = async (page: Page, id: string, value: string): Promise<void> => {
  await page.fill(id, value);
  await page.locator(id).blur();
};
const stepOnce = async (page: Page): Promise<void> => {
  await page.click('#step');
  await state(page, 'paused');
};
/** Both leave the range of float32 in their first steps. */
const BURSTING = ['a', 'b']
  .flatMap((side) =>
    ['cell=relu', 'gain=10', 'optimizer=sgd', 'lr=10', 'clip=1000'].map((one) => `${side}.${one}`),
  )
  .join('&');

describe.skipIf(!isThere)('the playground', () => {
  const openHtml = useBrowser();
  const open = async (hash = '', locale = 'en-US'): Promise<Page> => {
    const { page } = await openHtml(html, { locale }, `#${hash}`);
    await state(page, 'ready');
    return page;
  };
  /** Another address of the page in the same tab. */
  const goTo = async (page: Page, hash: string): Promise<void> => {
    // The page's own listener was there before this one, and has begun by then.
    await page.evaluate(
      (one) =>
        new Promise((resolve) => {
          addEventListener('hashchange', resolve, { once: true });
          location.hash = one;
        }).then(() => undefined),
      hash,
    );
    await state(page, 'ready');
  };
  const hashOf = (page: Page): Promise<string> => page.evaluate(() => location.hash);

  test(
    'another address opens in the tab in which the page is; a text that there is not is as good as none',
    async () => {
      const page = await open();
      await goTo(page, 'a.cell=lstm&b.hidden=8&text=no-such.txt');
      expect(await page.inputValue('#a-cell')).toBe('lstm');
      expect(await page.inputValue('#b-hidden')).toBe('8');
      expect(await page.inputValue('#text-choice')).toBe('');
      expect(await hashOf(page)).toBe('#a.cell=lstm&b.hidden=8');
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'an address is adopted whole: none of half of it is written, and one that is written over meanwhile is not lost',
    async () => {
      const page = await open();
      await page.evaluate(() => {
        const written: string[] = [];
        Object.assign(globalThis, { written });
        const replace = history.replaceState.bind(history);
        history.replaceState = (data, unused, address) => {
          written.push(String(address));
          replace(data, unused, address);
        };
      });
      const asked = '#a.hidden=32&a.window=8&b.hidden=32&b.window=8';
      await page.evaluate((hash) => {
        const adopted = new Promise((resolve) => {
          addEventListener('hashchange', resolve, { once: true });
        });
        location.hash = hash;
        // Before the page hears of the new address, it writes its own.
        document.querySelector<HTMLElement>('#projector')?.click();
        return adopted.then(() => undefined);
      }, asked);
      await state(page, 'ready');
      expect(await hashOf(page)).toBe(asked);
      const seen = (): Promise<string[]> =>
        page.evaluate(() => (globalThis as unknown as { written: string[] }).written);
      const written = await seen();
      expect(new Set(written.slice(1))).toEqual(new Set([asked]));
      // As little of what a button sets for both nets.
      await page.locator('#settings .row button').first().click();
      await state(page, 'ready');
      expect(await hashOf(page)).toBe('');
      expect((await seen()).slice(written.length).filter((address) => address.includes('#'))).toEqual([]);
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'the way to the controls keeps the address, and leads to them; a text in the address stays in it',
    async () => {
      const own = 'ação e reação. '.repeat(40);
      const page = await open(`${SMALL}&own=${encodeURIComponent(own)}`);
      const before = await hashOf(page);
      expect(new URLSearchParams(before.slice(1)).get('own')).toBe(own);
      await page.focus('.skip');
      await page.keyboard.press('Enter');
      expect(await hashOf(page)).toBe(before);
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.closest('#settings') !== null)).toBe(true);
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'an own text goes into the address as it is read, whatever its encoding',
    async () => {
      const page = await open(SMALL);
      const own = 'coração, maçã, pão. '.repeat(40);
      await page.setInputFiles('#file', {
        name: 'latin1.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from(own, 'latin1'),
      });
      await expect.poll(() => page.inputValue('#text-choice')).toBe('own');
      await state(page, 'ready');
      await page.evaluate(() => {
        Object.defineProperty(navigator, 'clipboard', {
          value: { writeText: () => Promise.reject(new Error()) },
        });
      });
      await page.locator('input[type=checkbox]').check();
      await page.click('#copy-address');
      const address = await page.locator('.address').textContent();
      expect(new URLSearchParams(new URL(address ?? '').hash.slice(1)).get('own')?.trim()).toBe(own.trim());
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'nets that have both diverged do not train again, and nothing is said of their predictions as of numbers',
    async () => {
      const page = await open(BURSTING);
      await page.click('#play');
      await state(page, 'paused');
      expect(await page.locator('.card [role=alert]').count()).toBe(2);
      expect(await page.isDisabled('#play')).toBe(true);
      expect(await page.isDisabled('#step')).toBe(true);
      await page.click('#listen-a');
      await expect.poll(() => page.locator('.tool.wide .error').textContent()).toContain('no longer numbers');
      await page.click('#rewind');
      await state(page, 'ready');
      expect(await page.isDisabled('#play')).toBe(false);
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'what was found of nets is gone with them',
    async () => {
      const page = await open(SMALL);
      await stepOnce(page);
      await page.click('#fork');
      const forked = page.locator('.tool').first().locator('> p[aria-live]');
      await expect.poll(() => forked.textContent()).not.toBe('');
      await page.click('#nudge');
      await page.locator('.tool .chart-bar').waitFor();
      await page.click('#listen-a');
      await page.locator('.passage').waitFor();
      await page.click('#rewind');
      await state(page, 'ready');
      await expect.poll(() => page.locator('.passage, .tool .chart-bar').count()).toBe(0);
      expect(await forked.textContent()).toBe('');
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'a checkpoint is spoken of while it is the one that is open, and its curve while nothing has been trained',
    async () => {
      const page = await open(SMALL);
      await page.setInputFiles('#file', checkpoint);
      const said = page.locator('.said');
      await said.waitFor();
      expect(await said.textContent()).toMatch(/curve/);
      expect(await said.textContent()).not.toContain('A · tanh');
      await stepOnce(page);
      expect(await said.textContent()).toContain('tanh-1x128');
      expect(await said.textContent()).not.toMatch(/curve/);
      await page.click('#rewind');
      await state(page, 'ready');
      expect(await said.count()).toBe(0);
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'a value that cannot be is gone once the nets begin anew; numbers are written as the language has them',
    async () => {
      const page = await open(SMALL, 'pt-BR');
      expect(await page.inputValue('#a-lr')).toBe('0,002');
      await write(page, '#a-hidden', '5000');
      await page.locator('.field .error').waitFor();
      await page.selectOption('#b-init', 'orthogonal');
      await expect.poll(() => page.inputValue('#a-hidden')).toBe('8');
      await expect.poll(() => page.locator('.field .error').count()).toBe(0);
      await write(page, '#a-lr', '0.004');
      await expect.poll(() => page.inputValue('#a-lr')).toBe('0,004');
      expect(await hashOf(page)).toContain('a.lr=0.004');
      await page.click('#language-en');
      await expect.poll(() => page.inputValue('#a-lr')).toBe('0.004');
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'what a fork proposes can be done, without noise in its digits, and what it does not take it says',
    async () => {
      const page = await open(`${SMALL}&a.cell=lstm&a.forgetBias=10&a.lr=0.0007&a.clip=0.001`);
      for (const [what, value] of [
        ['forgetBias', '10'],
        ['lr', '0.0035'],
        ['clip', '0.001'],
      ]) {
        await page.selectOption('#fork-what', what);
        expect(await page.inputValue('#fork-to')).toBe(value);
        expect(await page.isDisabled('#fork')).toBe(false);
      }
      await page.fill('#fork-to', '-3');
      expect(await page.locator('.tool [role=alert]').textContent()).toContain('1,000');
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'an error is said in the language that the page is in now, and speaks of its fields, not of flags',
    async () => {
      const page = await open(SMALL);
      await page.setInputFiles('#file', {
        name: 'short.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from('ab ab ba'),
      });
      const error = page.locator('.hero > .error');
      await error.waitFor();
      const english = await error.textContent();
      expect(english).not.toContain('--');
      await page.click('#language-pt');
      await expect.poll(() => error.textContent()).not.toBe(english);
      expect(await error.textContent()).toMatch(/janela/);
      await page.close();
    },
    BROWSER_MS,
  );

  test.each(['en-US', 'pt-BR'])(
    'on a phone every letter of the charts is on the page: %s',
    async (locale) => {
      const { page } = await openHtml(html, { locale, viewport: { width: 390, height: 844 } });
      await state(page, 'ready');
      await page.click('#step');
      await state(page, 'paused');
      const outside = await page.locator('svg[role=img] text').evaluateAll((all) =>
        all.flatMap((text) => {
          const { left, right } = text.getBoundingClientRect();
          return left < 0 || right > innerWidth ? [`${text.textContent}: ${left} to ${right}`] : [];
        }),
      );
      expect(outside).toEqual([]);
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'a file that is none to train on, or to open, is refused, and loses nothing of what was learnt',
    async () => {
      const page = await open(SMALL);
      await page.click('#step');
      await state(page, 'paused');
      const told = () => page.locator('main').evaluate((main) => JSON.stringify(main.dataset));
      const before = await told();
      const error = page.locator('.hero > .error');
      for (const [name, content] of [
        ['short.txt', 'ab ab ba'],
        ['broken.safetensors', 'not one'],
        ['picture.txt', '\x00\x01\x02\xff\xfe\x00'.repeat(500)],
      ]) {
        await page.setInputFiles('#file', {
          name,
          mimeType: 'text/plain',
          buffer: Buffer.from(content, 'latin1'),
        });
        await expect.poll(() => error.textContent()).toContain(name);
        expect(await told()).toBe(before);
      }
      expect(await page.inputValue('#text-choice')).toBe('');
      // What can be trained on is, and what was refused is forgotten.
      await page.setInputFiles('#file', {
        name: 'own.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from('coração, maçã, pão. '.repeat(40)),
      });
      await state(page, 'ready');
      expect(await error.count()).toBe(0);
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'files dropped by hand are read together, as train reads them; a folder is refused',
    async () => {
      const page = await open(SMALL);
      const cdp = await page.context().newCDPSession(page);
      const drop = async (...files: string[]): Promise<void> => {
        const data = { items: [], files, dragOperationsMask: 1 };
        for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
          await cdp.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
      };
      const names = ['o-piano-que-o-rio-trouxe.txt', 'caderno-de-quintal.txt'];
      const paths = names.map((name) => join(projectRoot, 'corpus', name));
      await drop(...paths);
      await expect.poll(() => page.inputValue('#text-choice')).toBe('own');
      await state(page, 'ready');
      expect(await page.locator('.command').first().textContent()).toContain(`train ${names.join(' ')} `);
      await drop(join(projectRoot, 'corpus'));
      await expect.poll(() => page.locator('.hero > .error').textContent()).toContain('corpus');
      expect(await page.inputValue('#text-choice')).toBe('own');
      // The same nets come of the same bytes in one file.
      await page.click('#step');
      await state(page, 'paused');
      const bits = (): Promise<unknown> =>
        page.locator('main').evaluate(({ dataset }) => [dataset.bitsA, dataset.bitsB]);
      const apart = await bits();
      const [first, second] = paths.map((path) => readFileSync(path, 'utf8'));
      await page.setInputFiles('#file', {
        name: 'both.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from(`${first.trimEnd()}\n\n${second}`),
      });
      await expect.poll(() => page.locator('.command').first().textContent()).toContain('both.txt');
      await state(page, 'ready');
      await page.click('#step');
      await state(page, 'paused');
      expect(await bits()).toEqual(apart);
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'a piece of the corpus that is too short for the nets is not shown as chosen',
    async () => {
      const sizes = ['hidden=8', 'batch=128', 'window=128'];
      const page = await open(['a', 'b'].flatMap((side) => sizes.map((size) => `${side}.${size}`)).join('&'));
      const choose = (index: number): Promise<string[]> => page.selectOption('#text-choice', { index });
      const [shortest] = await choose(1);
      await page.locator('.hero > .error').waitFor();
      expect(await page.locator('.hero > .error').textContent()).toContain(shortest);
      await expect.poll(() => page.inputValue('#text-choice')).toBe('');
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'the lesson answers for the nets it asks about, and offers them again where they were changed',
    async () => {
      const page = await open();
      await page.click('#lesson');
      await state(page, 'ready');
      await page.selectOption('#b-cell', 'gru');
      await state(page, 'ready');
      await page.click('#play');
      await page.waitForFunction(() => Number(document.querySelector('main')?.dataset.step) >= 20);
      await page.click('#play');
      await state(page, 'paused');
      expect(await page.locator('.seen').count()).toBe(0);
      await page.locator('.lesson [aria-live] button').click();
      await expect.poll(() => page.inputValue('#b-cell')).toBe('tanh');
      await state(page, 'ready');
      await page.click('#play');
      await page.locator('.seen').waitFor();
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'of the gates only gates are shown to be open; a lone curve has the colour of its net; growth can be drawn',
    async () => {
      const page = await open(`${SMALL}&a.cell=tanh&b.cell=gru`);
      const charts = page.locator('section[aria-labelledby=live-title] .two').last().locator('svg[role=img]');
      await expect.poll(() => charts.count()).toBe(3);
      const names = (at: number): Promise<string[]> =>
        charts
          .nth(at)
          .locator('[data-curve]')
          .evaluateAll((all) => all.map((one) => one.getAttribute('data-curve') ?? ''));
      expect(await names(2)).toHaveLength(2);
      expect(await charts.first().innerHTML()).toContain('--net-a');
      await page.locator('.draw button').first().click();
      for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowUp');
      await expect.poll(() => page.locator('.draw [aria-live]').textContent()).toMatch(/100 times/);
      // The window changes while there is a sketch of the one before.
      await write(page, '#a-window', '32');
      await state(page, 'ready');
      await page.locator('.draw button').first().focus();
      for (let i = 0; i < 20; i++) await page.keyboard.press('ArrowRight');
      await stepOnce(page);
      expect(await page.locator('.score').textContent()).toMatch(/A/);
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'beside the curves of an earlier step stands the loss of that step',
    async () => {
      const page = await open(SMALL);
      for (let i = 0; i < 4; i++) await stepOnce(page);
      const bits = page.locator('.card.net-a .figure');
      await bits.waitFor();
      await page.locator('#scrub').focus();
      await page.keyboard.press('Home');
      await expect.poll(() => bits.count()).toBe(0);
      await page.keyboard.press('End');
      await expect.poll(() => bits.count()).toBe(1);
      await page.close();
    },
    BROWSER_MS,
  );

  test(
    'with colours forced, what a prediction listens to is still told apart',
    async () => {
      const { page } = await openHtml(html, { locale: 'en-US', forcedColors: 'active' });
      await state(page, 'ready');
      await page.click('#listen-b');
      await page.locator('.passage .chosen').waitFor();
      const shades = await page
        .locator('.passage span')
        .evaluateAll((all) => new Set(all.map((one) => getComputedStyle(one).backgroundColor)).size);
      expect(shades).toBeGreaterThan(2);
      const [a, b] = await page
        .locator('.draw .swatch')
        .evaluateAll((all) => all.map((one) => getComputedStyle(one).backgroundColor));
      expect(a).not.toBe(b);
      await page.close();
    },
    BROWSER_MS,
  );
});
