/** The five figures of a lag curve, on curves made by hand. */
import { describe, expect, test } from 'vitest';
import { memoryOf, stateLog10 } from '../../src/probe/memory.js';

const line = (slope: number, length: number, start = 0): number[] =>
  Array.from({ length }, (_, k) => start + slope * k);
const ofH = (h: readonly (number | null)[]) => memoryOf({ h, c: null });

describe('memoryOf', () => {
  test('a falling line', () => {
    const memory = ofH(line(-0.125, 65));
    // 10^(−k/8) is 0.56 at k = 2 and 0.42 at k = 3
    expect(memory).toEqual({ halfLife: 3, lag1pct: 16, lag1e6: 48, slope: -0.125, verdict: 'vanishing' });
  });

  test('figures are relative to lag 0, wherever that is', () => {
    const { slope, ...rest } = ofH(line(-0.125, 65, -200));
    expect(rest).toEqual({ halfLife: 3, lag1pct: 16, lag1e6: 48, verdict: 'vanishing' });
    expect(slope).toBeCloseTo(-0.125, 12);
  });

  test('the window ends before', () => {
    expect(ofH(line(-0.125, 16))).toMatchObject({
      halfLife: 3,
      lag1pct: null,
      lag1e6: null,
      verdict: 'preserved',
    });
    expect(ofH(line(-0.125, 17))).toMatchObject({ lag1pct: 16, lag1e6: null, verdict: 'vanishing' });
    expect(ofH([0, -0.25])).toMatchObject({
      halfLife: null,
      lag1pct: null,
      lag1e6: null,
      verdict: 'preserved',
    });
  });

  test('the first lag at or below counts, though the curve rises again', () => {
    expect(ofH([0, -0.5, 0, -2, -1, -6.5, 0])).toMatchObject({ halfLife: 1, lag1pct: 3, lag1e6: 5 });
  });

  test('at the level is below it', () => {
    expect(ofH([0, Math.log10(0.5)]).halfLife).toBe(1);
    expect(ofH([0, Math.log10(0.5) + 1e-12]).halfLife).toBeNull();
    expect(ofH([0, -2])).toMatchObject({ lag1pct: 1, verdict: 'vanishing' });
    expect(ofH([0, -1.999])).toMatchObject({ lag1pct: null, verdict: 'preserved' });
    expect(ofH([0, -6]).lag1e6).toBe(1);
  });

  test('a flat and a rising line', () => {
    expect(ofH([1, 1, 1, 1])).toEqual({
      halfLife: null,
      lag1pct: null,
      lag1e6: null,
      slope: 0,
      verdict: 'preserved',
    });
    expect(ofH(line(0.25, 8)).verdict).toBe('preserved');
    expect(ofH(line(0.25, 9))).toEqual({
      halfLife: null,
      lag1pct: null,
      lag1e6: null,
      slope: 0.25,
      verdict: 'exploding',
    });
  });

  test('exploding, whatever comes after', () => {
    expect(ofH([0, 2, -5])).toMatchObject({ halfLife: 2, lag1pct: 2, verdict: 'exploding' });
    expect(ofH([0, -5, 2])).toMatchObject({ halfLife: 1, verdict: 'exploding' });
  });

  test('an exact 0 lies below every level and has no place in the slope', () => {
    expect(ofH([0, -0.25, null, null])).toEqual({
      halfLife: 2,
      lag1pct: 2,
      lag1e6: 2,
      slope: -0.25,
      verdict: 'vanishing',
    });
    expect(ofH([0, -1, null, -3])).toMatchObject({ halfLife: 1, lag1pct: 2, lag1e6: 2, slope: -1 });
    expect(ofH([0, null])).toEqual({ halfLife: 1, lag1pct: 1, lag1e6: 1, slope: null, verdict: 'vanishing' });
  });

  test('nothing but zeros: there was no gradient to lose', () => {
    expect(ofH([null, null, null])).toEqual({
      halfLife: 0,
      lag1pct: 0,
      lag1e6: 0,
      slope: null,
      verdict: 'vanishing',
    });
  });

  test('a curve that starts with an exact 0 keeps its slope', () => {
    expect(ofH([null, -1, -1.5]).slope).toBeCloseTo(-0.5, 12);
    expect(ofH([null, -1]).slope).toBeNull();
  });

  test('a single lag', () => {
    expect(ofH([-3])).toEqual({
      halfLife: null,
      lag1pct: null,
      lag1e6: null,
      slope: null,
      verdict: 'preserved',
    });
  });

  test('the slope is that of least squares', () => {
    // y − mean: −1 −1 0 2 on k − mean: −1.5 −0.5 0.5 1.5 → 5 / 5
    expect(ofH([0, 0, 1, 3]).slope).toBeCloseTo(1, 12);
    expect(ofH([0, null, 1, 3]).slope).toBeCloseTo(0.9285714285714286, 12);
  });
});

describe('the state norm', () => {
  test('√(‖∂h‖² + ‖∂c‖²)', () => {
    const [both] = stateLog10({ h: [Math.log10(3)], c: [Math.log10(4)] });
    expect(both).toBeCloseTo(Math.log10(5), 14);
    expect(stateLog10({ h: [0, -7], c: null })).toEqual([0, -7]);
  });

  test('far beyond what a float64 holds', () => {
    const curve = stateLog10({ h: [-2000, 5000, -400], c: [-2000, 4000, -399] });
    expect(curve[0]).toBeCloseTo(-2000 + Math.log10(2) / 2, 10);
    expect(curve[1]).toBe(5000);
    expect(curve[2]).toBeCloseTo(-399 + Math.log10(1.01) / 2, 10);
  });

  test('an exact 0 of one state leaves the other', () => {
    expect(stateLog10({ h: [null, -1, null], c: [-2, null, null] })).toEqual([-2, -1, null]);
  });

  test('is what the figures are of: c keeps what h has lost', () => {
    const [h, c] = [line(-1, 10), line(-0.125, 10)];
    expect(memoryOf({ h, c: null })).toMatchObject({ lag1pct: 2, verdict: 'vanishing' });
    expect(memoryOf({ h, c })).toMatchObject({ lag1pct: null, verdict: 'preserved' });
    expect(memoryOf({ h: h.map(() => null), c })).toEqual(memoryOf({ h: c, c: null }));
  });
});
