/** compare.json: what was written comes back, from the version before as well. */
import { beforeEach, expect, test } from 'vitest';
import type { LayerReport } from '../../../src/bptt/report.js';
import { memoryOf } from '../../../src/probe/memory.js';
import type { FileStore } from '../../../src/store/files.js';
import { memoryFiles } from '../../../src/store/files-memory.js';
import { readComparison, writeComparison, type Comparison } from '../../../src/study/compare/comparison.js';
import { everyone } from './example.js';
import { messageOf, utf8 } from '../../store/fixtures.js';

let files: FileStore;
beforeEach(async () => {
  files = memoryFiles();
  await files.makeFolder('c');
});
const read = (): Promise<Comparison> => readComparison(files, 'c');

test('what was written comes back', async () => {
  await writeComparison(files, 'c', everyone());
  expect(await read()).toEqual(everyone());
});

/** The same, each object's keys the other way round. */
const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, one]) => [key, turned(one)]),
  );
};

test.each([
  ['as it is', everyone()],
  ['with its keys in another order, of results and layers too', turned(everyone()) as Comparison],
])('a comparison that is taken up is written byte for byte as it was: %s', async (_, comparison) => {
  await writeComparison(files, 'c', comparison);
  const before = await files.read('c/compare.json');
  await writeComparison(files, 'c', await read());
  expect(new TextDecoder().decode(await files.read('c/compare.json'))).toBe(new TextDecoder().decode(before));
});

test('one of version 1 comes back with the memory of its layers measured anew, and is written as version 2', async () => {
  const old = { halfLife: 1, lag1pct: 2, lag1e6: null, slope: -1, verdict: 'vanishing' };
  const aged = (layers: readonly LayerReport[] | null): unknown =>
    layers && layers.map((layer) => ({ ...layer, memory: old }));
  const results = everyone().results.map((result) => ({
    ...result,
    ...{ start: aged(result.start), end: aged(result.end) },
  }));
  await files.write('c/compare.json', utf8(JSON.stringify({ ...everyone(), version: 1, results })));
  const found = await read();
  expect(found.version).toBe(2);
  const layers = found.results.flatMap(({ start, end }) => [...(start ?? []), ...(end ?? [])]);
  expect(layers.length).toBeGreaterThan(10);
  for (const { memory, lagLog10 } of layers) expect(memory).toEqual(lagLog10 && memoryOf(lagLog10));
  await writeComparison(files, 'c', found);
  expect(await read()).toEqual(found);
});

test.each([
  [{ version: 3 }, /is of format version 3.*reads versions 1 to 2/],
  [{ version: 1, results: [{ contender: 'tanh', seed: 1, start: 7 }] }, /results\.0\./],
  [{ version: 1, results: 7 }, /results is 7/],
  // A thousand million trainings would be a list that no memory holds.
  [{ options: { ...everyone().options, seeds: 1e9 } }, /options\.seeds is 1000000000/],
  [{ options: { ...everyone().options, only: Array.from({ length: 99 }, () => 'tanh') } }, /options\.only/],
  [{ options: { ...everyone().options, validation: 7 } }, /options\.validation is 7/],
  [{ versions: undefined }, /versions is missing/],
  [{ createdAt: 'yesterday' }, /createdAt is "yesterday"/],
  [{ texts: [{ path: 7 }] }, /texts\.0\.path is 7/],
  [{ digest: '' }, /digest is ""/],
])('%j is refused in a line', async (change, line) => {
  await files.write('c/compare.json', utf8(JSON.stringify({ ...everyone(), ...change })));
  expect(await messageOf(read)).toMatch(line);
});
