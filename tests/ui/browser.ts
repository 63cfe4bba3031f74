/** Pages opened from disk in a real browser, where there is one. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
export const isThere = existsSync(CHROMIUM);
if (!isThere) console.warn(`skipped, there is no ${CHROMIUM}: pages in a browser`);

/** A browser starts in a second, and in many on a busy machine. */
export const BROWSER_MS = 120_000;

export type Context = NonNullable<Parameters<Browser['newPage']>[0]>;

export const SCREENS = [
  { name: 'a narrow screen', context: { viewport: { width: 400, height: 800 } } },
  {
    name: 'a wide one, in the dark',
    context: { viewport: { width: 1600, height: 900 }, colorScheme: 'dark' as const },
  },
];

export interface Opened {
  readonly page: Page;
  /** Everything said on the console, thrown, or asked of a network. */
  readonly trouble: string[];
}

/**
 * A browser for the tests of the `describe` it is called in.
 * @returns how a page's HTML is opened in it, with what its address has after the path (`#…`)
 */
export function useBrowser(): (html: string, context?: Context, hash?: string) => Promise<Opened> {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dissipa-page-'));
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  }, BROWSER_MS);
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  return async (html, context = {}, hash = '') => {
    const path = join(folder, 'page.html');
    writeFileSync(path, html);
    const page = await browser.newPage(context);
    const trouble: string[] = [];
    page.on('console', (message) => trouble.push(message.text()));
    page.on('pageerror', (error) => trouble.push(error.message));
    const address = pathToFileURL(path).href;
    page.on('request', (request) => {
      if (request.url() !== address) trouble.push(request.url());
    });
    await page.goto(address + hash);
    return { page, trouble };
  };
}
