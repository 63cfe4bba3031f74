import { expect, test } from 'vitest';
import { enginesReport } from '../../../src/study/engine/show.js';
import type { EngineSurvey } from '../../../src/study/engine/measure.js';
import { en } from '../../../src/words/en/words.js';

const native: EngineSurvey = {
  inUse: { name: 'native (avx2)', threads: 2, gflops: 151.6 },
  engines: [
    { name: 'native (avx512)', gflops: null, missing: 'no-instructions' },
    { name: 'native (avx2)', gflops: 81.2, missing: null },
    { name: 'reference (float64)', gflops: 0.61, missing: null },
  ],
  trials: [
    { threads: 1, milliseconds: 0.1 },
    { threads: 2, milliseconds: 0.06 },
    { threads: 4, milliseconds: 0.059 },
  ],
};

test('native: what is in use, what is missing, how the threads were found', () => {
  expect(enginesReport(native, false, en))
    .toBe(`native (avx2) on 2 threads: the fastest available, 152 GFLOP/s in products of
256×256 numbers.

On one thread each:

  native (avx512)      not here: this processor has no such instructions
  native (avx2)           81 GFLOP/s  in use
  reference (float64)    0.6 GFLOP/s

A timestep's product took 100 µs on 1 thread, 60 µs on 2 threads, 59 µs on 4
threads: 2 are taken (--threads auto).
`);
});

test('no native build: says what to do; an engine that was named is not called the fastest', () => {
  const report = enginesReport(
    {
      inUse: { name: 'wasm (SIMD128)', threads: 1, gflops: 20 },
      engines: [
        { name: 'native', gflops: null, missing: 'not-built' },
        { name: 'wasm (SIMD128)', gflops: 20.4, missing: null },
      ],
      trials: [],
    },
    true,
    en,
  );
  expect(report).toContain('wasm (SIMD128): as asked for, 20 GFLOP/s');
  expect(report).toMatch(
    /native {10}not here: none was built\n {2}wasm \(SIMD128\) {5}20 GFLOP\/s {2}in use\n/,
  );
  expect(report).toMatch(/C compiler, this makes them:\n {2}npx dissipa engine --build\n/);
  expect(report).not.toContain('--threads');
});
