/** Which gradients of brain.js are those of its loss: as shipped the biases and the embedding are not, repaired all are. */
import { expect, test } from 'vitest';
import { checkNet } from '../../../src/study/brainjs/gradient-check.js';

const wrongOf = (net: 'LSTM' | 'RNN', repaired: boolean, seed: number) => {
  const tensors = checkNet({ net, repaired }, seed);
  for (const { right, relativeDifference } of tensors)
    // Nothing in between: neither a wrong one by chance nor a right one with luck.
    expect(right ? relativeDifference < 1e-6 : relativeDifference > 0.1).toBe(true);
  return { count: tensors.length, wrong: tensors.filter(({ right }) => !right).map(({ tensor }) => tensor) };
};

test.each([1, 2])('LSTM: 9 of 15 as shipped, 15 of 15 repaired (seed %d)', (seed) => {
  expect(wrongOf('LSTM', false, seed)).toEqual({
    count: 15,
    wrong: [
      'input',
      'hiddenLayers.0.inputBias',
      'hiddenLayers.0.forgetBias',
      'hiddenLayers.0.outputBias',
      'hiddenLayers.0.cellActivationBias',
      'output',
    ],
  });
  expect(wrongOf('LSTM', true, seed)).toEqual({ count: 15, wrong: [] });
});

test.each([1, 2])('RNN: 3 of 6 as shipped, 6 of 6 repaired (seed %d)', (seed) => {
  expect(wrongOf('RNN', false, seed)).toEqual({
    count: 6,
    wrong: ['input', 'hiddenLayers.0.bias', 'output'],
  });
  expect(wrongOf('RNN', true, seed)).toEqual({ count: 6, wrong: [] });
});
