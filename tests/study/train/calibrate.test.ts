/** A step's time, by a clock that is told what to say. */
import { expect, test } from 'vitest';
import { openEngine } from '../../../src/kernels/engine.js';
import { secondsPerStep } from '../../../src/study/train/calibrate.js';
import { parseTrainOptions } from '../../../src/train/options.js';

const options = parseTrainOptions({ cell: 'gru', hidden: 4, batch: 2, window: 8, steps: 100 });

/** A clock of which the n-th look shows the sum of the first n times. */
function clock(milliseconds: readonly number[]) {
  let [time, looks] = [0, 0];
  return { now: () => (time += milliseconds[looks++] ?? 10), looks: () => looks };
}

test('the quickest step counts, but never the first, which touches its memory for the first time', async () => {
  const kernels = await openEngine('reference');
  const { now } = clock([0, 1, 50, 20, 400]);
  expect(secondsPerStep(kernels, options, 5, now, 10)).toBeCloseTo(0.02, 12);
});

test('where a single step is longer than there is time, two are made and no more', async () => {
  const kernels = await openEngine('reference');
  const slow = clock([0, 9000, 8000, 7000]);
  expect(secondsPerStep(kernels, options, 5, slow.now, 1)).toBeCloseTo(8, 12);
  expect(slow.looks()).toBe(3);
});

test('its memory is given back', async () => {
  const kernels = await openEngine('wasm');
  const outer = kernels.scope();
  secondsPerStep(kernels, options, 5, clock([]).now, 1);
  expect(() => {
    outer.end();
  }).not.toThrow();
});
