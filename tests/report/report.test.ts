/** The gradient by lag in characters and in words. */
import { describe, expect, test } from 'vitest';
import type { LayerReport, Memory } from '../../src/bptt/report.js';
import { memoryOf } from '../../src/probe/memory.js';
import { lagChart } from '../../src/report/terminal/lag-chart.js';
import { memoryInBrief, memorySentence } from '../../src/report/memory.js';

const layerOf = (h: readonly (number | null)[], layer = 0): LayerReport => ({
  layer,
  lagLog10: { h, c: null },
  memory: memoryOf({ h, c: null }),
});

describe('the chart', () => {
  const lines = (h: readonly (number | null)[]): string[] =>
    lagChart([layerOf(h)])
      .split('\n')
      .map((line) => line.trimEnd());

  test('begins at lag 0, whatever the norm is there, and fits a terminal', () => {
    const chart = lines(Array.from({ length: 200 }, (_, k) => -7 - k / 50));
    expect(chart[0]).toMatch(/^ +10⁰┼─/);
    expect(chart.at(-2)).toMatch(/^ +10⁻⁴┼ .*╰─+$/);
    expect(chart.at(-1)).toMatch(/^ +lag 0 +lag 199$/);
    expect(Math.max(...chart.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(chart).toHaveLength(10);
  });

  test('a level curve looks level', () => {
    const chart = lines([-3, -3.01, -3, -2.99, -3]);
    expect(chart.filter((line) => /[─╮╰╭╯]/.test(line))).toHaveLength(1);
  });

  test('what lies twelve decades down, or is exactly 0, runs along the bottom', () => {
    const chart = lines([0, -20, -300, null, null]);
    expect(chart.at(-2)).toMatch(/^ +10⁻¹²┼.*╰───$/);
  });

  test('in a short window the names of the lags do not run into one another', () => {
    expect(lines([0, -1]).at(-1)).toMatch(/^ +lag 0 lag 1$/);
    expect(lines(Array.from({ length: 11 }, (_, k) => -k)).at(-1)).toMatch(/^ +lag 0 lag 10$/);
  });

  test('a curve that grows has room above', () => {
    expect(lines([-1, 0, 1, 2, 3])[0]).toMatch(/^ +10⁴┤/);
  });

  test('of a single timestep, or without a gradient, there is none', () => {
    expect(lagChart([layerOf([-3])])).toBe('');
    expect(lagChart([layerOf([null, null])])).toBe('');
    expect(lagChart([{ layer: 0 }])).toBe('');
  });
});

describe('the sentence', () => {
  const sentence = (h: readonly (number | null)[], layers = 1): string =>
    memorySentence(layerOf(h, layers - 1), layers, h.length);

  test('of a gradient that vanishes', () => {
    // A tenth a step.
    const curve = Array.from({ length: 10 }, (_, k) => -k);
    expect(sentence(curve)).toBe(
      "Half of the last loss's gradient is gone after 1 step back, 1% is left after 2, one millionth after 6; " +
        'each step keeps 10% of what the step before had: it vanishes.',
    );
    expect(sentence(curve, 3)).toMatch(
      /^Half of the last loss's gradient is gone in layer 2 after 1 step back, /,
    );
  });

  test('of one that vanishes, but not to a millionth', () => {
    const curve = Array.from({ length: 21 }, (_, k) => -k / 8);
    expect(sentence(curve)).toBe(
      "Half of the last loss's gradient is gone after 3 steps back, 1% is left after 16; " +
        'each step keeps 75% of what the step before had: it vanishes.',
    );
  });

  test('of one that is preserved', () => {
    expect(sentence(new Array<number>(33).fill(-5))).toBe(
      "After 32 steps back 100% of the last loss's gradient is left: it is preserved.",
    );
  });

  test('of one that explodes', () => {
    expect(sentence([0, 1, 2, 3])).toBe(
      "On its way back the last loss's gradient grows more than a hundredfold within 4 timesteps: it explodes.",
    );
  });

  test('of none is none', () => {
    expect(memorySentence({ layer: 0 }, 1, 5)).toBe('');
  });

  test('in brief', () => {
    const memory: Memory = { halfLife: 1, lag1pct: 7, lag1e6: null, slope: -0.3, verdict: 'vanishing' };
    expect(memoryInBrief(memory, 64)).toBe('1%: lag 7 of 64, vanishing');
    expect(memoryInBrief({ ...memory, lag1pct: null, verdict: 'preserved' }, 64)).toBe(
      '1%: beyond lag 63, preserved',
    );
  });
});
