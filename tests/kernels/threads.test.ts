/** Threads change the time a window takes, and no bit of what comes of it. */
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/base/errors.js';
import { openEngine } from '../../src/kernels/engine.js';
import type { CompiledOptions } from '../../src/kernels/compiled.js';
import type { Kernels } from '../../src/kernels/kernels.js';
import { openNative } from '../../src/kernels/native.js';
import { threadsThatHelp } from '../../src/kernels/threads.js';
import { openWasm } from '../../src/kernels/wasm.js';
import { CELLS, type CellName } from '../../src/model/shape.js';
import { lag } from '../../src/probe/lag.js';
import { total } from '../../src/probe/total.js';
import { parseTrainOptions } from '../../src/train/options.js';
import { Trainer } from '../../src/train/trainer.js';

const isHere = openNative() !== null;
if (!isHere) console.warn('no native kernels were built here: their threads are not tested');

type Open = (options: CompiledOptions) => Promise<Kernels>;
const native: Open = (options) => Promise.resolve(openNative(options) as Kernels);
const engines: readonly (readonly ['native' | 'wasm', Open])[] = [
  ...(isHere ? [['native', native] as const] : []),
  ['wasm', openWasm],
];

/** Events and weights of some steps; 13 rows of 19 units do not divide by anything. */
function trained(cell: CellName, kernels: Kernels) {
  const options = parseTrainOptions({ cell, layers: 2, hidden: 19, batch: 13, window: 7, steps: 4 });
  const ids = Uint16Array.from({ length: 2000 }, (_, i) => (i * i + (i >> 3)) % 23);
  const trainer = new Trainer({
    kernels,
    shape: { cell, layers: 2, hidden: 19, symbols: 23 },
    options,
    training: ids,
    validation: ids.subarray(0, 300),
    probes: [total, lag].map((probe) => ({ probe, every: 1 })),
    where: 'test',
  });
  return { events: [...trainer.run()], ...trainer.snapshot() };
}

describe.each(engines)('threads: %s', (name, open) => {
  test.each(CELLS)('%s: 1, 2, 3 and 5 threads give the same bits, every call cut', async (cell) => {
    const alone = trained(cell, await open({ threads: 1 }));
    expect(alone.events.length).toBeGreaterThan(8);
    for (const threads of [2, 3, 5]) expect(trained(cell, await open({ threads, grain: 1 }))).toEqual(alone);
  });

  test('a run is recorded under one name, however many threads a machine happens to spare', async () => {
    const [one, three] = [await open({ threads: 1 }), await open({ threads: 3 })];
    expect(three.name).toBe(one.name);
    expect([one.threads, three.threads]).toEqual([1, 3]);
  });

  test('engines of different numbers of threads take turns', async () => {
    const opened: Kernels[] = [];
    for (const threads of [3, 1, 4, 2]) opened.push(await open({ threads, grain: 1 }));
    for (let turn = 0; turn < 3; turn++)
      for (const engine of opened) {
        const numbers = engine.matrix(100, 33);
        numbers.data.fill(-0.5);
        engine.vanillaForward('relu', numbers, engine.matrix(0, 1));
        expect(numbers.data.every((x) => x === 0)).toBe(true);
      }
  });

  test('memory that grows is grown for every thread', async () => {
    const engine = await open({ threads: 3, grain: 1 });
    for (let grown = 0; grown < 6; grown++) {
      const numbers = engine.matrix(2 ** 10, 2 ** 10);
      numbers.data.fill(-1);
      engine.vanillaForward('relu', numbers, engine.matrix(0, 1));
      expect(engine.sumSquares(numbers)).toBe(0);
    }
  });

  test('auto takes a number between one and the processors there are', async () => {
    const threads = await threadsThatHelp(name);
    expect(threads).toBeGreaterThanOrEqual(1);
    expect(threads).toBeLessThanOrEqual(8);
    expect(await threadsThatHelp(name)).toBe(threads);
    expect((await openEngine(name, 'auto')).threads).toBe(threads);
  });

  test('as many as are asked for', async () => {
    const engine = await openEngine(name, 2);
    expect(engine.name).toContain(name);
    expect(engine.threads).toBe(2);
  });
});

test('the reference has but one thread, and says so', async () => {
  await expect(openEngine('reference', 2)).rejects.toThrow(UsageError);
  await expect(openEngine('reference', 2)).rejects.toThrow(
    /^--threads 2: the engine is the reference, it runs on one/,
  );
  expect((await openEngine('reference', 'auto')).threads).toBe(1);
});
