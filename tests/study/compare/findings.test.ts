/** The sentences of a comparison: each says what the figures say, whichever way they fall. */
import { describe, expect, test } from 'vitest';
import { aboutBaseline, areLevel, findingsOf } from '../../../src/study/compare/findings.js';
import { comparisonReport } from '../../../src/study/compare/terminal.js';
import { sentenceOf } from '../../../src/words/compare.js';
import { en } from '../../../src/words/en/words.js';
import { pt } from '../../../src/words/pt/words.js';
import { comparisonOf, everyone, type Made } from './example.js';

const findings = (made: readonly Made[], options = {}): string =>
  findingsOf(comparisonOf(made, options))
    .map((one) => sentenceOf(en.compare.findings, one))
    .join('\n');

describe('who predicts best', () => {
  test('one, by how much', () => {
    const told = findings([
      { contender: 'tanh', bits: 2.5 },
      { contender: 'gru', bits: 2.25 },
    ]);
    expect(told).toContain('gru predicts best: 2.250 bits per character, 0.250 bits ahead of tanh.');
  });

  test('level from one seed, level and not level from several', () => {
    expect(
      findings([
        { contender: 'tanh', bits: 2.51 },
        { contender: 'gru', bits: 2.5 },
      ]),
    ).toContain(
      'gru and tanh predict best and end level: 2.500 bits per character for gru, the others within 0.02 bits, which one seed',
    );
    const two = (a: number, b: number): string =>
      findings([
        { contender: 'tanh', seed: 1, bits: 2.4 + a },
        { contender: 'tanh', seed: 2, bits: 2.6 + a },
        { contender: 'gru', seed: 1, bits: 2.4 + b },
        { contender: 'gru', seed: 2, bits: 2.6 + b },
      ]);
    expect(two(0, 0.2)).toMatch(
      /^tanh and gru predict best and end level: .* no further apart than their seeds are/,
    );
    expect(two(0, 0.4)).toMatch(/^tanh predicts best: 2\.500 .* 0\.400 bits ahead of gru/);
    expect(areLevel({ mean: 1, deviation: 0 }, { mean: 1.001, deviation: 0 })).toBe(false);
  });

  test('what has gone astray from some seeds is level with none that has not, however widely it scatters', () => {
    const astray = { contender: 'relu', seed: 1, bits: 5 } as const;
    const told = (...seeds: readonly number[]): string =>
      findings([
        { contender: 'tanh', seed: 1, bits: 2.4 },
        { contender: 'tanh', seed: 2, bits: 2.6 },
        ...seeds.map((bits, i) => ({ ...astray, seed: i + 1, bits })),
      ]).split('\n')[0];
    expect(told(5, 1e9)).toMatch(/^tanh predicts best/);
    expect(told(2.5, 40)).toMatch(/^tanh predicts best/);
    expect(told(2.45, 2.7)).toMatch(/^tanh and relu predict best and end level/);
  });

  test('of one contender alone nothing is said', () => {
    expect(findings([{ contender: 'tanh' }])).toBe('');
  });
});

describe('the floor', () => {
  const beside = (...bits: number[]): string =>
    findings([
      { contender: 'tanh', bits: bits[0] },
      { contender: 'gru', bits: bits[1] },
      { contender: 'ngram', bits: 2.3 },
    ]);
  const model = 'the n-gram model (order 4, 2.300 bits), which only counts';
  test.each([
    [2, 2.1, `Every network predicts better than ${model}.`],
    [2, 2.5, `tanh predicts better than ${model}; gru does not.`],
    [2.6, 2.5, `No network predicts better than ${model}.`],
  ])('%f and %f bits', (a, b, sentence) => {
    expect(beside(a, b).split('\n')).toContain(sentence);
  });
});

test('who does worse than even guessing', () => {
  const told = (bits: number): string =>
    findings([
      { contender: 'tanh', bits: 2.5 },
      { contender: 'gru', bits },
    ]);
  const even = Math.log2(comparisonOf([{ contender: 'tanh' }]).symbols);
  expect(told(even + 0.1)).toMatch(
    /^gru does worse on held-out text than a uniform guess among \d+ symbols/m,
  );
  expect(told(even - 0.1)).not.toMatch('uniform guess');
});

