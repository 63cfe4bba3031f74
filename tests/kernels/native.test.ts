/** What only the native build has: denormals flushed, several engines in one thread, one memory each. */
import { describe, expect, test } from 'vitest';
import { INSTRUCTION_SETS, openNative } from '../../src/kernels/native.js';

const sets = INSTRUCTION_SETS.filter((set) => openNative({ wanted: set }) !== null);
if (sets.length === 0) console.warn('no native kernels were built here: their own tests are skipped');

describe.each(sets)('native, %s', (set) => {
  const open = () => {
    const engine = openNative({ wanted: set });
    if (engine === null) throw new Error('was there a moment ago');
    return engine;
  };

  test('takes denormals for 0, and leaves JavaScript’s own arithmetic alone', () => {
    const engine = open();
    const numbers = engine.matrix(1, 37);
    for (const x of [1e-40, -1e-40]) {
      numbers.data.fill(x);
      engine.scale(numbers, 1024); // 1e-37 would be an ordinary number
      expect(Array.from(numbers.data)).toEqual(new Array(37).fill(x < 0 ? -0 : 0));
    }
    numbers.data.fill(2 ** -126);
    engine.scale(numbers, 0.5);
    expect(Array.from(numbers.data)).toEqual(new Array(37).fill(0));
    expect(Number.MIN_VALUE * 2).toBe(2 ** -1073);
  });

  test('engines take turns, each with its own memory', () => {
    const [a, b] = [open(), open()];
    const [inA, inB] = [a.matrix(3, 5), b.matrix(3, 5)];
    expect(inA.address).toBe(inB.address);
    inA.data.fill(1);
    inB.data.fill(2);
    a.scale(inA, 3);
    b.scale(inB, 5);
    a.scale(inA, 7);
    expect([a.sumSquares(inA), b.sumSquares(inB)]).toEqual([15 * 21 ** 2, 15 * 10 ** 2]);
  });

  test('memory grows under matrices that are there, and says when it cannot', () => {
    const engine = open();
    const first = engine.matrix(2, 2);
    first.data.fill(3);
    const view = first.data;
    const second = engine.matrix(1000, 1000);
    second.data.fill(1);
    expect(first.data).toBe(view);
    expect(engine.sumSquares(second)).toBe(1e6);
    expect(engine.sumSquares(first)).toBe(36);
    expect(() => engine.matrix(2 ** 20, 2 ** 20)).toThrow(
      /^memory: 4,194,3\d\d MiB asked for, .* MiB at most/,
    );
    expect(engine.sumSquares(engine.matrix(1, 9))).toBe(0);
  });
});
