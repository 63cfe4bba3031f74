/** Views of an engine's memory outlive its growth, those of nothing included. */
import { expect, test } from 'vitest';
import { openWasm } from '../../src/kernels/wasm.js';

test('full and empty matrices and ids can be used after the memory has grown', async () => {
  const kernels = await openWasm();
  const [full, empty] = [kernels.matrix(2, 3), kernels.matrix(0, 3)];
  const [ids, none] = [kernels.ids(2), kernels.ids(0)];
  full.data.set([1, 2, 3, 4, 5, 6]);
  ids.data.set([7, 8]);
  const before = { full: full.data, empty: empty.data, none: none.data };
  kernels.matrix(4096, 8192);
  expect(before.full).toHaveLength(0);
  expect(() => before.empty.fill(0)).toThrow(TypeError);
  expect(() => before.none.fill(0)).toThrow(TypeError);
  expect([...full.data]).toEqual([1, 2, 3, 4, 5, 6]);
  expect([...ids.data]).toEqual([7, 8]);
  expect([...empty.data.fill(0).subarray(0, 3)]).toEqual([]);
  expect([...none.data.fill(0)]).toEqual([]);
});