describe('the reach', () => {
  const reaching = (a: number, b: number): string =>
    findings([
      { contender: 'tanh', decades: a, bits: 2 },
      { contender: 'gru', decades: b, bits: 3 },
    ]);
  test('who furthest, who least, and each verdict', () => {
    expect(reaching(-0.5, -0.01)).toMatch(
      /furthest back in gru: .* beyond the window of 32; in tanh at lag 4\. The gradient vanishes in tanh and is preserved in gru\./,
    );
    expect(reaching(-0.5, -0.5)).toMatch(/equally far in all: .* at lag 4\./);
  });

  test('what explodes, or is no number, reaches no lag', () => {
    const three = (decades: number): string =>
      findings([
        { contender: 'tanh', decades: -0.5 },
        { contender: 'lstm', decades: -0.3 },
        { contender: 'gru', decades },
      ]);
    expect(three(0.2)).toMatch(/furthest back in lstm: .* at lag 7; in tanh at lag 4\. .*explodes in gru/);
    expect(three(NaN)).toMatch(
      /furthest back in lstm: .* at lag 7; in tanh at lag 4\. .*is not finite in gru/,
    );
    for (const told of [three(0.2), three(NaN)]) expect(told).not.toMatch(/NaN|Infinity|undefined/);
  });

  test('the two parts of a curve, and who is at 1% sooner and yet keeps more', () => {
    // Falls by 5 decades within 5 steps and stays; tanh goes on falling from 1% at lag 11.
    const lstm = Array.from({ length: 32 }, (_, k) => -Math.min(k, 5));
    const told = findings([
      { contender: 'tanh', decades: -0.2 },
      { contender: 'lstm', curve: lstm },
    ]);
    expect(told).toMatch(/falls 5\.0 decades within 5 steps in lstm \(then level\)/);
    expect(told).toMatch(
      /lstm is at 1% sooner than tanh \(lag 2 against 10\) .*: 10⁻⁵ is left at lag 31, against 10⁻⁶/,
    );
    const apart = findings([
      { contender: 'tanh', decades: -0.2 },
      { contender: 'gru', decades: -0.1 },
    ]);
    expect(apart).not.toMatch(/decades within|sooner/);
  });

  test('whether it goes with the score: with the better, the worse, neither', () => {
    expect(reaching(-0.1, -0.5)).toContain(
      'In the one pair that differs in both, the one that reaches further predicts better: here the longer reach goes with the better',
    );
    expect(reaching(-0.5, -0.1)).toContain(
      'further predicts worse: here the longer reach goes with the worse',
    );
    const mixed = findings([
      { contender: 'tanh', decades: -0.5, bits: 2.5 },
      { contender: 'lstm', decades: -0.2, bits: 3 },
      { contender: 'gru', decades: -0.1, bits: 2 },
    ]);
    expect(mixed).toContain(
      'Of 3 pairs that differ in both, the one that reaches further predicts better in 2: the score alone',
    );
    expect(reaching(-0.5, -0.5)).not.toContain('pairs');
  });
});

describe('brain.js', () => {
  const beside = (ours: Made, theirs: Made): string => findings([{ ...ours }, { ...theirs }]);
  test.each([
    [
      2,
      1000,
      3,
      'ours trains on 100 times as many characters a second and ends 1.000 bits per character better.',
    ],
    [
      3,
      1000,
      2,
      'ours trains on 100 times as many characters a second and ends 1.000 bits per character worse.',
    ],
    [2, 5, 2.01, 'ours trains on 50% of the characters a second and ends level with it.'],
  ])('ours %f bits at %f/s, it %f', (bits, seen, theirs, sentence) => {
    const told = beside(
      { contender: 'lstm', bits, seen, seconds: 1 },
      { contender: 'brainjs', bits: theirs, seen: 10, seconds: 1 },
    );
    expect(told).toContain(sentence);
  });

  test.each([
    [3, 2, 'makes it 1.000 bits per character better.'],
    [2, 3, 'makes it 1.000 bits per character worse.'],
    [2, 2, 'changes nothing that can be told.'],
  ])('repaired: from %f to %f bits', (shipped, repaired, sentence) => {
    const told = findings([
      { contender: 'brainjs', bits: shipped },
      { contender: 'brainjs-repaired', bits: repaired },
    ]);
    expect(told).toContain(`Repairing brain.js's gradients ${sentence}`);
  });

  test('how many characters it has seen, and why', () => {
    const capped = findings([{ contender: 'tanh' }, { contender: 'brainjs', seen: 2048, ended: 'cap' }]);
    expect(capped).toContain(
      'brainjs has seen 2,048 of the 3,000,000 characters: too slow for more, it was stopped after 0.75 minutes (--baseline-minutes).',
    );
    expect(findings([{ contender: 'tanh' }, { contender: 'brainjs' }])).not.toContain('stopped');
    expect(findings([{ contender: 'tanh' }, { contender: 'gru' }], { minutes: 2 })).toContain(
      'Each network was trained for 2 minutes',
    );
  });

  test('what it is, with its gradient check', () => {
    const about = aboutBaseline(everyone())
      .map((one) => sentenceOf(en.compare.findings, one))
      .join('\n');
    expect(about).toContain('has no cell state');
    expect(about).toContain('brainjs: the gradients of 1 of 2 tensors are');
    expect(about).toContain('brainjs-repaired: the gradients of 2 of 2 tensors are');
    expect(aboutBaseline(comparisonOf([{ contender: 'tanh' }]))).toEqual([]);
  });
});

test('who has diverged, from how many seeds', () => {
  const told = findings([
    { contender: 'relu', seed: 1, bits: null, seen: 5000 },
    { contender: 'relu', seed: 2, bits: 2 },
    { contender: 'tanh', seed: 1 },
    { contender: 'tanh', seed: 2 },
  ]);
  expect(told).toContain('relu diverged from 1 of 2 seeds: after 5,000 characters');
});

test('in the terminal: 80 columns, each contender in the tables it has figures for, no colours unasked', () => {
  for (const words of [en, pt])
    for (const line of comparisonReport(everyone(), words).split('\n'))
      expect(Array.from(line).length, line).toBeLessThanOrEqual(80);
  const report = comparisonReport(everyone(), en);
  expect(report).not.toContain('\u001b');
  expect(report.match(/^ngram /gm)).toHaveLength(2);
  expect(report.match(/^irnn /gm)).toHaveLength(3);
  const lost = comparisonReport(comparisonOf([{ contender: 'relu', bits: null }, { contender: 'tanh' }]), en);
  expect(lost).toMatch(/^relu +diverged +diverged/m);
  expect(
    comparisonReport(
      comparisonOf([
        { contender: 'tanh', bits: 2 },
        { contender: 'tanh', seed: 2, bits: 2.2 },
      ]),
      en,
    ),
  ).toMatch(/^tanh +2\.100±0\.141 +2\.000±0\.141/m);
});
