/**
 * The README's pictures of the playground, out of the page as it is built: `npx tsx scripts/playground-pictures.ts`
 * (Chromium at $CHROMIUM_PATH, or where Debian has it).
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium, type Page } from 'playwright-core';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = pathToFileURL(join(root, 'dist/web/playground.html')).href;
const folder = join(root, '.github');

const trainTo = async (on: Page, step: number): Promise<void> => {
  await on.click('#play');
  await on.waitForFunction((n) => Number(document.querySelector('main')?.dataset.step) >= n, step);
  await on.click('#play');
  await on.waitForSelector('main[data-state=paused]');
  // Charts are drawn a moment after the last report.
  await on.waitForTimeout(1500);
};

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
for (const [name, context, hash] of [
  ['playground', { viewport: { width: 1240, height: 920 }, locale: 'en-US' }, ''],
  [
    'playground-phone',
    { viewport: { width: 390, height: 844 }, locale: 'pt-BR', colorScheme: 'dark', hasTouch: true },
    '',
  ],
] as const) {
  const on = await browser.newPage({ ...context, deviceScaleFactor: 1 });
  await on.goto(`${page}${hash}`);
  await on.waitForSelector('main[data-state=ready]');
  await trainTo(on, 250);
  if (name === 'playground-phone')
    await on.locator('.transport').evaluate((bar) => {
      bar.scrollIntoView();
    });
  await on.screenshot({ path: join(folder, `${name}.png`) });
  await on.close();
}
await browser.close();
console.error(`wrote ${folder}`);
