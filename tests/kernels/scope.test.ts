/** Memory that is given back, at a scope's end or with its room, is handed out again, as zeros, and nothing beside it is touched. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Matrix } from '../../src/base/matrix.js';
import type { Kernels, Room } from '../../src/kernels/kernels.js';
import { QUARANTINE } from '../../src/kernels/poison.js';
import { inRoom, madeIn, scoped } from '../../src/kernels/scoped.js';
import { engines, poisonedEngines } from '../engines.js';

const sizeOf = (kernels: Kernels): number =>
  scoped(kernels, () => kernels.matrix(1, 1).memory.buffer.byteLength);

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
    const held = Array.from({ length: 50 }, () => {
      const outer = kernels.scope();
      const first = kernels.matrix(10, 10);
      const inner = kernels.scope();
      kernels.matrix(100, 100).data.fill(1);
      inner.end();
      const second = kernels.matrix(10, 10);
      first.data.fill(2);
      expect(second.data.every((x) => x === 0)).toBe(true);
      outer.end();
      return kernels.held();
    });
    expect(new Set(held).size).toBe(1);
  });

  test('a scope ends where the work fails, and where it returns', async () => {
    const kernels = await open();
    const before = kernels.held();
    expect(
      scoped(kernels, () => {
        kernels.matrix(9, 9);
        expect(kernels.held()).toBeGreaterThanOrEqual(before + 4 * 81);
        return 7;
      }),
    ).toBe(7);
    expect(() => {
      scoped(kernels, () => {
        kernels.float64.matrix(9, 9);
        scoped(kernels, () => {
          kernels.ids(5);
          throw new RangeError('inside');
        });
      });
    }).toThrow('inside');
    expect(kernels.held()).toBe(before);
  });

  test('a room is filled again and again, and given back with its scope if not before', async () => {
    const kernels = await open();
    const before = kernels.held();
    const room = kernels.room();
    const first = room.fill(() => kernels.matrix(4, 4));
    const other = kernels.matrix(4, 4);
    const between = kernels.held();
    room.fill(() => kernels.packed(6, 6));
    first.data.fill(1);
    room.release();
    room.release();
    other.data.fill(2);
    expect(kernels.held()).toBe(between - (between - before) / 2);
    expect(() => room.fill(() => 0)).toThrow(/given back/);

    const scope = kernels.scope();
    const [inner, held] = [kernels.room(), kernels.held()];
    inner.fill(() => kernels.room().fill(() => kernels.matrix(100, 1)));
    scope.end();
    expect(kernels.held()).toBe(held);
    inner.release();
    expect(kernels.held()).toBe(held);
    expect(other.data.every((x) => x === 2)).toBe(true);
  });

  test('what could not be made leaves nothing, and steps that are broken off leave nothing', async () => {
    const kernels = await open();
    const before = kernels.held();
    expect(() =>
      madeIn(kernels.room(), () => {
        kernels.matrix(3, 3);
        throw new RangeError('half way');
      }),
    ).toThrow('half way');
    function* count(matrix: Matrix): Generator<number, string, undefined> {
      for (let i = 0; i < 3; i++) yield matrix.length + i;
      return 'through';
    }
    const counting = () => inRoom(kernels, () => kernels.matrix(5, 2), count);
    expect([...counting()]).toEqual([10, 11, 12]);
    for (const n of counting()) {
      expect(kernels.held()).toBeGreaterThan(before);
      if (n === 11) break;
    }
    expect(kernels.held()).toBe(before);
  });
});

test.each(engines)('$name: a scope that ends before one within it is a defect', async ({ open }) => {
  const kernels = await open();
  const [outer, inner] = [kernels.scope(), kernels.scope()];
  expect(() => {
    outer.end();
  }).toThrow(/reverse/);
  inner.end();
  outer.end();
});

/** What a script of allocating and giving back leaves: whose each matrix is, and that no two share a byte. */
test.each(engines)(
  '$name: rooms in any order: no two matrices share memory, and all of it comes back',
  async ({ open }) => {
    const kernels = await open();
    const before = kernels.held();
    const step = fc.record({ room: fc.nat(3), rows: fc.integer({ min: 0, max: 40 }), ends: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const rooms = new Map<number, { room: Room; made: { matrix: Matrix; mark: number }[] }>();
        steps.forEach(({ room: n, rows, ends }, mark) => {
          const { room, made } = rooms.get(n) ?? { room: kernels.room(), made: [] };
          rooms.set(n, { room, made });
          const matrix = room.fill(() => kernels.matrix(rows, 7));
          expect(matrix.data.every((x) => x === 0)).toBe(true);
          matrix.data.fill(mark);
          made.push({ matrix, mark });
          if (ends) {
            room.release();
            rooms.delete(n);
          }
          for (const { made: all } of rooms.values())
            for (const one of all) expect(one.matrix.data.every((x) => x === one.mark)).toBe(true);
        });
        for (const { room } of rooms.values()) room.release();
        expect(kernels.held()).toBe(before);
      }),
      { numRuns: 60, seed: 13 },
    );
  },
);

describe.each(poisonedEngines)('$name, poisoned', ({ open }) => {
  test('a use after the end is found: through the matrix, its parts, packed or not, in a call or by hand', async () => {
    const kernels = await open();
    const live = kernels.matrix(2, 2);
    const scope = kernels.scope();
    const [dead, ids, packed] = [kernels.matrix(2, 2), kernels.ids(2), kernels.packed(2, 2)];
    const part = dead.rowRange(0, 1).reshaped(0, 2, 1);
    const raw = dead.data;
    raw.fill(1);
    expect([part.data[0], ids.range(1, 1).length, packed.rows]).toEqual([1, 1, 2]);
    scope.end();
    expect([...raw].every(Number.isNaN)).toBe(true);
    for (const use of [
      () => dead.data,
      () => part.data,
      () => dead.rowRange(0, 1),
      () => ids.data,
      () => ids.range(0, 1),
      () => {
        kernels.copy(live, dead);
      },
      () => {
        kernels.pack(packed, live, false);
      },
      () => {
        kernels.product(live, live, packed, null);
      },
      () => {
        kernels.gatherRows(live, live, ids);
      },
    ])
      expect(use, String(use)).toThrow(/given back/);
    expect([...live.data]).toEqual([0, 0, 0, 0]);
  });

  test('what was given back stays NaN for a while, also where more is allocated', async () => {
    const kernels = await open();
    const raw = scoped(kernels, () => kernels.float64.matrix(64, 64).data);
    for (let i = 0; i < 3; i++) scoped(kernels, () => kernels.matrix(128, 128).data.fill(1));
    expect(raw.every(Number.isNaN)).toBe(true);
  });

  test('what is kept from being handed out is bounded', async () => {
    const kernels = await open();
    let early = 0;
    for (let i = 0; i < 40; i++) {
      scoped(kernels, () => kernels.float64.matrix(1024, 1024));
      if (i === 10) early = sizeOf(kernels);
    }
    expect(40 * 8 * 2 ** 20).toBeGreaterThan(4 * QUARANTINE);
    expect(sizeOf(kernels)).toBe(early);
  });
});
