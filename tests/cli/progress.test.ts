/** What a run says of its gradient while it trains. */
import { describe, expect, test } from 'vitest';
import type { LayerReport } from '../../src/bptt/report.js';
import type { Environment } from '../../src/cli/environment.js';
import { fit, makeProgress } from '../../src/cli/progress.js';
import { memoryOf } from '../../src/probe/memory.js';
import { memoryFiles } from '../../src/store/files-memory.js';
import { fakeProcesses } from '../store/fixtures.js';
import { en } from '../../src/words/en/words.js';

const layerOf = (layer: number, decades: number): LayerReport => {
  const lagLog10 = { h: Array.from({ length: 64 }, (_, k) => k * decades), c: null };
  return { layer, lagLog10, memory: memoryOf(lagLog10) };
};

function watched() {
  let said = '';
  let now = 0;
  const env: Environment = {
    files: memoryFiles(),
    processes: fakeProcesses(1),
    out: () => undefined,
    err: (text) => (said += text),
    isTerminal: false,
    words: en,
    now: () => now,
    interruption: () => new AbortController().signal,
  };
  const progress = makeProgress(env, { firstStep: 0, steps: 100, charactersPerStep: 10, symbols: 64 });
  const step = (number: number): void => {
    now += 20_000;
    progress.show({ kind: 'step', step: number, lossNats: Math.LN2, gradientNorm: 1, clipScale: 1, lr: 1 });
  };
  const gradients = (number: number, ...layers: LayerReport[]): void => {
    progress.show({ kind: 'gradients', step: number, layers });
  };
  return {
    step,
    gradients,
    said: () => said,
    end: () => {
      progress.end();
    },
  };
}

describe('the line', () => {
  test('tells the memory beside the loss, from the first measurement on', () => {
    const { step, gradients, said } = watched();
    step(1);
    expect(said()).not.toContain('gradient');
    gradients(1, layerOf(0, -0.3));
    step(2);
    expect(said().trimEnd().split('\n').at(-1)).toMatch(
      /^step 2 of 100 · 1\.000 bits\/char · gradient under 1% beyond 7 of 64 steps, tail −0\.30 decades\/step · /,
    );
  });

  test('of a step without the lag keeps what was measured last', () => {
    const { step, gradients, said } = watched();
    gradients(1, layerOf(0, -0.3), layerOf(1, 0));
    gradients(2, { layer: 0, total: { h: [1], c: null } });
    step(3);
    expect(said()).toContain('gradient under 1% beyond 7, >63 of 64 steps, tail −0.30 to 0.00 decades/step');
  });
});

test('where there is not room for all, the parts that matter less are shortened or left out', () => {
  const parts = [
    { rank: 1, text: 'step 1' },
    { rank: 2, text: 'lag 7 of 64, vanishing', short: 'lag 7' },
    { rank: 4, text: '12K chars/s' },
    { rank: 3, text: '0:07 left' },
  ];
  expect(fit(parts, Infinity)).toBe('step 1 · lag 7 of 64, vanishing · 12K chars/s · 0:07 left');
  expect(fit(parts, 45)).toBe('step 1 · lag 7 of 64, vanishing · 0:07 left');
  expect(fit(parts, 30)).toBe('step 1 · lag 7 · 0:07 left');
  expect(fit(parts, 10)).toBe('step 1');
});

describe('the warning', () => {
  test('comes once for a layer and a kind', () => {
    const { gradients, said } = watched();
    gradients(10, layerOf(0, -0.3), layerOf(1, 0));
    gradients(20, layerOf(0, -0.4), layerOf(1, 0));
    gradients(30, layerOf(0, 0), layerOf(1, -0.3));
    gradients(40, layerOf(0, 0.3), layerOf(1, -0.3));
    expect(said().trimEnd().split('\n')).toEqual([
      expect.stringMatching(
        /^step 10: layer 1: the gradient vanishes, .* beyond 7 of 64 steps, tail −0\.30 /,
      ),
      expect.stringMatching(/^step 30: layer 2: the gradient vanishes/),
      expect.stringMatching(/^step 40: layer 1: the gradient explodes/),
    ]);
  });

  test('does not come where the gradient is preserved', () => {
    const { gradients, said } = watched();
    gradients(10, layerOf(0, -0.01));
    expect(said()).toBe('');
  });
});
