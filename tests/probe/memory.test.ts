/** The figures of a lag curve, on curves made by hand. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Memory } from '../../src/probe/memory.js';
import { memoryOf, stateLog10 } from '../../src/probe/memory.js';

const line = (slope: number, length: number, start = 0): number[] =>
  Array.from({ length }, (_, k) => start + slope * k);
const ofH = (h: readonly (number | null)[], rows?: readonly (readonly (number | null)[])[]): Memory =>
  memoryOf({ h, c: null }, rows && { rows });
const verdict = (h: readonly (number | null)[]): string => ofH(h).verdict;

/** Falls by `decades` over `steps`, then goes on at `pace` a step. */
const twoParts = (decades: number, steps: number, pace: number, length: number): number[] =>
  Array.from({ length }, (_, k) => (k < steps ? (-decades * k) / steps : -decades + pace * (k - steps)));

const NONE = { drop: null, tail: null, timeConstant: null };

describe('memoryOf', () => {
  test('a falling line is a tail alone', () => {
    // 10^(−k/8) is 0.56 at k = 2 and 0.42 at k = 3
    expect(ofH(line(-0.125, 65))).toEqual({
      ...{ halfLife: 3, lag1pct: 16, lag1e6: 48, verdict: 'vanishing' },
      drop: { decades: 0, lag: 0 },
      tail: { decadesPerStep: -0.125, standardError: null },
      timeConstant: 8 * Math.LOG10E,
    });
  });

  test('figures are relative to lag 0, wherever that is', () => {
    const { tail, drop, timeConstant, ...rest } = ofH(line(-0.125, 65, -200));
    expect(rest).toEqual({ halfLife: 3, lag1pct: 16, lag1e6: 48, verdict: 'vanishing' });
    expect(tail?.decadesPerStep).toBeCloseTo(-0.125, 12);
    expect(timeConstant).toBeCloseTo(8 * Math.LOG10E, 9);
    expect(drop).toEqual({ decades: 0, lag: 0 });
  });

  test('the window ends before', () => {
    expect(ofH(line(-0.125, 16))).toMatchObject({ halfLife: 3, lag1pct: null, lag1e6: null });
    expect(ofH(line(-0.125, 17))).toMatchObject({ lag1pct: 16, lag1e6: null });
    expect(ofH([0, -0.25])).toMatchObject({ halfLife: null, lag1pct: null, lag1e6: null });
  });

  test('the first lag at or below counts, though the curve rises again', () => {
    expect(ofH([0, -0.5, 0, -2, -1, -6.5, 0])).toMatchObject({ halfLife: 1, lag1pct: 3, lag1e6: 5 });
  });

  test('at the level is below it', () => {
    expect(ofH([0, Math.log10(0.5)]).halfLife).toBe(1);
    expect(ofH([0, Math.log10(0.5) + 1e-12]).halfLife).toBeNull();
    expect(ofH([0, -2]).lag1pct).toBe(1);
    expect(ofH([0, -1.999]).lag1pct).toBeNull();
    expect(ofH([0, -6]).lag1e6).toBe(1);
  });
});

