/** Views over an engine's memory, and the generator whose state can be kept. */
import { describe, expect, test } from 'vitest';
import { Ids, Matrix } from '../../src/base/matrix.js';
import { Rng } from '../../src/base/rng.js';

describe('a matrix', () => {
  const memory = { buffer: new ArrayBuffer(256) };
  const matrix = new Matrix(memory, 'f32', 8, 4, 3);
  matrix.data.set(Array.from({ length: 12 }, (_, i) => i));

  test('its rows, and other shapes of it, are the same numbers', () => {
    const rows = matrix.rowRange(1, 2);
    expect([rows.rows, rows.cols, [...rows.data]]).toEqual([2, 3, [3, 4, 5, 6, 7, 8]]);
    const other = matrix.reshaped(2, 2, 5);
    expect([...other.data]).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    other.data[0] = 99;
    expect(matrix.data[2]).toBe(99);
    other.data[0] = 2;
    expect(new Matrix(memory, 'f64', 16, 2, 2).data).toBeInstanceOf(Float64Array);
  });

  test('a view that reaches beyond it is refused', () => {
    expect(() => matrix.rowRange(3, 2)).toThrow(RangeError);
    expect(() => matrix.rowRange(-1, 2)).toThrow(RangeError);
    expect(() => matrix.rowRange(0, -1)).toThrow(RangeError);
    expect(() => matrix.reshaped(3, 2, 5)).toThrow(RangeError);
    expect(matrix.rowRange(4, 0).length).toBe(0);
  });

  test('ids, and a range of them', () => {
    const ids = new Ids({ buffer: new ArrayBuffer(32) }, 16, 4);
    ids.data.set([5, 6, 7, 8]);
    expect([...ids.range(1, 2).data]).toEqual([6, 7]);
    expect(() => ids.range(3, 2)).toThrow(RangeError);
  });
});

describe('random numbers', () => {
  test('go on from a state as they would have', () => {
    const rng = Rng.fromSeed(42);
    for (let i = 0; i < 10; i++) rng.normal();
    const { state } = rng;
    const expected = [rng.uniform(), rng.normal(), rng.uint32()];
    // The state is a copy, and fit for JSON.
    const again = Rng.fromState(JSON.parse(JSON.stringify(state)) as number[]);
    expect([again.uniform(), again.normal(), again.uint32()]).toEqual(expected);
  });

  test('of neighbouring seeds have nothing in common from the first on (seeds −3 … 3)', () => {
    const firsts = [-3, -2, -1, 0, 1, 2, 3].map((seed) => Rng.fromSeed(seed).uniform());
    const gaps = [...firsts].sort((a, b) => a - b).map((x, i, all) => x - (all[i - 1] ?? -1));
    expect(Math.min(...gaps)).toBeGreaterThan(1e-3);
  });

  test('uniform and normal have the moments of their names (seed 12)', () => {
    const rng = Rng.fromSeed(12);
    const count = 20_000;
    const uniform = Array.from({ length: count }, () => rng.uniform());
    expect(uniform.every((x) => x >= 0 && x < 1)).toBe(true);
    const normal = Array.from({ length: count }, () => rng.normal());
    const moment = (values: number[], power: number): number =>
      values.reduce((sum, x) => sum + x ** power, 0) / values.length;
    // Five deviations of each mean.
    const room = (variance: number): number => 5 * Math.sqrt(variance / count);
    expect(Math.abs(moment(uniform, 1) - 1 / 2)).toBeLessThan(room(1 / 12));
    expect(Math.abs(moment(uniform, 2) - 1 / 3)).toBeLessThan(room(4 / 45));
    expect(Math.abs(moment(normal, 1))).toBeLessThan(room(1));
    expect(Math.abs(moment(normal, 2) - 1)).toBeLessThan(room(2));
    expect(Math.abs(moment(normal, 4) - 3)).toBeLessThan(room(96));
  });
});
