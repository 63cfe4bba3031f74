/**
 * What measuring rests on: the derivatives that float64 engines keep, right to the last digits however far the
 * activation is saturated, and a loss whose gradient does not cancel where a prediction is nearly sure.
 */
import { describe, expect, test } from 'vitest';
import { openReference } from '../../src/kernels/reference.js';
import { float64Engines } from '../engines.js';

const all = [{ name: 'reference', open: () => Promise.resolve(openReference()) }, ...float64Engines];

/** 1/(e^x + 2 + e^−x), and 4 times that of 2x: no difference is formed. */
const sigmoidSlope = (x: number): number => 1 / (Math.exp(x) + 2 + Math.exp(-x));
const tanhSlope = (x: number): number => 4 * sigmoidSlope(2 * x);
const far = (x: number): number => Math.exp(-Math.abs(x));

const points = Float64Array.from({ length: 3001 }, (_, j) => (j - 1500) / 4.5);

const worst = (found: ArrayLike<number>, expected: ArrayLike<number>): number =>
  Array.from(found, (x, j) => Math.abs(x / expected[j] - 1)).reduce((a, b) => Math.max(a, b));

describe.each(all)('$name', ({ open }) => {
  test.each([
    ['tanh', Math.tanh, tanhSlope],
    ['sigmoid', (x: number) => (x < 0 ? far(x) : 1) / (1 + far(x)), sigmoidSlope],
  ] as const)('%s and its derivative to 1e-14 of themselves, down to 1e-280', async (kind, of, slope) => {
    const kernels = await open();
    const [h, slopes] = [kernels.matrix(1, points.length), kernels.matrix(1, points.length)];
    h.data.set(points);
    kernels.vanillaForward(kind, h, slopes);
    const nonZero = [...points.keys()].filter((j) => points[j] !== 0);
    expect(
      worst(
        nonZero.map((j) => h.data[j]),
        nonZero.map((j) => of(points[j])),
      ),
    ).toBeLessThan(1e-14);
    expect(worst(slopes.data, Array.from(points, slope))).toBeLessThan(1e-13);
  });

  test('what goes back through saturated cells is not 0', async () => {
    const kernels = await open();
    const one = (x: number) => {
      const matrix = kernels.matrix(1, 1);
      matrix.data[0] = x;
      return matrix;
    };
    const row = (...xs: readonly number[]) => {
      const matrix = kernels.matrix(1, xs.length);
      matrix.data.set(xs);
      return matrix;
    };
    // c = 40: tanh′ = 4e^−80
    const [h, c, squashed, gates, slopes] = [
      one(0),
      one(0),
      one(0),
      row(0, 300, 0.5, 50),
      row(0, 0, 0, 0, 0),
    ];
    kernels.lstmForward(h, c, squashed, gates, one(40), slopes);
    expect(squashed.data[0]).toBe(1);
    const [delta, dc, dcPrev] = [row(0, 0, 0, 0), one(0), one(0)];
    kernels.lstmBackward(delta, dc, dcPrev, one(1), gates, squashed, one(40), slopes);
    expect(dc.data[0] / tanhSlope(c.data[0])).toBeCloseTo(1, 12);
    expect(delta.data[1] / (dc.data[0] * 40 * far(300))).toBeCloseTo(1, 12);
    expect(delta.data[3] / far(50)).toBeCloseTo(1, 12);

    // z = 1 to the last digit: 1 − z = e^−50
    const [gruGates, gruSlopes, gruH] = [row(0, 50, 0.5), row(0, 0, 0, 0), one(0)];
    const candidate = one(0);
    kernels.gruForward(gruH, candidate, gruGates, row(0, 0, 0), one(0.25), gruSlopes);
    const [da, db, dhPrev] = [row(0, 0, 0), row(0, 0, 0), one(0)];
    kernels.gruBackward(da, db, dhPrev, one(1), gruGates, candidate, one(0.25), gruSlopes);
    expect(da.data[2] / (far(50) * tanhSlope(0.5))).toBeCloseTo(1, 12);
    expect(da.data[1] / ((0.25 - Math.tanh(0.5)) * far(50))).toBeCloseTo(1, 12);
  });

  test('a nearly sure prediction keeps its loss and its gradient', async () => {
    const kernels = await open();
    const [losses, logits, targets] = [kernels.matrix(1, 1), kernels.matrix(1, 3), kernels.ids(1)];
    logits.data.set([100, 20, 10]);
    targets.data[0] = 0;
    kernels.softmaxCrossEntropy(losses, logits, targets, 1);
    const others = Math.exp(-80) + Math.exp(-90);
    expect(losses.data[0] / others).toBeCloseTo(1, 12);
    expect(logits.data[0] / -others).toBeCloseTo(1, 12);
    expect(logits.data[1] / Math.exp(-80)).toBeCloseTo(1, 12);
  });
});