describe('drop and tail', () => {
  test('of a curve that falls first and then stays level', () => {
    const { drop, tail, timeConstant, verdict } = ofH(twoParts(5.4, 50, 0, 256));
    // Within 0.3 decades of the level from 5.1 on, which k·5.4/50 passes between 47 and 48.
    expect(drop?.lag).toBe(48);
    expect(drop?.decades).toBeCloseTo((5.4 * 48) / 50, 12);
    expect(tail?.decadesPerStep).toBeCloseTo(0, 12);
    expect(verdict).toBe('thin');
    expect(timeConstant === null || timeConstant > 1e9).toBe(true);
  });

  test('of one whose tail falls', () => {
    const { drop, tail, timeConstant, verdict } = ofH(twoParts(4, 8, -0.1, 64));
    expect(tail?.decadesPerStep).toBeCloseTo(-0.1, 12);
    expect(timeConstant).toBeCloseTo(Math.LOG10E / 0.1, 9);
    // The line at lag k is −3.2 − 0.1·k, the curve −0.5·k until 8: apart by 3.2 − 0.4·k.
    expect(drop).toEqual({ decades: 4, lag: 8 });
    expect(verdict).toBe('vanishing');
  });

  test('what is gained before the tail is a negative drop', () => {
    expect(ofH(twoParts(-1, 10, 0, 64)).drop?.decades).toBeLessThan(-0.6);
  });

  test('the tail is least squares over the lags from half the window on', () => {
    // T = 6: lags 3, 4, 5; −1 0 1 on 0 0 3 → 3 / 2
    expect(ofH([9, -9, 4, 0, 0, 3]).tail?.decadesPerStep).toBeCloseTo(1.5, 12);
    // T = 7: lags 4, 5, 6
    expect(ofH([9, -9, 4, 99, 0, 0, 3]).tail?.decadesPerStep).toBeCloseTo(1.5, 12);
  });

  test('a tail that wanders further than 0.3 decades begins at T/2 at the latest', () => {
    const rough = Array.from({ length: 64 }, (_, k) => (k < 10 ? -k / 2 : -5 + (k % 2)));
    const { drop } = ofH(rough);
    expect(drop?.lag).toBeGreaterThanOrEqual(7);
    expect(drop?.lag).toBeLessThanOrEqual(32);
    const { lag, decades } = drop ?? { lag: -1, decades: NaN };
    expect(decades).toBe(0 - rough[lag]);
  });

  test('there is none with fewer than three lags, or an exact 0 among them', () => {
    for (const curve of [[-3], [0, -1], [0, -1, -2], [0, -1, -2, -3], [0, -1, -2, -3, -4]])
      expect(ofH(curve), String(curve.length)).toMatchObject(NONE);
    expect(ofH([0, -1, -2, -3, -4, -5]).tail?.decadesPerStep).toBeCloseTo(-1, 12);
    expect(ofH([0, -1, -2, -3, -4, null])).toMatchObject(NONE);
    expect(ofH([0, -1, -2, -3, -4, -5, null, null])).toMatchObject(NONE);
    // Elsewhere it takes the drop's beginning, not the tail.
    expect(ofH([0, null, -2, -3, -4, -5]).tail?.decadesPerStep).toBeCloseTo(-1, 12);
    expect(ofH([null, -1, -2, -3, -4, -5])).toMatchObject({ drop: null, tail: { standardError: null } });
  });

  test('a tail that does not fall has no time constant', () => {
    expect(ofH(line(0, 16)).timeConstant).toBeNull();
    expect(ofH(line(0.01, 16)).timeConstant).toBeNull();
  });
});

describe('the standard error over rows', () => {
  const rows = [-0.1, -0.2, -0.3, -0.4].map((slope) => line(slope, 16));
  test('is the deviation of their own slopes by √N', () => {
    const { tail } = ofH(line(-0.2, 16), rows);
    // √((0.15² + 0.05²)·2 / 3 / 4)
    expect(tail?.standardError).toBeCloseTo(Math.sqrt((2 * (0.15 ** 2 + 0.05 ** 2)) / 3 / 4), 12);
    expect(tail?.decadesPerStep).toBeCloseTo(-0.2, 12);
  });

  test('is unknown of one row, and passes over a row without a tail', () => {
    expect(ofH(line(-0.2, 16), [rows[0]]).tail?.standardError).toBeNull();
    const lost = [...line(-0.1, 12), null, null, null, null];
    expect(ofH(line(-0.2, 16), [...rows, lost]).tail).toEqual(ofH(line(-0.2, 16), rows).tail);
  });
});

