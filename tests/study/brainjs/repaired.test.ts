/** The repair between two updates; within one, gradient-check.test.ts has it. */
import { expect, test } from 'vitest';
import { makeNet } from '../../../src/study/brainjs/make.js';

const OPTIONS = { iterations: 1, errorThresh: 1e-9, learningRate: 0.002 };

test.each(['LSTM', 'RNN'] as const)(
  '%s: the row of a symbol that does not occur moves as shipped, and repaired stays',
  (net) => {
    const movedBy = (repaired: boolean): number => {
      const made = makeNet({ net, repaired, layers: 1, hidden: 4, symbols: ['a', 'b', 'c'], seed: 1 });
      made.train([['c', 'a', 'c', 'b']], OPTIONS);
      const { weights, columns } = made.model.input;
      const rowOfC = (): Float64Array => Float64Array.from(weights.subarray(3 * columns, 4 * columns));
      const before = rowOfC();
      made.train([['a', 'b', 'a', 'b']], OPTIONS);
      return Math.hypot(...rowOfC().map((w, i) => w - before[i]));
    };
    expect(movedBy(false)).toBeGreaterThan(1e-3);
    // Its regularisation takes a millionth off every weight.
    expect(movedBy(true)).toBeLessThan(1e-6);
  },
);
