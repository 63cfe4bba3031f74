/** The gradient by lag in characters. */
import { describe, expect, test } from 'vitest';
import { en } from '../../../src/words/en/words.js';
import type { LayerReport } from '../../../src/bptt/report.js';
import { memoryOf } from '../../../src/probe/memory.js';
import { lagChart } from '../../../src/ui/terminal/lag-chart.js';

const layerOf = (h: readonly (number | null)[], layer = 0): LayerReport => ({
  layer,
  lagLog10: { h, c: null },
  memory: memoryOf({ h, c: null }),
});

describe('the chart', () => {
  const lines = (h: readonly (number | null)[]): string[] =>
    lagChart([layerOf(h)], en)
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

  test('leaves out a layer whose numbers are none, or cannot be followed', () => {
    const [sound, broken] = [layerOf([0, -1, -2], 0), layerOf([0, NaN, -2], 1)];
    const lost: LayerReport = { ...layerOf([0, -1, -2], 1), flags: ['chaotic'] };
    expect(broken.memory?.verdict).toBe('not-finite');
    for (const other of [broken, lost]) {
      expect(lagChart([other], en)).toBe('');
      expect(lagChart([sound, other], en)).toBe(lagChart([sound], en));
    }
  });

  test('of a single timestep, or without a gradient, there is none', () => {
    expect(lagChart([layerOf([-3])], en)).toBe('');
    expect(lagChart([layerOf([null, null])], en)).toBe('');
    expect(lagChart([{ layer: 0 }], en)).toBe('');
  });
});
