/** The playground as it is built, in Chromium ($CHROMIUM_PATH, or where Debian has it), for the scripts that take its pictures. */
import { chromium, type Browser, type Page } from 'playwright-core';

export const openChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });

export const isIn = (page: Page, state: string): Promise<unknown> =>
  page.waitForSelector(`main[data-state=${state}]`);

/** Plays until a step, and pauses. @param midway done on the way */
export async function playTo(page: Page, step: number, midway?: () => Promise<void>): Promise<void> {
  await page.click('#play');
  const reached = (n: number): Promise<unknown> =>
    page.waitForFunction((least) => Number(document.querySelector('main')?.dataset.step) >= least, n);
  await reached(Math.ceil(step / 2));
  await midway?.();
  await reached(step);
  await page.click('#play');
  await isIn(page, 'paused');
}
