/** Threads change the time a window takes, and no bit of what comes of it. */
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/base/errors.js';
import { openEngine } from '../../src/kernels/engine.js';
import { openNative, type NativeOptions } from '../../src/kernels/native.js';
import { threadsThatHelp } from '../../src/kernels/threads.js';
import { CELLS, type CellName } from '../../src/model/shape.js';
import { lag } from '../../src/probe/lag.js';
import { total } from '../../src/probe/total.js';
import { parseTrainOptions } from '../../src/train/options.js';
import { Trainer } from '../../src/train/trainer.js';

const isHere = openNative() !== null;
if (!isHere) console.warn('no native kernels were built here: threads are not tested');

/** Events and weights of some steps; 13 rows of 19 units do not divide by anything. */
function trained(cell: CellName, native: NativeOptions) {
  const kernels = openNative(native);
  if (kernels === null) throw new Error('was there a moment ago');
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

describe.runIf(isHere)('native threads', () => {
  test.each(CELLS)('%s: 1, 2, 3 and 5 threads give the same bits, every call cut', (cell) => {
    const alone = trained(cell, { threads: 1 });
    expect(alone.events.length).toBeGreaterThan(8);
    for (const threads of [2, 3, 5]) expect(trained(cell, { threads, grain: 1 })).toEqual(alone);
  });

  test('a run is recorded under one name, however many threads a machine happens to spare', () => {
    const [one, three] = [1, 3].map((threads) => openNative({ threads }));
    expect(three?.name).toBe(one?.name);
    expect([one?.threads, three?.threads]).toEqual([1, 3]);
  });

  test('engines of different numbers of threads take turns', () => {
    const engines = [3, 1, 4, 2].map((threads) => openNative({ threads, grain: 1 }));
    for (let turn = 0; turn < 3; turn++)
      for (const engine of engines) {
        const numbers = engine?.matrix(100, 33);
        numbers?.data.fill(0.5);
        if (numbers) engine?.vanillaForward('relu', numbers);
        expect(numbers?.data.every((x) => x === 0.5)).toBe(true);
      }
  });

  test('auto takes a number between one and the processors there are', () => {
    const threads = threadsThatHelp();
    expect(threads).toBeGreaterThanOrEqual(1);
    expect(threads).toBeLessThanOrEqual(8);
    expect(threadsThatHelp()).toBe(threads);
  });

  test('an engine that has but one thread says so', async () => {
    for (const name of ['wasm', 'reference'] as const) {
      await expect(openEngine(name, 2)).rejects.toThrow(UsageError);
      await expect(openEngine(name, 2)).rejects.toThrow(/^--threads 2: the engine is .*one thread/);
      expect((await openEngine(name, 'auto')).name).toContain(name);
    }
  });
});
