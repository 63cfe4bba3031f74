/** The order of a sweep follows from its results alone, in whichever order they come. */
import { describe, expect, test } from 'vitest';
import type { ResultLine } from '../../../src/study/sweep/folder.js';
import { sweepPlan, type SweepPlan } from '../../../src/study/sweep/options.js';
import { finalResults, indicesOf, nextStage, rungsOf } from '../../../src/study/sweep/running.js';
import { axesOf, settingsOf } from '../../../src/study/sweep/standing.js';

const line = (index: number, lossNats: number | null, given: Partial<ResultLine> = {}): ResultLine => ({
  ...{ index, ended: 'steps', step: 10, steps: 10, characters: 100, parameters: 5, predictions: 9 },
  best: lossNats === null ? null : { step: 10, lossNats },
  ...{ memory: null, engine: 'test', seconds: 1, rung: 0 },
  ...given,
});

/** All stages, each training's loss by its index. */
function played(plan: SweepPlan, lossOf: (index: number, rung: number) => number | null): ResultLine[] {
  const results: ResultLine[] = [];
  const indices = indicesOf(plan.points.length, null);
  for (let turn = 0; turn < 20; turn++) {
    const stage = nextStage(plan, indices, results);
    if (stage === null) return results;
    // In the reverse of their order: it makes no difference.
    for (const { index, share } of [...stage.jobs].reverse()) {
      const loss = lossOf(index, stage.rung);
      const ended = loss === null ? 'diverged' : share === null ? 'steps' : 'halving';
      results.push(line(index, loss, { rung: stage.rung, ended }));
    }
  }
  throw new Error('without end');
}

test('without halving every training is made once, to its end', () => {
  const plan = sweepPlan({ grid: 'hidden=1..7' });
  const results = played(plan, (index) => index);
  expect(results.map(({ index }) => index).sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

describe('successive halving', () => {
  test('shares grow by the factor to the whole, and begin no earlier than a hundredth', () => {
    expect(rungsOf(27, 3).map(({ share }) => share)).toEqual([1 / 27, 1 / 9, 1 / 3, 1]);
    expect(rungsOf(1, 3)).toHaveLength(1);
    expect(rungsOf(100_000, 2)[0].share).toBeGreaterThanOrEqual(0.01);
  });

  test('one in so many goes on, those with the lowest loss; the last ones to the end', () => {
    const plan = sweepPlan({ grid: 'hidden=1..9', halving: 3 });
    const results = played(plan, (index) => 9 - index);
    const byRung = [0, 1, 2].map((rung) =>
      results
        .filter((one) => one.rung === rung)
        .map(({ index }) => index)
        .sort(),
    );
    expect(byRung).toEqual([[0, 1, 2, 3, 4, 5, 6, 7, 8], [6, 7, 8], [8]]);
    const final = finalResults(results);
    expect(final).toHaveLength(9);
    expect(final[8]).toMatchObject({ ended: 'steps', rung: 2 });
    expect(final[0]).toMatchObject({ ended: 'halving', rung: 0 });
  });

  test('what diverged never goes on, however low it was; equal losses go by the order of the grid', () => {
    const plan = sweepPlan({ grid: 'hidden=1..4', halving: 2 });
    const results = played(plan, (index) => (index === 0 ? null : 2));
    expect(
      results
        .filter(({ rung }) => rung === 1)
        .map(({ index }) => index)
        .sort(),
    ).toEqual([1, 2]);
    expect(results.filter(({ rung }) => rung === 2).map(({ index }) => index)).toEqual([1]);
    expect(played(plan, () => null)).toHaveLength(4);
  });

  test('taken up in the midst it asks for the same', () => {
    const plan = sweepPlan({ grid: 'hidden=1..9', halving: 3 });
    const indices = indicesOf(9, null);
    const results = played(plan, (index) => (index * 7) % 9);
    for (let known = 0; known < results.length; known++) {
      const stage = nextStage(plan, indices, results.slice(0, known));
      expect(stage?.jobs.map(({ index }) => index)).toContain(results[known].index);
    }
  });
});

test('parts: every training is in one of them', () => {
  const parts = [1, 2, 3].map((part) => indicesOf(10, { part, of: 3 }));
  expect(parts.flat().sort((a, b) => a - b)).toEqual(indicesOf(10, null));
  expect(parts[0]).toEqual([0, 3, 6, 9]);
});

describe('what came of it', () => {
  const plan = sweepPlan({ grid: 'hidden=8,16 seed=1..3' });

  test('seeds are one setting: mean and sample deviation; the lowest mean first', () => {
    const losses = [3, 4, 5, 2, 2, 2.6];
    const settings = settingsOf(
      plan,
      losses.map((loss, index) => line(index, loss)),
    );
    expect(settings.map(({ point }) => point)).toEqual([{ hidden: 16 }, { hidden: 8 }]);
    expect(settings[1].loss).toEqual({ mean: 4, deviation: 1, count: 3 });
  });

  test('a setting one of whose trainings diverged has no figure, and comes last', () => {
    const results = [1, 1, 1, 9, 9, 9].map((loss, index) =>
      line(index, loss, index === 1 ? { ended: 'diverged' } : {}),
    );
    const settings = settingsOf(plan, results);
    expect(settings.map(({ loss }) => loss?.mean ?? null)).toEqual([9, null]);
    const [hidden] = axesOf(plan, results);
    expect(hidden.values[0]).toMatchObject({ diverged: 1, best: 1, loss: { mean: 1, count: 2 } });
    // Seeds are no axis that anything is told of.
    expect(axesOf(plan, results)).toHaveLength(1);
  });

  test('one that was stopped early does not come before one that went to its end', () => {
    const results = [5, 5, 5, 1, 1, 1].map((loss, index) =>
      line(index, loss, index >= 3 ? { ended: 'halving' } : {}),
    );
    expect(settingsOf(plan, results).map(({ point }) => point.hidden)).toEqual([8, 16]);
  });
});
