/** A sweep's page says its figures as its language writes them, in the chart too. */
import { expect, test } from 'vitest';
import type { ResultLine, SweepInfo } from '../../../src/study/sweep/folder.js';
import { planOf } from '../../../src/study/sweep/options.js';
import { sweepPage } from '../../../src/study/sweep/page.js';
import { wordsIn } from '../../../src/words/words.js';

const plan = planOf({ grid: 'cell=tanh,gru hidden=4..6' });
const info: SweepInfo = {
  ...{ format: 'dissipa.sweep', version: 1, options: { grid: 'x' }, versions: { dissipa: '0' } },
  ...{
    engine: 'wasm',
    texts: [{ path: 'a/b.txt', bytes: 5, characters: 5 }],
    reading: 1,
    digest: 'd',
    symbols: 4,
  },
  ...{ part: null, createdAt: '2026-11-26T00:00:00.000Z' },
};
const results = plan.points.map((_, index): ResultLine => ({
  ...{ index, ended: 'steps', step: 9, steps: 9, characters: 90, parameters: 5, predictions: 9, rung: 0 },
  ...{ best: { step: 9, lossNats: (1 + 0.25 * index) * Math.LN2 }, memory: null, engine: 'wasm', seconds: 1 },
}));

test.each([
  ['en', '1.63', '1,63'],
  ['pt', '1,63', '1.63'],
] as const)('in %s the chart has %s', async (language, own, other) => {
  const page = sweepPage({ plan, info, results, words: await wordsIn(language), commandFor: () => 'x' });
  const svg = /<svg[\s\S]*<\/svg>/.exec(page)?.[0] ?? '';
  // Of five figures beside a scale from 1 to 2.25 the one in the middle.
  expect(svg).toContain(`>${own}<`);
  expect(svg).not.toContain(`>${other}<`);
});

test.each([
  [undefined, 'a/b.txt'],
  [['a'], 'a, 2 texts'],
  [[], 'the bundled corpus, 2 texts'],
  [['a', 'b', 'c', 'd'], '2 texts'],
])('texts given as %j are named', async (sources, told) => {
  const more = { ...(sources && { sources, textCount: 2 }) };
  const words = await wordsIn('en');
  const page = sweepPage({ plan, info: { ...info, ...more }, results, words, commandFor: () => 'x' });
  expect(page).toContain(`<b>${told}</b>`);
});
