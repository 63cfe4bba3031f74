/** Figures of a lesson's page measured again in a browser, where there is one: the same bits, whoever measures. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openWasm } from '../../../src/kernels/wasm.js';
import { agreementOf } from '../../../src/study/lesson/agreement.js';
import { measureSection } from '../../../src/study/lesson/figures.js';
import type { SectionName } from '../../../src/words/lesson/figures.js';
import { factsOf } from '../../../src/study/lesson/lesson.js';
import type { Lesson } from '../../../src/words/lesson/lesson.js';
import { Nets } from '../../../src/study/lesson/nets.js';
import { lessonPage, type Rerun } from '../../../src/study/lesson/page.js';
import { lessonOptions, prepareLesson } from '../../../src/study/lesson/setup.js';
import { asSymbols } from '../../../src/text/symbols.js';
import { readTexts } from '../../../src/web/text.js';
import { rerun as words } from '../../../src/words/en/rerun.js';
import { projectRoot } from '../../cli/dissipa.js';
import { BROWSER_MS, isThere, useBrowser } from '../../ui/browser.js';
import { inEach } from '../../words/in-each.js';
import { exampleLesson } from './example.js';
import { toEnd } from './run.js';
import { lessonWordsIn } from '../../../src/words/words.js';

const WORDS = await inEach(lessonWordsIn);

describe('how far figures agree', () => {
  const agreement = (was: unknown, is: unknown): number[] => {
    const { numbers, same, within } = agreementOf(was, is);
    return [numbers, same, within];
  };
  test('to the bit, within a tenth, and not', () => {
    expect(agreement({ a: [1, 2, null], b: 'x' }, { a: [1, 2, null], b: 'x' })).toEqual([2, 2, 2]);
    expect(agreement({ a: [1, 2, 5] }, { a: [1, 2 + 2 ** -40, 6] })).toEqual([3, 1, 2]);
    expect(agreement({ a: 0.01 }, { a: 0.05 })).toEqual([1, 0, 0]);
  });
  test('logarithms by what they stand for', () => {
    expect(agreement({ curve: [-0.01] }, { curve: [-0.05] })).toEqual([1, 0, 1]);
    expect(agreement({ curve: [-30] }, { curve: [-29] })).toEqual([1, 0, 0]);
    expect(agreement({ last: 0.01 }, { last: 0.05 })).toEqual([1, 0, 0]);
  });
  test('a figure that is missing is one that does not agree', () => {
    expect(agreement({ a: [1, 2] }, { a: [1] })).toEqual([2, 1, 1]);
    expect(agreement({ a: null }, { a: { b: 3 } })).toEqual([1, 0, 0]);
    expect(agreementOf({ outcome: 'holds' }, { outcome: 'fails' }).isOutcomeSame).toBe(false);
  });
});

const built = join(projectRoot, 'dist/web/lesson.json');
const SECTION: SectionName = 'misleading';

describe.skipIf(!isThere || !existsSync(built))('a lesson that is run again in Chromium', () => {
  const openHtml = useBrowser();
  let lesson: Lesson;
  let rerun: Rerun;
  beforeAll(async () => {
    rerun = JSON.parse(readFileSync(built, 'utf8')) as Rerun;
    const folder = join(projectRoot, 'corpus');
    const files = readdirSync(folder)
      .filter((name) => name.endsWith('.txt'))
      .sort()
      .map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
    const { alphabet, ids } = readTexts(files);
    const options = lessonOptions.parse({ hidden: 6, window: 16, steps: 20 });
    const text = { alphabet, symbols: asSymbols(ids), where: 'corpus', name: null };
    const setup = prepareLesson(text, options, await openWasm({ allowRelaxed: false }));
    const { value: figures } = toEnd(measureSection(new Nets(setup), SECTION));
    const example = exampleLesson();
    lesson = { setup: factsOf(setup), sections: { ...example.sections, [SECTION]: figures } };
  }, BROWSER_MS);

  const again = async (shown: Lesson): Promise<string> => {
    const { page, trouble } = await openHtml(lessonPage(shown, WORDS.en, { paths: [], reading: [] }, rerun));
    const figures = page.locator(`#${SECTION} figure:has(svg[role=img])`);
    expect(await figures.count()).toBeGreaterThan(1);
    expect(await figures.locator('.rerun').count()).toBe(await figures.count());
    await figures.first().locator('.rerun').click();
    const told = figures.last().locator('.told');
    await told.filter({ hasText: 'again in this browser' }).waitFor({ timeout: BROWSER_MS / 2 });
    const text = await told.textContent();
    expect(trouble.filter((one) => !one.startsWith('blob:'))).toEqual([]);
    await page.close();
    return text ?? '';
  };

  test(
    'made with wasm-simd128, every figure is the same to the bit',
    async () => {
      const { numbers } = agreementOf(lesson.sections[SECTION], lesson.sections[SECTION]);
      expect(numbers).toBeGreaterThan(100);
      expect(await again(lesson)).toBe(words.same(numbers));
    },
    BROWSER_MS,
  );

  test(
    'made with another engine it says what agrees, and why not all',
    async () => {
      const [first, ...others] = lesson.sections[SECTION].nets;
      const changed = { ...first, start: { ...first.start, leftLog10: -99 } };
      const text = await again({
        setup: { ...lesson.setup, engine: 'native' },
        sections: {
          ...lesson.sections,
          [SECTION]: { ...lesson.sections[SECTION], nets: [changed, ...others] },
        },
      });
      const { numbers } = agreementOf(lesson.sections[SECTION], lesson.sections[SECTION]);
      expect(text).toContain(words.apart(numbers - 1, numbers));
      expect(text).toContain(words.outcome);
      expect(text).toContain(words.engine('native'));
    },
    BROWSER_MS,
  );

  test(
    'it can be stopped, and without scripts or without the text there is nothing to press',
    async () => {
      const html = lessonPage(lesson, WORDS.en, { paths: [], reading: [] }, rerun);
      const { page } = await openHtml(html);
      const button = page.locator('#depth .rerun').first();
      await button.click();
      await page.getByRole('button', { name: words.stop }).click();
      await page.locator('#depth .told').first().filter({ hasNotText: /./ }).waitFor({ state: 'attached' });
      expect(await button.textContent()).toBe(words.start);
      expect(await page.locator('.rerun:disabled').count()).toBe(0);
      await page.close();
      const { page: still } = await openHtml(html, { javaScriptEnabled: false });
      expect(await still.locator('#depth figure svg').count()).toBeGreaterThan(0);
      expect(await still.locator('button').count()).toBe(0);
      await still.close();
      const { page: read } = await openHtml(lessonPage(lesson, WORDS.en, { paths: ['a.txt'], reading: [] }));
      expect(await read.locator('.rerun').count()).toBe(0);
      await read.close();
    },
    BROWSER_MS,
  );
});
