/** Recalling: the task is what it is said to be, short distances are learnt, and the pairs are counted rightly. */
import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.js';
import { Unrolled } from '../../../src/bptt/unrolled.js';
import { openReference } from '../../../src/kernels/reference.js';
import { Network } from '../../../src/model/network.js';
import { net } from '../../../src/study/lesson/doing.js';
import {
  accuracyOf,
  concordanceOf,
  distances,
  fillStrings,
  learnToRecall,
  recallVerdict,
} from '../../../src/study/lesson/sections/recall.js';
import {
  CHANCE,
  LETTERS,
  recallsUpTo,
  type Recalling,
  type TrainedRecall,
} from '../../../src/words/lesson/recall.js';
import { toEnd } from './run.js';
import { tinySetup } from './tiny.js';

const ROWS = 16;

function windowOf(k: number): Unrolled {
  const network = new Network(openReference(), { cell: 'tanh', layers: 1, hidden: 4, symbols: LETTERS });
  return new Unrolled(network, { rows: ROWS, timesteps: k + 1, gradients: true, dropout: 0 });
}

test('the answer is the letter k steps back; letters are drawn alike, and the others tell nothing of it', () => {
  const k = 3;
  const unrolled = windowOf(k);
  const rng = Rng.fromSeed(1);
  const counts = new Array<number>(LETTERS).fill(0);
  let agreeing = 0;
  for (let i = 0; i < 200; i++) {
    fillStrings(unrolled, rng);
    const { inputs, targets } = unrolled;
    for (let n = 0; n < ROWS; n++) {
      const answer = targets.data[k * ROWS + n];
      expect(answer).toBe(inputs.data[n]);
      counts[answer]++;
      for (let t = 1; t <= k; t++) if (inputs.data[t * ROWS + n] === answer) agreeing++;
    }
  }
  const all = 200 * ROWS;
  for (const count of counts) expect(Math.abs(count / all - CHANCE)).toBeLessThan(0.03);
  expect(Math.abs(agreeing / (all * k) - CHANCE)).toBeLessThan(0.02);
});

test('a network that answers evenly is right by chance', () => {
  const unrolled = windowOf(2);
  expect(accuracyOf(unrolled, Rng.fromSeed(2))).toBeGreaterThan(CHANCE / 2);
  expect(accuracyOf(unrolled, Rng.fromSeed(2))).toBeLessThan(2 * CHANCE);
});

test('distances double as long as the window has them', () => {
  expect(distances(64)).toEqual([1, 2, 4, 8, 16, 32]);
  expect(distances(65)).toEqual([1, 2, 4, 8, 16, 32, 64]);
  expect(distances(2)).toEqual([1]);
  expect(distances(3)).toEqual([1, 2]);
});

test('one step back is learnt; far beyond what arrives is not (seed 1)', { timeout: 120_000 }, () => {
  const setup = tinySetup({ hidden: 16, window: 64, steps: 300 }, 'abcdefgh '.repeat(500));
  const near = toEnd(learnToRecall(setup, net('tanh'), 1));
  expect(near.told).toHaveLength(600);
  expect(near.value.accuracy).toBeGreaterThan(0.95);
  const far = toEnd(learnToRecall(setup, net('sigmoid'), 12));
  expect(far.value.accuracy).toBeLessThan(2 * CHANCE);
  expect(far.value.start).toBeLessThan(-6);
  expect(near.value.start).toBeGreaterThan(-1);
  expect(far.value.seed).toBe(1);
  expect(toEnd(learnToRecall(setup, net('tanh', { repeat: 1 }), 1)).value.seed).toBe(2);
});

const trained = (accuracy: number | null, start: number | null, end = start): TrainedRecall => ({
  ...{ seed: 1, accuracy, start, end },
});
const recalling = (cell: Recalling['cell'], ...byK: TrainedRecall[][]): Recalling => ({
  ...{ cell, init: 'uniform', byK: byK.map((trained, i) => ({ k: 2 ** i, trained })) },
});

describe('what goes together', () => {
  test('up to where most recall, and at every shorter distance', () => {
    const [yes, no] = [trained(1, -1), trained(0.13, -1)];
    expect(recallsUpTo(recalling('tanh', [yes, yes, no], [yes, yes, yes], [no, no, yes]))).toBe(2);
    expect(recallsUpTo(recalling('tanh', [no, no, no], [yes, yes, yes]))).toBeNull();
    expect(recallsUpTo(recalling('tanh', [yes], [yes]))).toBe(2);
    expect(recallsUpTo(recalling('tanh', [yes, no], [yes, yes]))).toBeNull();
  });

  test('pairs of cells for one k, of which one recalls; the one with more gradient, an exact 0 being the least', () => {
    const tanh = recalling('tanh', [trained(1, -1), trained(1, -4)], [trained(0.1, -9)]);
    const lstm = recalling('lstm', [trained(0.2, -3), trained(null, null)], [trained(0.1, -1)]);
    // −1 above −3 and 0, −4 above 0 alone.
    expect(concordanceOf([tanh, lstm], 'start')).toEqual({ together: 3, pairs: 4 });
    expect(concordanceOf([tanh], 'start')).toEqual({ together: 0, pairs: 0 });
  });

  const verdict = (...starts: [recalls: number, not: number][]) =>
    recallVerdict([
      recalling('tanh', ...starts.map(([start]) => [trained(1, start)])),
      recalling('gru', ...starts.map(([, start]) => [trained(0.1, start)])),
    ]).outcome;
  test('the verdict', () => {
    expect(verdict([-1, -2], [-1, -2])).toBe('holds');
    expect(verdict([-1, -2], [-1, -2], [-2, -1])).toBe('partly');
    expect(verdict([-1, -2], [-2, -1])).toBe('fails');
    expect(
      recallVerdict([recalling('tanh', [trained(1, -1)]), recalling('gru', [trained(1, -2)])]).outcome,
    ).toBe('open');
  });
});
