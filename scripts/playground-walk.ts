/**
 * A teacher's ten minutes with the playground as it is built, a picture of each step, to be looked at: opens, plays, draws,
 * forks, asks the class, and hands the file out. `npx tsx scripts/playground-walk.ts FOLDER` (Chromium at $CHROMIUM_PATH,
 * or where Debian has it); both languages, wide and as on a phone, light and dark. What the page complains of ends it.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { isIn, openChromium, playTo } from './playground-page.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const [, , target] = process.argv;
if (!target) {
  console.error('playground-walk.ts FOLDER: where the pictures go');
  process.exit(2);
}
const folder = resolve(target);
mkdirSync(folder, { recursive: true });

/** A line over the chart with the mouse: what is expected of a curve. */
async function sketch(page: Page): Promise<void> {
  const chart = page.locator('.drawable .live svg').first();
  await chart.waitFor();
  // It is drawn anew at its new width a moment after it is shown.
  await page.waitForTimeout(600);
  const box = await chart.boundingBox();
  if (!box) throw new Error('there is nothing to draw on');
  const at = (x: number, y: number): [number, number] => [box.x + x * box.width, box.y + y * box.height];
  await page.mouse.move(...at(0.2, 0.12));
  await page.mouse.down();
  for (let k = 1; k <= 10; k++) await page.mouse.move(...at(0.2 + 0.05 * k, 0.12 + 0.05 * k));
  await page.mouse.up();
}

type Shot = (name: string, at?: string) => Promise<void>;

/** What is done on the way, in its order; each step begins where the last has ended. */
const WALK: readonly (readonly [name: string, (page: Page, shot: Shot) => Promise<void>])[] = [
  ['open', (_, shot) => shot('ready')],
  [
    'play',
    async (page, shot) => {
      await playTo(page, 200, () => shot('running', '.transport'));
      await shot('paused', '.transport');
      await shot('watching', '.two');
    },
  ],
  [
    'draw',
    async (page, shot) => {
      await page.click('#rewind');
      await isIn(page, 'ready');
      await page.locator('.draw button').first().click();
      await sketch(page);
      await shot('drawn', '#lag-title');
      await playTo(page, 60);
      await shot('scored', '.draw');
    },
  ],
  [
    'fork',
    async (page, shot) => {
      await page.selectOption('#fork-what', 'gain');
      await page.fill('#fork-to', '2');
      await page.click('#fork');
      await page.waitForFunction(() => document.querySelector('#fork ~ [aria-live]')?.textContent !== '');
      await shot('forked', '#fork-what');
      await playTo(page, 120);
      await shot('parted', '.transport');
    },
  ],
  [
    'lesson',
    async (page, shot) => {
      await page.click('#lesson');
      await isIn(page, 'ready');
      await page.locator('.script summary').click();
      await page.locator('.lesson fieldset button').first().click();
      await shot('asked', '.lesson');
      await playTo(page, 20);
      await shot('answered', '.lesson');
      await page.click('#projector');
      await shot('projected', '.lesson');
      await page.click('#projector');
      await page.click('#lesson');
    },
  ],
  [
    'hand-out',
    async (page, shot) => {
      await page.click('#copy-address');
      for (const id of ['#checkpoint-a', '#log-a']) {
        const taken = page.waitForEvent('download');
        await page.click(id);
        await (await taken).delete();
      }
      await shot('taken', '#along-title');
      const file = join(folder, 'playground.html');
      execFileSync(process.execPath, [join(root, 'dist/cli/main.js'), 'playground', '--html', file], {
        stdio: 'ignore',
      });
      await page.goto(pathToFileURL(file).href);
      await isIn(page, 'ready');
      await shot('handed-out');
    },
  ],
];

const LOOKS = {
  wide: { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  'wide-dark': { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: 'light', hasTouch: true },
  'phone-dark': { viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true },
} as const;

const browser = await openChromium();
for (const locale of ['en-US', 'pt-BR'])
  for (const [look, context] of Object.entries(LOOKS)) {
    const page = await browser.newPage({ ...context, locale, acceptDownloads: true });
    page.on('pageerror', (error) => {
      throw error;
    });
    await page.goto(pathToFileURL(join(root, 'dist/web/playground.html')).href);
    await isIn(page, 'ready');
    let made = 0;
    const shot: Shot = async (name, at) => {
      if (at !== undefined)
        await page
          .locator(at)
          .first()
          .evaluate((element) => {
            element.scrollIntoView({ block: 'start' });
          });
      // Charts are drawn a moment after what they show.
      await page.waitForTimeout(600);
      const file = `${locale.slice(0, 2)}-${look}-${String(++made).padStart(2, '0')}-${name}.png`;
      await page.screenshot({ path: join(folder, file) });
    };
    for (const [name, walk] of WALK) {
      console.error(`${locale} ${look}: ${name}`);
      await walk(page, shot);
    }
    await page.close();
  }
await browser.close();
console.error(`wrote ${folder}`);
