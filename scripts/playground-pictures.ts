/**
 * The READMEs' pictures of the playground, in each language, out of the page as it is built: `npx tsx scripts/playground-pictures.ts`
 * (Chromium at $CHROMIUM_PATH, or where Debian has it).
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { LANGUAGES } from '../src/base/language.js';
import { isIn, openChromium, playTo } from './playground-page.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = pathToFileURL(join(root, 'dist/web/playground.html')).href;
const folder = join(root, '.github');

mkdirSync(folder, { recursive: true });
const browser = await openChromium();
const wide = { viewport: { width: 1240, height: 920 } };
const phone = { viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true } as const;
for (const [name, context] of [
  ...LANGUAGES.map((language) => [`playground-${language}`, { ...wide, locale: language }] as const),
  ['playground-phone', { ...phone, locale: 'pt' }],
] as const) {
  const on = await browser.newPage({ ...context, deviceScaleFactor: 1 });
  await on.goto(page);
  await isIn(on, 'ready');
  await playTo(on, 250);
  // Charts are drawn a moment after the last report.
  await on.waitForTimeout(1500);
  if (name === 'playground-phone')
    await on.locator('.transport').evaluate((bar) => {
      bar.scrollIntoView();
    });
  await on.screenshot({ path: join(folder, `${name}.png`) });
  await on.close();
}
await browser.close();
console.error(`wrote ${folder}`);
