/** The layers' memory in a line, in warnings and in sentences; figures as they are written. */
import { describe, expect, test } from 'vitest';
import { counted } from '../../src/base/words.js';
import { memoryOf } from '../../src/probe/memory.js';
import { clippingOf } from '../../src/report/clipping.js';
import { auditFinding, clippingFinding, headline, matrixFinding } from '../../src/report/findings.js';
import type { LayerWith } from '../../src/report/inspection.js';
import { memoryLine, memorySentence, memoryWarning } from '../../src/report/memory.js';
import { between, count, listed, percent, power, shareOf, short, signed } from '../../src/report/numbers.js';
import { inspectionPage } from '../../src/report/page/page.js';
import { windowInWords } from '../../src/text/windows.js';
import { exampleData } from './example.js';

/** A layer whose gradient changes by so many decades a step. */
function layerOf(layer: number, decades: number, timesteps = 64): LayerWith<'memory' | 'lagLog10'> {
  const lagLog10 = { h: Array.from({ length: timesteps }, (_, k) => -3 + k * decades), c: null };
  return { layer, lagLog10, memory: memoryOf(lagLog10) };
}

test('a window of one timestep has no memory to speak of', () => {
  expect(memorySentence(layerOf(0, -0.3, 1), 2, 1)).toBe(
    'A window of one timestep has no way back in layer 0: take a longer --window.',
  );
});

describe('the line', () => {
  test('of one layer', () => {
    expect(memoryLine([layerOf(0, -0.3)], 64)).toBe('1%: lag 7 of 64, vanishing');
    expect(memoryLine([layerOf(0, -0.01)], 64)).toBe('1%: beyond lag 63, preserved');
  });

  test('of several names each lag, and counts the verdicts', () => {
    expect(memoryLine([layerOf(0, -0.3), layerOf(1, -0.15), layerOf(2, -0.01)], 64)).toBe(
      '1%: lag 7, 14, >63 of 64, 2 of 3 vanishing',
    );
    expect(memoryLine([layerOf(0, -0.3), layerOf(1, -0.3)], 64)).toBe('1%: lag 7 of 64, all vanishing');
    expect(memoryLine([layerOf(0, -0.01), layerOf(1, 0)], 64)).toBe('1%: lag >63 of 64, all preserved');
    expect(memoryLine([layerOf(0, 0.1), layerOf(1, -0.3)], 64)).toBe(
      '1%: lag >63, 7 of 64, 1 of 2 exploding, 1 of 2 vanishing',
    );
  });

  test('of many names the ends alone, so that it fits a line', () => {
    const many = Array.from({ length: 12 }, (_, l) => layerOf(l, -0.1 - l / 10));
    expect(memoryLine(many, 64)).toBe('1%: lag 2–20 of 64, all vanishing');
  });

  test('of layers without a measurement is empty', () => {
    expect(memoryLine([{ layer: 0 }], 64)).toBe('');
  });
});

test('a warning tells the layer, the kind and how far; a preserved gradient gives none', () => {
  expect(memoryWarning(layerOf(1, -2), 64)).toBe(
    'layer 1 vanishes: 1% of its gradient is left 1 of 64 timesteps back',
  );
  expect(memoryWarning(layerOf(0, 0.5), 64)).toMatch(/^layer 0 explodes: .* a hundredfold/);
  expect(memoryWarning(layerOf(0, 0), 64)).toBeNull();
  expect(memoryWarning({ layer: 0 }, 64)).toBeNull();
});

test('what is preserved is told with how much is left', () => {
  expect(memorySentence(layerOf(0, -0.01, 31), 1, 31)).toBe(
    "After 30 steps back 50% of the last loss's gradient is left: it is preserved.",
  );
});

test('the headline speaks of all layers at once', () => {
  expect(headline([layerOf(0, -0.3)], 64)).toBe('The gradient vanishes: 1% is left after 7 of 64 timesteps.');
  expect(headline([layerOf(0, -0.3), layerOf(1, -0.15)], 64)).toBe(
    'The gradient vanishes in both layers: 1% is left after 7 to 14 of 64 timesteps, by layer.',
  );
  expect(headline([layerOf(0, -0.3), layerOf(1, 0), layerOf(2, 0.2)], 64)).toBe(
    'The gradient vanishes in layer 0, explodes in layer 2 and is preserved in layer 1: ' +
      '1% is left after 7 to beyond the window of 64 timesteps, by layer.',
  );
});

