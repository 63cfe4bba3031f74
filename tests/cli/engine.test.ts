/** `dissipa engine` on this machine. */
import { expect, test } from 'vitest';
import { openNative } from '../../src/kernels/native.js';
import { CLI_MS, complaint, dissipa, temporaryFolder } from './dissipa.js';

test('names the engine that auto takes, and measures every one', { timeout: CLI_MS }, async () => {
  const { code, stdout, stderr } = await dissipa(['engine', '--json'], temporaryFolder());
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const survey = JSON.parse(stdout) as {
    inUse: { name: string; threads: number; gflops: number };
    engines: { name: string; gflops: number | null; missing: string | null }[];
    trials: { threads: number; milliseconds: number }[];
  };
  const native = openNative();
  expect(survey.inUse.name).toBe(native?.name ?? 'wasm (relaxed SIMD)');
  expect(survey.engines.map(({ name }) => name)).toContain(survey.inUse.name);
  for (const { gflops, missing } of survey.engines) {
    expect(gflops === null).toBe(missing !== null);
    if (gflops !== null) expect(gflops).toBeGreaterThan(0);
  }
  if (native) expect(survey.trials.map(({ threads }) => threads)).toContain(survey.inUse.threads);
});

test('wasm has threads too', { timeout: CLI_MS }, async () => {
  const args = ['engine', '--engine', 'wasm', '--threads', '2'];
  const { code, stdout, stderr } = await dissipa(args, temporaryFolder());
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^wasm \(.*\) on 2 threads: as asked for, /);
});

test('threads that an engine has not are refused', { timeout: CLI_MS }, async () => {
  expect(
    await complaint(['engine', '--engine', 'reference', '--threads', '3'], temporaryFolder(), 2),
  ).toMatch(/^--threads 3: the engine is the reference, it runs on one thread/);
});
