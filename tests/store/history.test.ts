/** A run's logs, read back whole and checked. */
import { beforeEach, describe, expect, test } from 'vitest';
import { memoryOf } from '../../src/probe/memory.js';
import { memoryFiles } from '../../src/store/files-memory.js';
import type { FileStore } from '../../src/store/files.js';
import { readHistory } from '../../src/store/history.js';
import { encodeLine, logHeader } from '../../src/store/json-lines.js';
import { encodeRunInfo } from '../../src/store/run-info.js';
import { exampleData } from '../study/inspect/example.js';
import { messageOf, RUN_INFO, utf8 } from './fixtures.js';

const { history } = exampleData({ timesteps: 6 });
const metricsLines = (): string =>
  [
    ...history.updates.slice(0, 3),
    { ...history.evaluations[0], step: 3, elapsedMs: 5 },
    ...history.updates.slice(3, 5),
  ]
    .map((line) => encodeLine({ ...line }))
    .join('');
const gradientLines = (): string => history.gradients.map((line) => encodeLine({ ...line })).join('');

let files: FileStore;
beforeEach(async () => {
  files = memoryFiles();
  await files.makeFolder('run');
  await files.write('run/run.json', encodeRunInfo(RUN_INFO));
});
const write = async (metrics: string, gradients: string): Promise<void> => {
  await files.write('run/metrics.jsonl', utf8(logHeader('dissipa.metrics') + metrics));
  await files.write('run/gradients.jsonl', utf8(logHeader('dissipa.gradients') + gradients));
};

test('updates, evaluations and gradients come back as they were logged', async () => {
  await write(metricsLines(), gradientLines());
  const read = await readHistory(files, 'run');
  expect(read.info).toEqual(RUN_INFO);
  expect(read.updates).toEqual(history.updates.slice(0, 5));
  expect(read.evaluations.map(({ step }) => step)).toEqual([3]);
  expect(read.gradients).toEqual(history.gradients);
});

test('everything that can be measured passes the check', async () => {
  const { measured } = exampleData({ timesteps: 6 });
  const { layers, audit, matrix, listen } = measured;
  const line = { step: 1, layers, audit, matrix, listen };
  await write('', encodeLine(line));
  expect((await readHistory(files, 'run')).gradients).toEqual([line]);
});

test('a torn end is dropped, and logs that are missing are empty', async () => {
  await write(metricsLines(), `${gradientLines()}{"step":99,"lay`);
  expect((await readHistory(files, 'run')).gradients).toEqual(history.gradients);
  await files.remove('run/gradients.jsonl');
  await files.remove('run/metrics.jsonl');
  expect(await readHistory(files, 'run')).toEqual({
    info: RUN_INFO,
    updates: [],
    evaluations: [],
    gradients: [],
  });
});

test('damage is named by file and line', async () => {
  await write(metricsLines().replace('"lossNats":', '"lossNats":"much","x":'), '');
  expect(await messageOf(() => readHistory(files, 'run'))).toBe(
    'run/metrics.jsonl, line 2: lossNats is "much", expected a number; mend or delete that line',
  );
  await write(
    metricsLines(),
    encodeLine({ step: 1, layers: [{ layer: 0, total: { h: [1, 'two'], c: null } }] }),
  );
  expect(await messageOf(() => readHistory(files, 'run'))).toBe(
    'run/gradients.jsonl, line 2: layers.0.total.h.1 is "two", expected a number; mend or delete that line',
  );
  await write(metricsLines(), encodeLine({ step: 1, layers: 3 }));
  expect(await messageOf(() => readHistory(files, 'run'))).toMatch(
    /line 2: layers is 3, expected a list of layers/,
  );
});

describe('a log of version 1, with one slope for the whole curve', () => {
  const old = { halfLife: 1, lag1pct: 2, lag1e6: null, slope: -1, verdict: 'vanishing' };
  const writeOld = (...layers: readonly object[]): Promise<void> =>
    files.write(
      'run/gradients.jsonl',
      utf8(logHeader('dissipa.gradients', 1) + encodeLine({ step: 50, layers })),
    );
  const readLayers = async () => (await readHistory(files, 'run')).gradients[0].layers;

  test('is read with drop and tail, measured anew from the lag curve', async () => {
    const lagLog10 = { h: [0, -3, -5, -5, -5, -5, -5, -5], c: null };
    await writeOld({ layer: 0, lagLog10, memory: old });
    expect(await readLayers()).toEqual([{ layer: 0, lagLog10, memory: memoryOf(lagLog10) }]);
    expect((await readLayers())[0].memory?.verdict).toBe('thin');
  });

  test('a dead layer is known where its saturation was logged', async () => {
    const lagLog10 = { h: [0, 0, 0, 0, 0, 0], c: null };
    const relu = { relu: [0.96, 0.98, 1] };
    await writeOld(
      { layer: 0, lagLog10, memory: old, saturation: relu },
      { layer: 1, lagLog10, memory: old },
    );
    expect((await readLayers()).map(({ memory }) => memory?.verdict)).toEqual(['dead', 'preserved']);
  });

  test('without its curve memory is left out; a curve that is none is named', async () => {
    await writeOld({ layer: 0, memory: old, recurrent: [1, 2] });
    expect(await readLayers()).toEqual([{ layer: 0, recurrent: [1, 2] }]);
    await writeOld({ layer: 0, lagLog10: { h: [0, 'x'], c: null }, memory: old });
    expect(await messageOf(() => readHistory(files, 'run'))).toMatch(
      /line 2: layers\.0\.lagLog10\.h\.1 is "x"/,
    );
  });

  test('lines of it under a header of version 2 are refused', async () => {
    await write('', encodeLine({ step: 1, layers: [{ layer: 0, memory: old }] }));
    expect(await messageOf(() => readHistory(files, 'run'))).toMatch(
      /line 2: layers\.0\.memory\.drop is missing/,
    );
  });
});

test('flags, and what float32 cannot tell from 0, come back', async () => {
  const layers = [{ layer: 0, flags: ['float32-digits', 'chaotic'], digitsFromLag: 7 }];
  const audit = { timesteps: 8, cuts: [1, 2], share: [0.5, null], byLayer: [[0.5, null]] };
  await write('', encodeLine({ step: 1, layers, audit }));
  expect((await readHistory(files, 'run')).gradients).toEqual([{ step: 1, layers, audit }]);
  // One that a later dissipa of the same version may know is passed over.
  await write('', encodeLine({ step: 1, layers: [{ layer: 0, flags: ['new', 'chaotic'] }] }));
  expect((await readHistory(files, 'run')).gradients[0].layers[0].flags).toEqual(['chaotic']);
});
