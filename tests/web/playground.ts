/** The playground as it is built, for the tests that open it in a browser. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { projectRoot } from '../cli/dissipa.js';
import { BROWSER_MS } from '../ui/browser.js';

export const built = join(projectRoot, 'dist/web/playground.html');
export const html = readFileSync(built, 'utf8');

/** Resolves once the page is in such a state. */
export const state = (page: Page, wanted: string): Promise<unknown> =>
  page.locator(`main[data-state=${wanted}]`).waitFor({ timeout: BROWSER_MS / 2 });

/** Small nets, as an address has them, for what needs no large ones. */
export const SMALL = 'a.hidden=8&b.hidden=8&a.window=16&b.window=16&a.batch=2&b.batch=2';