describe('the verdict', () => {
  test('exploding: a hundredfold anywhere, or a tail that rises by two decades in T steps', () => {
    expect(verdict(line(0.25, 8))).toBe('exploding'); // 2 decades in 8 steps
    expect(verdict(line(0.2, 8))).toBe('preserved');
    expect(verdict([0, 2, -5])).toBe('exploding');
    expect(verdict([0, -5, 2])).toBe('exploding');
    expect(verdict([0, -3, -3, -3, -2.6, -2.2, -1.8, -1.4])).toBe('exploding');
    expect(verdict(twoParts(5, 16, 0.03, 64))).toBe('thin'); // 1.9 decades
  });

  test('vanishing: at 1%, and a decade less in T steps; or an exact 0', () => {
    expect(verdict(twoParts(3, 8, -1 / 60, 64))).toBe('vanishing');
    expect(verdict(twoParts(3, 8, -1 / 70, 64))).toBe('thin');
    expect(verdict(line(-1.9 / 63, 64))).toBe('preserved');
    expect(verdict([0, -0.25, null, null])).toBe('vanishing');
    expect(verdict([null, null, null])).toBe('vanishing');
  });

  test('thin: below 1% in the tail, which lasts; preserved: above', () => {
    expect(verdict(twoParts(2.5, 8, 0, 64))).toBe('thin');
    expect(verdict(twoParts(1.5, 8, 0, 64))).toBe('preserved');
    expect(verdict(line(0, 64))).toBe('preserved');
    // A dip is no level.
    expect(verdict([0, -3, ...line(0, 20, -1)])).toBe('preserved');
  });

  test('what chance can have made is neither a fall nor a rise', () => {
    const curve = twoParts(3, 8, -0.05, 64);
    const spread = (by: number): number[][] => [-1, 1].map((sign) => twoParts(3, 8, -0.05 + sign * by, 64));
    // Two rows: their standard error is `by`.
    expect(ofH(curve, spread(0.024)).verdict).toBe('vanishing');
    expect(ofH(curve, spread(0.026)).verdict).toBe('thin');
    const rising = twoParts(5, 8, 0.05, 64);
    const rows = (by: number) => [-1, 1].map((sign) => twoParts(5, 8, 0.05 + sign * by, 64));
    expect(ofH(rising, rows(0.024)).verdict).toBe('exploding');
    expect(ofH(rising, rows(0.026)).verdict).toBe('thin');
  });

  test('in a window too short for a tail: from what is left at its end', () => {
    expect(verdict([0, -2])).toBe('vanishing');
    expect(verdict([0, -3, -1])).toBe('preserved');
    expect(verdict([-3])).toBe('preserved');
  });

  test('dead: 95% of the units of a ReLU layer at 0, whatever else it would be but exploding', () => {
    const of = (h: readonly (number | null)[], atZero: number | null): string =>
      memoryOf({ h, c: null }, { atZero }).verdict;
    expect(of(line(0, 64), 0.97)).toBe('dead');
    expect(of(line(0, 64), 0.94)).toBe('preserved');
    expect(of(line(-0.5, 64), 0.97)).toBe('dead');
    expect(of([0, null, null], 1)).toBe('dead');
    expect(of(line(0.5, 64), 0.97)).toBe('exploding');
    expect(of(line(0, 64), null)).toBe('preserved');
  });

  test('not finite: nothing else is said', () => {
    const nothing = { halfLife: null, lag1pct: null, lag1e6: null, ...NONE, verdict: 'not-finite' };
    for (const bad of [NaN, Infinity, -Infinity]) {
      expect(ofH([0, -1, -2, bad])).toEqual(nothing);
      expect(ofH([bad, -1, null])).toEqual(nothing);
      expect(memoryOf({ h: [0, -1], c: [0, bad] })).toEqual(nothing);
      expect(memoryOf({ h: [0, bad], c: null }, { atZero: 1 })).toEqual(nothing);
    }
    expect(ofH([-1e308, 1e308])).toEqual(nothing);
  });
});

test('whatever the curve: figures are finite or null, lags lie in the window, drop is read off the curve', () => {
  const level = fc.oneof(
    { weight: 6, arbitrary: fc.double({ min: -50, max: 50, noNaN: true }) },
    fc.constantFrom(null, NaN, Infinity, -1e308, 1e308),
  );
  fc.assert(
    fc.property(fc.array(level, { minLength: 1, maxLength: 24 }), (h) => {
      const { halfLife, lag1pct, lag1e6, drop, tail, timeConstant } = ofH(h, [h, h]);
      for (const lag of [halfLife, lag1pct, lag1e6, drop?.lag])
        if (typeof lag === 'number') expect(h.length).toBeGreaterThan(lag);
      for (const figure of [drop?.decades, tail?.decadesPerStep, tail?.standardError, timeConstant])
        if (typeof figure === 'number') expect(figure).toSatisfy(Number.isFinite);
      if (timeConstant !== null) expect(timeConstant).toBeGreaterThan(0);
      if (drop) {
        expect(drop.decades).toBe((h[0] ?? NaN) - (h[drop.lag] ?? NaN));
        expect(drop.lag).toBeLessThanOrEqual(Math.ceil(h.length / 2));
      }
    }),
  );
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
