/** Memory that is given back at a scope's end is handed out again, as zeros, and nothing beside it is touched. */
import { describe, expect, test } from 'vitest';
import { engines } from '../engines.js';

describe.each(engines)('$name', ({ open }) => {
  test('what is allocated after a scope is zeros, and what was there before it stays', async () => {
    const kernels = await open();
    const kept = kernels.matrix(3, 5);
    kept.data.fill(7);
    for (const engine of [kernels, kernels.float64, kernels]) {
      const scope = engine.scope();
      const [full, ids] = [engine.matrix(70, 33), engine.ids(100)];
      full.data.fill(NaN);
      ids.data.fill(-1);
      const packed = engine.packed(33, 20);
      const b = engine.matrix(33, 20);
      b.data.fill(3);
      engine.pack(packed, b, false);
      scope.end();
      const later = [engine.matrix(200, 33), kernels.float64.matrix(9, 9)];
      for (const { data } of later) expect(data.every((x) => x === 0)).toBe(true);
      expect(kernels.ids(500).data.every((x) => x === 0)).toBe(true);
    }
    expect(kept.data.every((x) => x === 7)).toBe(true);
  });

  test('scopes lie in one another, and do not grow', async () => {
    const kernels = await open();
    const addresses = Array.from({ length: 50 }, () => {
      const outer = kernels.scope();
      const first = kernels.matrix(10, 10);
      const inner = kernels.scope();
      kernels.matrix(100, 100).data.fill(1);
      inner.end();
      const second = kernels.matrix(10, 10);
      first.data.fill(2);
      expect(second.data.every((x) => x === 0)).toBe(true);
      outer.end();
      return [first.address, second.address];
    });
    expect(new Set(addresses.map(String)).size).toBe(1);
  });
});

test.each(engines.filter(({ name }) => name !== 'reference'))(
  '$name: a scope that ends before one within it is a defect',
  async ({ open }) => {
    const kernels = await open();
    const [outer, inner] = [kernels.scope(), kernels.scope()];
    expect(() => {
      outer.end();
    }).toThrow(/reverse/);
    inner.end();
    outer.end();
  },
);
