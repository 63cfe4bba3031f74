/** The page as text: whole without a network, safe from what is in it, each part left out where it is missing. */
import { createHash } from 'node:crypto';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { en } from '../../../src/words/en/words.js';
import { embeddedJson, escapeHtml } from '../../../src/ui/html.js';
import { inspectionPage } from '../../../src/study/inspect/page.js';
import { levelsOf } from '../../../src/ui/page/passage.js';
import { CHART_SCRIPT } from '../../../src/ui/page/chart-script.js';
import { hashOf } from '../../../src/ui/page/document.js';
import { SCRIPT, SCRIPT_HASH } from '../../../src/ui/page/script.js';
import { exampleData } from './example.js';

const headings = (page: string): string[] =>
  [...parseHTML(page).document.querySelectorAll('h2')].map(({ textContent }) => textContent);

describe('the page', () => {
  const data = exampleData();
  const page = inspectionPage(data, en);

  test('has every section where everything was measured', () => {
    expect(headings(page)).toEqual([
      "How much of the last loss's gradient is left",
      'The total gradient looks level, and hides it',
      'How it came about: the lag curve at each logged step',
      'Where it goes: gates, weights, and what arrives from above',
      'What each character listens to',
      'The training itself',
      'Theory beside measurement',
      'Every loss and every state',
      'What truncation discards',
      'Saturation: where no gradient passes',
      "The gates' mean activation",
      "What each timestep adds to the weights' gradient",
      'Unit by unit',
      'What an update changes',
      'Glossary',
    ]);
    expect(page.replace(CHART_SCRIPT, '').match(/undefined|NaN|\[object/)).toBeNull();
  });

  test('is the same for the same data', () => {
    // Compared here: a difference of half a megabyte is of no use to a reader.
    expect(inspectionPage(exampleData(), en) === page).toBe(true);
  });

  test('names no address but that of SVG itself', () => {
    const addresses = [...page.matchAll(/[a-z]+:\/\/[^"' )<]+/g)].map(([address]) => address);
    expect(addresses.filter((address) => !address.startsWith('http://www.w3.org/'))).toEqual([]);
    expect(page.match(/<(?:link|img|iframe|object|embed)\b|\bsrc=|@import|url\(/)).toBeNull();
  });

  test('allows its own script and no other', () => {
    expect(SCRIPT_HASH).toBe(`sha256-${createHash('sha256').update(SCRIPT).digest('base64')}`);
    const policy = parseHTML(page).document.querySelector('meta[http-equiv]')?.getAttribute('content');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src '${hashOf(CHART_SCRIPT)}' '${SCRIPT_HASH}';`);
  });

  test('carries the figures in full', () => {
    const { document } = parseHTML(page);
    const embedded = document.getElementById('measured')?.textContent ?? '';
    expect(JSON.parse(embedded)).toEqual(JSON.parse(JSON.stringify(data.measured)));
  });

  test('of a bare model, of logs alone, and of nothing at all leaves out what is missing', () => {
    const { name, model, measured, history } = data;
    const { text, window, loss } = measured;
    const layers = measured.layers.map(({ layer, lagLog10, memory }) => ({ layer, lagLog10, memory }));
    const bare = inspectionPage({ name, model, measured: { text, window, loss, layers }, history: null }, en);
    expect(headings(bare)).toEqual(["How much of the last loss's gradient is left", 'Glossary']);
    const logs = inspectionPage({ name, model: null, measured: null, history }, en);
    expect(headings(logs)).toEqual([
      "How much of the last loss's gradient is left",
      'The total gradient looks level, and hides it',
      'How it came about: the lag curve at each logged step',
      'The training itself',
      'What an update changes',
      'Glossary',
    ]);
    expect(logs.includes('Logged at step 2,000.')).toBe(true);
    const none = inspectionPage({ name, model: null, measured: null, history: null }, en);
    expect(headings(none)).toEqual(['Glossary']);
  });
});

describe('hostile names and texts', () => {
  const evil = `</script><script>alert(1)</script><img src=x onerror=alert(2)>"'&\u2028`;

  test('are shown as they are, and make no element', () => {
    const { measured, history, ...rest } = exampleData({ symbols: Array.from(evil), name: evil });
    const [first, ...others] = measured.layers;
    const page = inspectionPage(
      {
        ...rest,
        name: evil,
        measured: {
          ...measured,
          text: evil,
          layers: [
            { ...first, saturation: { [evil]: [0.5, 0.25, 0.5] }, activation: { [evil]: [0.5, 0.25, 0.5] } },
            ...others,
          ],
        },
        history: {
          ...history,
          info: { ...history.info, engine: evil },
          gradients: history.gradients.map((line) => ({ ...line, updates: { [evil]: 0.1, b: 0.2 } })),
        },
      },
      en,
    );
    const { document } = parseHTML(page);
    expect(document.querySelectorAll('img, [onerror]')).toHaveLength(0);
    expect(document.querySelectorAll('script')).toHaveLength(4);
    expect(page.match(/<script/g)).toHaveLength(4);
    expect(document.querySelector('h1')?.textContent).toBe(`dissipa inspect ${evil}`);
    const passage = [...document.querySelectorAll('[data-at]')].map(({ textContent }) => textContent);
    expect(passage.join('')).toBe(evil);
    expect(JSON.parse(document.getElementById('measured')?.textContent ?? '')).toMatchObject({ text: evil });
  });

  test('control signs and halves of pairs become the replacement sign', () => {
    expect(escapeHtml('a\u0000\u0007\u001b\ud800b\n\t🙂')).toBe('a\ufffd\ufffd\ufffd\ufffdb\n\t🙂');
    expect(embeddedJson('</script>\u2028').text).toBe('"\\u003c/script>\\u2028"');
  });
});

test('what is listened to: 9 for the strongest, 0 for a thousandth or less, a dot for none', () => {
  const log10 = [[], [-1], [-1, -2.5, null], [-9, -5, -5.5, -4]];
  expect(levelsOf({ symbols: ['a', 'b', 'c', 'd'], log10, probability: [null, 1, 1, 1] })).toEqual([
    '',
    '9',
    '95.',
    '0659',
  ]);
});
