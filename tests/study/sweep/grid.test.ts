/** Axes and points: what is typed is what is trained, and nothing else is. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failure, UsageError, type DissipaError } from '../../../src/base/errors.js';
import { gridSize, parseGrid, gridPoints, samplePoints } from '../../../src/study/sweep/grid.js';
import { ofAxes } from '../../../src/study/sweep/of-axes.js';
import { sweepPlan } from '../../../src/study/sweep/options.js';
import { en } from '../../../src/words/en/words.js';
import { pt } from '../../../src/words/pt/words.js';
import { speak } from '../../../src/words/words.js';

const valuesOf = (text: string): readonly unknown[] => parseGrid(text, false)[0].values;

describe('an axis', () => {
  test.each([
    ['cell=lstm,gru', ['lstm', 'gru']],
    ['seed=1..5', [1, 2, 3, 4, 5]],
    ['seed=-1..1', [-1, 0, 1]],
    ['hidden=64,128', [64, 128]],
    ['hidden=64:256:4', [64, 128, 192, 256]],
    ['lr=0.001:0.01:log3', [0.001, 0.00316228, 0.01]],
    ['lr=1e-4:1e-2:log5', [1e-4, 0.000316228, 0.001, 0.00316228, 1e-2]],
    ['hidden=16:128:log4', [16, 32, 64, 128]],
    ['dropout=0.4:0:3', [0.4, 0.2, 0]],
    ['hidden=8,16..18,32', [8, 16, 17, 18, 32]],
    ['weight-decay=0,0.01', [0, 0.01]],
    ['weightDecay=0', [0]],
    // Of whole numbers the nearest, each once.
    ['layers=1:2:5', [1, 2]],
  ])('%s', (text, values) => {
    expect(valuesOf(text)).toEqual(values);
  });

  test.each([
    ['', 'grid.empty'],
    ['   ', 'grid.empty'],
    ['cell', 'grid.form'],
    ['=4', 'grid.form'],
    ['cell=', 'grid.form'],
    ['cel=lstm', 'grid.unknown'],
    ['validation=0.1,0.2', 'grid.common'],
    ['engine=wasm', 'grid.common'],
    ['probe=off', 'grid.common'],
    ['hidden=8 hidden=9', 'grid.twice'],
    ['hidden=8,8', 'grid.twice'],
    ['seed=1..3,2', 'grid.twice'],
    ['hidden=5..1', 'grid.range'],
    ['hidden=a', 'grid.range'],
    ['lr=0.1:0.01', 'grid.range'],
    ['lr=0:1:log3', 'grid.range'],
    ['lr=0.1:0.1:4', 'grid.range'],
    ['lr=0.1:0.2:1', 'grid.range'],
    ['seed=1..99999999999', 'grid.range'],
    ['lr=0.001:0.01', 'grid.continuous'],
    ['lr=0.001:0.01:log', 'grid.continuous'],
  ])('%j is refused as %s', (text, key) => {
    try {
      parseGrid(text, false);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(UsageError);
      expect((error as UsageError).problem.key).toBe(key);
    }
  });
});

test.each([
  ['hidden=5..1', 'down'],
  ['lr=0.1:0.01', 'down'],
  ['lr=0.1:0.01:log', 'down'],
  ['lr=0:1:log3', 'log'],
  ['lr=0.1:0.1:4', 'same'],
  ['lr=0.1:0.2:1', 'single'],
  ['lr=0.1:0.2:log1', 'single'],
  ['seed=1..99999999999', 'many'],
  ['lr=0.1:0.2:9999999999', 'many'],
  ['hidden=a', null],
  ['hidden=1..b', null],
  ['hidden=1:2:3:4x', null],
])('what is wrong with the range %j is said: %s', (text, why) => {
  try {
    parseGrid(text, false);
    expect.unreachable();
  } catch (error) {
    expect((error as UsageError).problem).toMatchObject({ key: 'grid.range', values: { why } });
  }
});

test.each([
  ['lr=0,01', '0.01'],
  ['dropout=0,05', '0.05'],
  ['lr=0,001,0,01', '0.001,0.01'],
  ['lr=1,05', '1.05'],
])('a fraction with a comma is told: %s', (text, point) => {
  try {
    parseGrid(text, false);
    expect.unreachable();
  } catch (error) {
    expect((error as UsageError).problem).toMatchObject({
      key: 'grid.comma',
      values: { point },
    });
  }
});

test('a list of whole numbers is none', () => {
  expect(parseGrid('dropout=0,0.5 layers=0,10', false).map(({ values }) => values)).toEqual([
    [0, 0.5],
    [0, 10],
  ]);
});

test('more trainings than a sweep can hold are refused, and not offered', () => {
  const problemOf = (given: object): unknown => {
    try {
      sweepPlan({ grid: 'hidden=1..1000 seed=1..1000', ...given });
    } catch (error) {
      return (error as UsageError).problem;
    }
    return null;
  };
  expect(problemOf({})).toMatchObject({ key: 'grid.many', values: { jobs: 1e6, limit: 1e5 } });
  expect(problemOf({ most: 1e6 })).not.toBe(null);
  expect(problemOf({ samples: 1e6 })).not.toBe(null);
});

test('the grid is the product of its axes, each point once, the last axis fastest', () => {
  const axes = parseGrid('cell=lstm,gru layers=1..3 lr=0.1,0.2', false);
  const points = [...gridPoints(axes)];
  expect(points).toHaveLength(gridSize(axes));
  expect(new Set(points.map((point) => JSON.stringify(point))).size).toBe(12);
  expect(points[0]).toEqual({ cell: 'lstm', layers: 1, lr: 0.1 });
  expect(points[1]).toEqual({ cell: 'lstm', layers: 1, lr: 0.2 });
  expect(points[11]).toEqual({ cell: 'gru', layers: 3, lr: 0.2 });
});

describe('points drawn at random', () => {
  test('of a grid: distinct, of the grid, in its order, the same from the same seed (seed 3)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 999 }), (samples, seed) => {
        const axes = parseGrid('hidden=1..6 seed=1..5', false);
        const all = [...gridPoints(axes)].map((point) => JSON.stringify(point));
        const drawn = samplePoints(axes, samples, seed).map((point) => JSON.stringify(point));
        expect(drawn).toHaveLength(samples);
        const places = drawn.map((point) => all.indexOf(point));
        expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
        expect(places[0]).toBeGreaterThanOrEqual(0);
        expect(samplePoints(axes, samples, seed).map((point) => JSON.stringify(point))).toEqual(drawn);
      }),
      { seed: 3, numRuns: 60 },
    );
  });

  test('between two numbers: within them, and in the logarithm as often below its middle as above', () => {
    const axes = parseGrid('lr=0.0001:0.01:log hidden=8:64 dropout=0:0.5', true);
    const points = samplePoints(axes, 400, 7);
    for (const { lr, hidden, dropout } of points) {
      expect(lr).toBeGreaterThanOrEqual(0.0001);
      expect(lr).toBeLessThanOrEqual(0.01);
      expect(Number.isInteger(hidden)).toBe(true);
      expect(dropout).toBeLessThanOrEqual(0.5);
    }
    const below = points.filter(({ lr }) => Number(lr) < 0.001).length;
    // Of 400 fair coins 5 deviations: 200 ± 50.
    expect(Math.abs(below - 200)).toBeLessThan(50);
  });

  test('more than there are is refused', () => {
    expect(() => samplePoints(parseGrid('hidden=8,16', false), 3, 1)).toThrow(UsageError);
    expect(() => samplePoints(parseGrid('hidden=8:9', true), 3, 1)).toThrow(UsageError);
  });
});

describe('a plan', () => {
  test('each training has its point, what is common to all, and the same figures to be compared by', () => {
    const { options, points } = sweepPlan({ grid: 'cell=lstm,gru lr=0.1,0.2', hidden: 7, steps: 50 });
    for (const [i, one] of options.entries())
      expect(one).toMatchObject({ ...points[i], hidden: 7, steps: 50, lagEvery: 0, sampleEvery: 0 });
    expect(new Set(options.map(({ evaluateCharacters }) => evaluateCharacters)).size).toBe(1);
  });

  test.each([
    [{ grid: 'cell=lstm', cell: 'gru' }, 'grid.both'],
    [{ grid: 'hidden=1..200 seed=1..100' }, 'grid.many'],
    [{ grid: 'cell=lstm,grü' }, 'grid.value'],
    [{ grid: 'steps=10 epochs=2' }, 'grid.value'],
    [{ grid: 'hidden=8', lr: -1 }, 'option.wrong'],
    [{ grid: 'hidden=8', halving: 1 }, 'option.wrong'],
  ])('%j is refused as %s before anything is trained', (given, key) => {
    try {
      sweepPlan(given);
      expect.unreachable();
    } catch (error) {
      expect((error as UsageError).problem.key).toBe(key);
    }
  });

  describe.each([en, pt])(
    '$language: what is wrong with a value is said of --grid, where it was written',
    (words) => {
      beforeAll(() => {
        speak(words);
      });
      afterAll(() => {
        speak(en);
      });
      test.each([
        [{ grid: 'hidden=8,-1' }, /^--grid: hidden (?:is|é) -1, /],
        [{ grid: 'lr=0.1,-2 weight-decay=-1' }, /^--grid: (?:lr|weight-decay) (?:is|é) -[12], /],
        [{ grid: 'hidden=8 cell=LSTM' }, /^--grid: cell: 'LSTM'.* lstm\?$/],
        [{ grid: 'seed=1..3 epochs=2', steps: 10 }, /^--grid: epochs: --steps /],
        [{ grid: 'steps=10', epochs: 2 }, /^--epochs: steps /],
      ])('%j', (given, said) => {
        expect(() => sweepPlan(given)).toThrow(said);
      });
    },
  );

  test('of a text that is too short, a size that stands in --grid is named as there', () => {
    const short = failure('text.short', {
      ...{
        where: 'a.txt',
        length: 10,
        needed: 100,
        rows: 9,
        timesteps: 9,
        validation: 0.1,
        test: 0,
        mayHoldNone: true,
      },
    });
    expect(short.message).toContain('--batch');
    const said = ofAxes(short, ['batch', 'hidden']) as DissipaError;
    expect(said).not.toBeInstanceOf(UsageError);
    expect(said.where).toBe('a.txt');
    expect(said.message).toMatch(/smaller batch or --window/);
    expect(ofAxes(short, ['hidden'])).toBe(short);
  });
});