test('clipping counts the steps that were scaled down, and by how much', () => {
  const scales = [1, 0.5, 0.25, 1, 0.1, 1].map((clipScale) => ({ clipScale }));
  expect(clippingOf(scales)).toEqual({ steps: 6, clipped: 3, medianScale: 0.25, smallestScale: 0.1 });
  expect(clippingOf([{ clipScale: 1 }])).toEqual({
    steps: 1,
    clipped: 0,
    medianScale: null,
    smallestScale: null,
  });
});

test('of one there is no plural', () => {
  expect([counted(0, 'step'), counted(1, 'step'), counted('1,234', 'step')]).toEqual([
    '0 steps',
    '1 step',
    '1,234 steps',
  ]);
  expect(counted(1, 'entry', 'entries')).toBe('1 entry');
  expect(windowInWords({ rows: 1, timesteps: 1 })).toBe('1 row of 1 timestep');
  expect(headline([layerOf(0, -0.3, 1)], 1)).toBe(
    'A window of one timestep has no way back: take a longer --window.',
  );
});

test('clipping in a sentence: of no step, one, several', () => {
  const { history, ...rest } = exampleData();
  const told = (...scales: number[]): string | null =>
    clippingFinding({
      ...rest,
      history: {
        ...history,
        updates: scales.map((clipScale, i) => ({ ...history.updates[0], step: i + 1, clipScale })),
      },
    });
  expect(told(1)).toBe('The one step was not clipped at norm 5.');
  expect(told(0.5)).toBe('The one step was clipped at norm 5, by a factor of 0.5.');
  expect(told(1, 1)).toBe('None of 2 steps was clipped at norm 5.');
  expect(told(1, 1, 0.25, 1)).toBe('1 of 4 steps (25%) was clipped at norm 5, by a factor of 0.25.');
  expect(told(0.5, 0.25, 0.125, 1)).toBe(
    '3 of 4 steps (75%) were clipped at norm 5; half of those by a factor of 0.25 or less, the strongest by 0.125.',
  );
});

test('the audit is told at the window it was measured on, whatever the run trains with', () => {
  const data = exampleData({ timesteps: 32 });
  expect(auditFinding(data)).toBe(
    'Cut off after 32 timesteps, the gradient lacks 0.4% of what 128 timesteps give.',
  );
  // As `inspect --window 8` of the same run.
  const { audit, window } = exampleData({ timesteps: 8 }).measured;
  const shorter = { ...data, measured: { ...data.measured, window, audit } };
  expect(data.history.info.options['window']).toBe(32);
  expect(auditFinding(shorter)).toMatch(/^Cut off after 8 timesteps, .* of what 32 timesteps give\.$/);
  expect(inspectionPage(shorter)).toContain('T = 8');
  expect(inspectionPage(shorter)).not.toContain('T = 32');
});

test('a range whose ends read the same is one figure', () => {
  expect(between('1%', '1%')).toBe('1%');
  const data = exampleData();
  const log10 = [[0], [-7.1, 0]];
  const same = { ...data, measured: { ...data.measured, matrix: { layers: [{ layer: 0, log10 }] } } };
  expect(matrixFinding(same, 0)).toBe(
    "Layer 0: 1 timestep back 10⁻⁷ of a loss's gradient is left, wherever in the window the loss is.",
  );
});

describe('figures', () => {
  test.each([
    [power(-5), '10⁻⁵'],
    [power(0), '10⁰'],
    [power(-12.5), '10⁻¹²·⁵'],
    [percent(0), '0%'],
    [percent(1), '100%'],
    [percent(0.0949), '9.5%'],
    [percent(0.0999), '10%'],
    [percent(0.0004), '0.04%'],
    [percent(-0.2), '−20%'],
    [shareOf(-2), '1%'],
    [shareOf(-46.3), '10⁻⁴⁶'],
    [shareOf(null), '0'],
    [short(0), '0'],
    [short(0.0123456), '0.0123'],
    [short(4.56e-9), '4.6×10⁻⁹'],
    [short(-12345), '-12300'],
    [signed(-0.1234), '−0.123'],
    [signed(0.1), '+0.100'],
    [signed(-1e-9), '0.000'],
    [count(1234567), '1,234,567'],
    [listed(['a', 'b', 'c']), 'a, b and c'],
  ])('%s', (written, expected) => {
    expect(written).toBe(expected);
  });
});
