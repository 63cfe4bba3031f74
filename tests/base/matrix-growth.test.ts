/** Views of an engine's memory outlive its growth, those of nothing included. */
import { expect, test } from 'vitest';
import { openNative } from '../../src/kernels/native.js';
import { openWasm } from '../../src/kernels/wasm.js';

const native = openNative();
if (native === null) console.warn('no native kernels were built here: their memory is not tested');

test.each([['wasm', await openWasm()], ...(native === null ? [] : [['native', native] as const])] as const)(
  '%s: full and empty matrices and ids, and views of them',
  (_name, kernels) => {
    const [full, empty] = [kernels.matrix(2, 3), kernels.matrix(0, 3)];
    const [ids, none] = [kernels.ids(2), kernels.ids(0)];
    full.data.set([1, 2, 3, 4, 5, 6]);
    ids.data.set([7, 8]);
    const before = { full: full.data, ids: ids.data, empty: empty.data, none: none.data };
    const large = kernels.matrix(4096, 8192);
    large.data.fill(1);
    expect([...before.full]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...before.ids]).toEqual([7, 8]);
    before.full.fill(9);
    kernels.scale(full, 2);
    expect([...full.data]).toEqual([18, 18, 18, 18, 18, 18]);
    expect([...before.empty.fill(0), ...before.none.fill(0)]).toEqual([]);
    expect(large.data.every((x) => x === 1)).toBe(true);
  },
);
