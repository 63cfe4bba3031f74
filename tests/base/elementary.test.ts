/** Held to the language's own functions, which are near the right number, and to what is known exactly. */
import { describe, expect, test } from 'vitest';
import { cosOfTurns, exp, exp10, log, log10, tanh, wholePower } from '../../src/base/elementary.js';
import { Rng } from '../../src/base/rng.js';

/** Of the whole range of numbers, evenly by their size. */
function* sizes(seed: number, from = -320, to = 308): Generator<number> {
  const rng = Rng.fromSeed(seed);
  for (let i = 0; i < 20_000; i++) yield 10 ** (from + (to - from) * rng.uniform());
}
const apart = (a: number, b: number): number => Math.abs(a - b) / Math.max(Math.abs(b), Number.MIN_VALUE);
/** Two units in the last place. */
const CLOSE = 2 ** -51;

describe('own functions, seed 1', () => {
  test('log and log10 over all sizes, and near 1', () => {
    for (const x of sizes(1)) {
      expect(apart(log(x), Math.log(x))).toBeLessThan(CLOSE);
      expect(apart(log10(x), Math.log10(x))).toBeLessThan(CLOSE);
    }
    for (const d of sizes(2, -16, -0.2))
      for (const x of [1 + d, 1 - d]) if (x !== 1) expect(apart(log(x), Math.log(x))).toBeLessThan(CLOSE);
    for (const [f, own] of [
      [Math.log, log],
      [Math.log10, log10],
    ] as const)
      for (const x of [0, -0, -1, Infinity, -Infinity, NaN, 1, Number.MIN_VALUE, Number.MAX_VALUE])
        expect(Number.isFinite(f(x)) ? apart(own(x), f(x)) < CLOSE : Object.is(own(x), f(x)), String(x)).toBe(
          true,
        );
  });

  test('powers of ten are whole logarithms, and back', () => {
    for (let n = -307; n <= 308; n++) {
      expect(log10(Number(`1e${n}`))).toBe(n);
      expect(exp10(n)).toBe(Number(`1e${n}`));
    }
  });

  test('exp and exp10 from where nothing is left to where nothing has room', () => {
    const rng = Rng.fromSeed(3);
    for (let i = 0; i < 20_000; i++) {
      const x = -745 + 1454 * rng.uniform();
      // A number too small for all its digits is right to its last place.
      const least = x < -708 ? Number.MIN_VALUE : 0;
      expect(Math.abs(exp(x) - Math.exp(x))).toBeLessThanOrEqual(Math.max(CLOSE * Math.exp(x), least));
      const y = -307 + 615 * rng.uniform();
      expect(apart(exp10(y), 10 ** y)).toBeLessThan(8 * CLOSE);
    }
    for (const [x, value] of [
      [0, 1],
      [-0, 1],
      [1000, Infinity],
      [-1000, 0],
      [Infinity, Infinity],
      [-Infinity, 0],
      [NaN, NaN],
    ]) {
      expect(exp(x)).toBe(value);
      expect(exp10(x)).toBe(value);
    }
  });

  test('tanh, cos of turns, whole powers', () => {
    const rng = Rng.fromSeed(4);
    for (let i = 0; i < 20_000; i++) {
      const [x, u] = [60 * (rng.uniform() - 0.5), rng.uniform()];
      expect(Math.abs(tanh(x) - Math.tanh(x))).toBeLessThan(1e-15);
      expect(Math.abs(cosOfTurns(u) - Math.cos(2 * Math.PI * u))).toBeLessThan(1e-15);
    }
    expect([0, 0.25, 0.5, 0.75, 1].map(cosOfTurns)).toEqual([1, -0, -1, 0, 1]);
    for (const n of [0, 1, 2, 7, 1000, 2 ** 31]) expect(wholePower(0.999, n)).toBeCloseTo(0.999 ** n, 12);
    expect(wholePower(3, 21)).toBe(10460353203);
  });

  test('the same bits as ever: of sums and products nothing else can come', () => {
    expect([log(3), log10(3), exp(3.3), exp10(-2.5), tanh(0.4), cosOfTurns(0.3)]).toMatchInlineSnapshot(`
      [
        1.0986122886681098,
        0.4771212547196625,
        27.112638920657883,
        0.003162277660168379,
        0.37994896225522495,
        -0.30901699437494734,
      ]
    `);
  });
});
