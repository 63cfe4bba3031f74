/** A sweep's page says its figures as its language writes them, in the chart too. */
import { describe, expect, test } from 'vitest';
import type { ResultLine, SweepInfo } from '../../../src/study/sweep/folder.js';
import { sweepPlan } from '../../../src/study/sweep/options.js';
import { sweepReport } from '../../../src/study/sweep/show.js';
import { sweepPage } from '../../../src/study/sweep/page.js';
import { wordsIn } from '../../../src/words/words.js';

const plan = sweepPlan({ grid: 'cell=tanh,gru hidden=4..6' });
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

describe('what is told of a sweep follows from it', async () => {
  const words = await wordsIn('en');
  const told = (grid: string, more: Partial<ResultLine> = {}, given: object = {}): [string, string] => {
    const own = sweepPlan({ grid, ...given });
    const made = own.points.map((_, index): ResultLine => ({ ...results[0], index, ...more }));
    const all = { plan: own, results: made, words, commandFor: () => 'x' };
    const page = sweepPage({ ...all, info }).replace(/<(script|style)\b[\s\S]*?<\/\1>/g, '');
    return [sweepReport({ ...all, width: 80 }), page];
  };

  test('seeds alone: one setting, no axis, its spread explained', () => {
    for (const text of told('seed=1..3')) {
      expect(text).toContain(words.sweep.one);
      expect(text).not.toContain(words.sweep.axes);
      expect(text).toContain('±');
    }
    expect(told('seed=1..3')[1]).not.toContain(words.sweep.page.parallel);
  });

  test('a deviation is explained where one stands, and nowhere else', () => {
    for (const text of told('cell=tanh')) expect(text).not.toContain('±');
    for (const text of told('cell=tanh hidden=4,6')) expect(text).toContain('±');
  });

  test('dashes are explained where a run was stopped', () => {
    const [, dashes] = [false, true].map(words.sweep.page.parallelHow);
    expect(told('cell=tanh,gru')[1]).not.toContain(dashes);
    expect(told('cell=tanh,gru', { ended: 'halving' })[1]).toContain(dashes);
  });

  test('few values of a course are told one by one, each once', () => {
    const [report] = told('hidden=4:5 lr=0.001:0.01', {}, { samples: 12 });
    expect(report).toMatch(/^hidden +4 .*\n +5 .*\nlr /m);
  });
});

test('the day is told as the language has it; what is none breaks nothing', async () => {
  for (const [language, day] of [
    ['en', '26 November 2026'],
    ['pt', '26 de novembro de 2026'],
  ] as const) {
    const words = await wordsIn(language);
    const all = { plan, results, words, commandFor: () => 'x' };
    expect(sweepPage({ ...all, info })).toContain(`<b>${day}</b>`);
    expect(sweepPage({ ...all, info: { ...info, createdAt: 'x' } })).toContain('<b>–</b>');
  }
});
