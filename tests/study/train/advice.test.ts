/** What is proposed at a training's end fits what was found, and can be done. */
import { describe, expect, test } from 'vitest';
import { adviceOn, type Ended } from '../../../src/study/train/advice.js';
import type { Finding, RunStanding } from '../../../src/study/train/standing.js';
import { parseTrainOptions } from '../../../src/train/options.js';

const standing = (...findings: Finding[]): RunStanding => ({
  ...{ evenNats: 4, counting: null, best: null, end: null, trainingNats: null },
  findings,
});
const ended = (given: Partial<Ended> = {}, options: Record<string, unknown> = {}): Ended => ({
  options: parseTrainOptions(options),
  ...{ step: 1000, minutes: 0.5, chosenFor: null },
  ...given,
});
const kindsOf = (of: RunStanding, at: Ended): string[] => adviceOn(of, at).map(({ kind }) => kind);

const ALWAYS = ['sample', 'inspect', 'lesson'];

describe('by what was found', () => {
  test('nothing: more time, and what can be done with any model', () => {
    expect(adviceOn(standing(), ended())).toEqual([
      { kind: 'minutes', minutes: 5 },
      ...ALWAYS.map((kind) => ({ kind })),
    ]);
  });

  test('untrained: train first', () => {
    expect(kindsOf(standing({ kind: 'untrained', lossNats: 4 }), ended({ step: 0 }))).toEqual([
      'go-on',
      'inspect',
      'lesson',
    ]);
  });

  test('failed: a smaller rate first, and no sample of it', () => {
    const advice = adviceOn(standing({ kind: 'failed', lossNats: 5 }), ended({}, { lr: 0.1 }));
    expect(advice[0]).toEqual({ kind: 'smaller-rate', lr: 0.002 });
    expect(advice.map(({ kind }) => kind)).not.toContain('sample');
  });

  test.each([
    [0.1, 0.002],
    [0.002, 0.0005],
    [0.001, 0.00025],
  ])('the rate proposed after %d is %d, always a smaller one', (lr, wanted) => {
    const [first] = adviceOn(standing({ kind: 'diverged', since: 1, rise: 1 }), ended({}, { lr }));
    expect(first).toEqual({ kind: 'smaller-rate', lr: wanted });
    expect(wanted).toBeLessThan(lr);
  });

  test('overfitting: dropout only where there are layers to drop out between, and room for more', () => {
    const found = standing({ kind: 'overfitting', since: 1, rise: 1 });
    expect(kindsOf(found, ended())).not.toContain('more-dropout');
    const more = (dropout: number) =>
      adviceOn(found, ended({}, { layers: 2, dropout })).find(({ kind }) => kind === 'more-dropout');
    expect(more(0)).toEqual({ kind: 'more-dropout', dropout: 0.2 });
    expect(more(0.25)).toEqual({ kind: 'more-dropout', dropout: 0.5 });
    expect(more(0.5)).toBeUndefined();
  });

  test('still improving: twice the steps at a constant rate; a schedule has an end', () => {
    const found = standing({ kind: 'improving', by: 0.1 });
    expect(adviceOn(found, ended())[0]).toEqual({ kind: 'go-on', steps: 2000 });
    expect(kindsOf(found, ended({}, { schedule: 'cosine' }))).not.toContain('go-on');
  });
});

test.each([
  [0.5, null, 5],
  [7, null, 30],
  [0.9, 1, 5],
  [5, 5, 30],
  [900, null, 900],
  [1000, 1000, 3000],
])('after %d minutes (asked for: %j) %d are proposed', (minutes, chosenFor, wanted) => {
  const found = standing({ kind: 'improving', by: 0.1 });
  expect(adviceOn(found, ended({ minutes, chosenFor }))).toContainEqual({ kind: 'minutes', minutes: wanted });
});
