import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { memoryOf } from '../../src/probe/memory.js';
import { encodeCheckpoint } from '../../src/store/checkpoint.js';
import { failure } from '../../src/base/errors.js';
import { memoryFiles } from '../../src/store/files-memory.js';
import { nodeFiles } from '../../src/store/files-node.js';
import { DiskFullError, fileError, type FileStore } from '../../src/store/files.js';
import { encodeLine, logHeader, readLog } from '../../src/store/json-lines.js';
import { nodeProcesses } from '../../src/store/processes-node.js';
import { METRICS_FORMAT, resolveModelPath, RunFolder } from '../../src/store/run-folder.js';
import type { RunInfo } from '../../src/store/run-info.js';
import {
  complaintOf,
  fakeProcesses,
  fromUtf8,
  makeCheckpoint,
  messageOf,
  RUN_INFO,
  utf8,
  watchedFiles,
} from './fixtures.js';

const DIR = 'checkpoints/a';
const processes = fakeProcesses(17);

let files: FileStore;
beforeEach(() => {
  files = memoryFiles();
});
const create = (store = files): Promise<RunFolder> => RunFolder.create(store, processes, DIR, RUN_INFO);
const open = (store = files): Promise<RunFolder> => RunFolder.open(store, processes, DIR);
const text = async (name: string): Promise<string> => fromUtf8(await files.read(`${DIR}/${name}`));
const metricsSteps = async (): Promise<number[]> =>
  readLog(await text('metrics.jsonl'), '', METRICS_FORMAT).lines.map(({ step }) => step);

/** A run with lines at 10, 20, 30, 40, a sample and a checkpoint at 20 and 40, then closed. */
async function makeRun(): Promise<void> {
  const run = await create();
  for (const step of [10, 20, 30, 40]) {
    await run.appendMetrics({ step, lossNats: 1 / step });
    await run.appendGradients({ step, layers: [] });
    if (step % 20 === 0) {
      await run.appendSample(step, `text of ${step}`);
      await run.saveStep(step, makeCheckpoint(step), 5);
    }
  }
  await run.saveBest(makeCheckpoint(40));
  await run.close();
}

describe('a new run', () => {
  it('has its facts, its logs with their headers and a lock, and gives the lock back', async () => {
    const run = await create();
    expect(await files.list(DIR)).toEqual([
      'gradients.jsonl',
      'lock.json',
      'metrics.jsonl',
      'run.json',
      'samples.txt',
    ]);
    expect(JSON.parse(await text('run.json'))).toEqual(RUN_INFO);
    expect(await text('metrics.jsonl')).toBe('{"format":"dissipa.metrics","version":1}\n');
    expect(await text('gradients.jsonl')).toBe('{"format":"dissipa.gradients","version":2}\n');
    expect(run).toMatchObject({ dir: DIR, info: RUN_INFO });
    await run.close();
    await run.close();
    expect(await files.list(DIR)).not.toContain('lock.json');
  });

  it('is refused where there is one already, which stays as it was', async () => {
    await makeRun();
    expect(await messageOf(() => create())).toBe(
      `${DIR}: a run is already there; resume it with --resume ${DIR}, or give another --out`,
    );
    expect(await metricsSteps()).toEqual([10, 20, 30, 40]);
    expect(await files.list(DIR)).not.toContain('lock.json');
  });

  it.each(['best.safetensors', 'step-40.safetensors', 'metrics.jsonl', 'samples.txt'])(
    'is refused where an earlier one’s %s is left without a run.json',
    async (name) => {
      await makeRun();
      for (const other of await files.list(DIR)) if (other !== name) await files.remove(`${DIR}/${other}`);
      expect(await messageOf(() => create())).toBe(
        `${DIR}: holds ${name} of an earlier run, but no run.json; move them away, or give another --out`,
      );
      expect(await files.list(DIR)).toEqual([name]);
    },
  );

  it('starts where a creation was broken off, and beside files of the user', async () => {
    for (const stopAt of ['gradients.jsonl', 'samples.txt', 'run.json']) {
      const store = watchedFiles((method, path) => {
        if (method === 'write' && path.endsWith(stopAt)) throw fileError('ENOSPC', path, 'written');
      }, files);
      expect(await complaintOf(() => create(store))).toBeInstanceOf(DiskFullError);
      expect(await files.list(DIR)).not.toContain('lock.json');
      expect(await files.list(DIR)).not.toContain(stopAt);
    }
    await files.write(`${DIR}/notes.txt`, utf8('mine'));
    await create();
    expect(await text('notes.txt')).toBe('mine');
  });

  it('is refused while another process starts one there', async () => {
    const alive = new Map([
      [17, 'a'],
      [18, 'b'],
    ]);
    const starts = [17, 18].map((pid) => RunFolder.create(files, fakeProcesses(pid, alive), DIR, RUN_INFO));
    const outcomes = await Promise.allSettled(starts);
    const refusals = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refusals).toHaveLength(1);
    expect(String(refusals[0]?.reason)).toMatch(`${DIR}: in use by process`);
  });

  it('is refused where the path is a file', async () => {
    await files.makeFolder('checkpoints');
    await files.write(DIR, utf8('x'));
    expect(await messageOf(() => create())).toMatch(`${DIR}: is a file, expected a folder`);
  });
});

describe('an existing run', () => {
  it('is opened with its facts, under a lock', async () => {
    await makeRun();
    const run = await open();
    expect(run.info).toEqual(RUN_INFO);
    expect(await messageOf(() => open())).toMatch('in use by process 17');
    await run.close();
    await (await open()).close();
  });

  it('of a killed process is opened', async () => {
    await RunFolder.create(files, fakeProcesses(4242), DIR, RUN_INFO);
    expect((await open()).info).toEqual(RUN_INFO);
  });

  it('that is not there is told from a folder that is none and a file', async () => {
    const reason = (path: string) => messageOf(() => RunFolder.open(files, processes, path));
    const expected = 'expected the folder of a run; check the path, or start a run with `dissipa train`';
    await files.makeFolder('x');
    await files.write('x/f', utf8(''));
    expect(await reason('y')).toBe(`y: there is no such folder, ${expected}`);
    expect(await reason('x')).toBe(`x: holds no run.json, ${expected}`);
    expect(await reason('x/f')).toBe(`x/f: is a file, ${expected}`);
    expect(await files.list('x')).toEqual(['f']);
  });

  it('keeps no more checkpoints than it may, where one was left that was to go', async () => {
    const run = await create();
    for (const step of [2, 4, 6]) await run.saveStep(step, makeCheckpoint(), 9);
    await run.prune(2);
    expect(await run.steps()).toEqual([4, 6]);
    await run.prune(5);
    expect(await run.steps()).toEqual([4, 6]);
    await run.close();
  });

  it.each([
    ['not JSON', 'is not a JSON object, expected what `dissipa train` wrote'],
    ['[]', 'is not a JSON object'],
    ['{}', 'its format is missing, expected "dissipa.run"'],
    [
      { version: 4 },
      'is of format version 4, this dissipa reads versions 1 to 3; a newer dissipa is needed: update it',
    ],
    [{ version: 'x' }, 'is of format version "x", this dissipa reads versions 1 to 3'],
    [{ options: [] }, 'options is [], expected an object'],
    [{ versions: {} }, 'versions.dissipa is missing, expected a string'],
    [{ engine: 1 }, 'engine is 1, expected a string'],
    [
      { texts: [{ path: 'a', bytes: -1, characters: 1 }] },
      'texts.0.bytes is -1, expected a whole number from 0',
    ],
    [{ digest: 'abc' }, 'digest is "abc", expected 64 hex digits'],
    [{ symbols: 0 }, 'symbols is 0, expected a whole number from 1'],
    [
      { createdAt: 'yesterday' },
      'createdAt is "yesterday", expected a time such as 2025-01-31T12:00:00.000Z',
    ],
  ])('with run.json %j is refused and left unlocked', async (change, reason) => {
    await makeRun();
    const content = typeof change === 'string' ? change : JSON.stringify({ ...RUN_INFO, ...change });
    await files.write(`${DIR}/run.json`, utf8(content));
    expect(await messageOf(() => open())).toContain(`${DIR}/run.json: ${reason}`);
    expect(await files.list(DIR)).not.toContain('lock.json');
  });

  it('gets new facts, and keeps those a later dissipa has added', async () => {
    await makeRun();
    await files.write(`${DIR}/run.json`, utf8(JSON.stringify({ ...RUN_INFO, note: 'later' })));
    const run = await open();
    await run.updateInfo({ options: { steps: 800 }, engine: 'wasm' });
    const expected = { ...RUN_INFO, options: { steps: 800 }, engine: 'wasm', note: 'later' };
    expect(run.info).toEqual(expected);
    expect(JSON.parse(await text('run.json'))).toEqual(expected);
  });

  it('keeps its facts when they cannot be written, or could not be read back', async () => {
    await makeRun();
    let isFull = false;
    const run = await open(
      watchedFiles((method, path) => {
        if (isFull && method === 'write') throw fileError('ENOSPC', path, 'written');
      }, files),
    );
    await expect(run.updateInfo({ digest: 'abc' })).rejects.toThrow('run info: {"name":"digest"');
    isFull = true;
    await expect(run.updateInfo({ engine: 'wasm' })).rejects.toThrow('the disk is full');
    expect(run.info).toEqual(RUN_INFO);
    expect(JSON.parse(await text('run.json'))).toEqual(RUN_INFO);
  });
});

describe('a run’s logs', () => {
  it('take lines in the order they were given', async () => {
    const run = await create();
    await Promise.all([3, 1, 2].map((step) => run.appendMetrics({ step })));
    expect(await metricsSteps()).toEqual([3, 1, 2]);
    await run.appendGradients({ step: 1, layers: [{ layer: 0 }] });
    expect(await text('gradients.jsonl')).toMatch(/\n\{"step":1,"layers":\[\{"layer":0\}\]\}\n$/);
    await run.appendSample(1, 'olá\n');
    expect(await text('samples.txt')).toBe('--- step 1 ---\nolá\n\n\n');
  });

  it('refuse NaN and whatever comes after the end', async () => {
    const run = await create();
    await expect(run.appendMetrics({ step: 1, lossNats: Number.NaN })).rejects.toThrow('"lossNats" is NaN');
    await run.close();
    await expect(run.appendMetrics({ step: 1 })).rejects.toThrow('is closed');
    await expect(run.saveBest(makeCheckpoint())).rejects.toThrow('is closed');
    expect(await metricsSteps()).toEqual([]);
  });

  it('are not appended to before a rewind', async () => {
    await makeRun();
    const run = await open();
    await expect(run.appendMetrics({ step: 41 })).rejects.toThrow('opened, but not rewound');
    await run.rewind(40);
    await run.appendMetrics({ step: 41 });
    expect(await metricsSteps()).toEqual([10, 20, 30, 40, 41]);
  });

  it('say how to go on when the disk is full', async () => {
    const store = watchedFiles((method, path) => {
      if (method === 'append') throw fileError('ENOSPC', path, 'appended to');
      if (method === 'write' && path.includes('step-')) throw fileError('EDQUOT', path, 'written');
    }, files);
    const run = await create(store);
    expect(await messageOf(() => run.appendMetrics({ step: 1 }))).toBe(
      `${DIR}/metrics.jsonl: the disk is full, nothing was changed; free some space and go on with --resume ${DIR}`,
    );
    expect(await messageOf(() => run.saveStep(1, makeCheckpoint(), 1))).toBe(
      `${DIR}/step-1.safetensors: your share of the disk (quota) is used up, nothing was changed; free some space and go on with --resume ${DIR}`,
    );
  });
});

describe('a run’s checkpoints', () => {
  it('are kept to the newest few, the best apart', async () => {
    const run = await create();
    for (const step of [1, 2, 10, 9]) await run.saveStep(step, makeCheckpoint(step), 3);
    expect(await run.steps()).toEqual([2, 9, 10]);
    await run.saveBest(makeCheckpoint(2));
    await run.saveStep(11, makeCheckpoint(11), 1);
    expect(await run.steps()).toEqual([11]);
    expect(await files.kind(`${DIR}/best.safetensors`)).toBe('file');
    // One of an earlier step than those there is kept all the same: it was just asked for.
    await run.saveStep(5, makeCheckpoint(5), 1);
    expect(await run.steps()).toEqual([5]);
    await expect(run.saveStep(6, makeCheckpoint(6), 0)).rejects.toThrow(RangeError);
    await expect(run.saveStep(1.5, makeCheckpoint(6), 1)).rejects.toThrow('1.5 is not a step');
  });

  it('stay when the next one cannot be written, or is of a model that diverged', async () => {
    const run = await create();
    await run.saveStep(1, makeCheckpoint(1), 1);
    const diverged = makeCheckpoint(2);
    diverged.parameters.get('readout.bias')?.fill(Number.NaN);
    expect(await messageOf(() => run.saveStep(2, diverged, 1))).toMatch('readout.bias: holds NaN');
    expect(await run.steps()).toEqual([1]);
    await run.close();
    const failing = watchedFiles((method, path) => {
      if (method === 'write') throw fileError('EIO', path, 'written');
    }, files);
    const again = await open(failing);
    expect(await messageOf(() => again.saveStep(2, makeCheckpoint(2), 1))).toMatch(
      'step-2.safetensors: the disk failed',
    );
    expect(await again.steps()).toEqual([1]);
  });

  it('are written after the log lines before them are safe', async () => {
    const calls: string[] = [];
    const run = await create(
      watchedFiles((method, path) => {
        if (method !== 'read') calls.push(`${method} ${path.slice(DIR.length + 1)}`);
      }, files),
    );
    calls.length = 0;
    await run.saveStep(1, makeCheckpoint(), 1);
    expect(calls.slice(0, 4)).toEqual([
      'flush metrics.jsonl',
      'flush gradients.jsonl',
      'flush samples.txt',
      'write step-1.safetensors',
    ]);
  });

  it('are gone on from at the newest', async () => {
    const run = await create();
    expect(await run.latest()).toBeNull();
    for (const step of [9, 10]) await run.saveStep(step, makeCheckpoint(step), 5);
    expect(await run.latest()).toEqual({
      step: 10,
      path: `${DIR}/step-10.safetensors`,
      checkpoint: makeCheckpoint(10),
      skipped: [],
    });
  });

  it('that are damaged are passed over, and named', async () => {
    const run = await create();
    for (const step of [8, 9, 10]) await run.saveStep(step, makeCheckpoint(step), 5);
    const whole = encodeCheckpoint(makeCheckpoint(10));
    await files.write(`${DIR}/step-10.safetensors`, whole.subarray(0, 900));
    await files.write(`${DIR}/step-9.safetensors`, new Uint8Array());
    const latest = await run.latest();
    expect(latest).toMatchObject({ step: 8, checkpoint: makeCheckpoint(8) });
    expect(latest?.skipped.map(({ path }) => path)).toEqual([
      `${DIR}/step-10.safetensors`,
      `${DIR}/step-9.safetensors`,
    ]);
    expect(latest?.skipped[0]?.reason.message).toMatch(
      /step-10.safetensors: ends in the midst of .* it was cut short/,
    );
    await files.write(`${DIR}/step-8.safetensors`, utf8('no'));
    expect(await messageOf(() => run.latest())).toMatch(
      `${DIR}: none of its 3 step checkpoints can be read (${DIR}/step-10.safetensors: ends`,
    );
  });

  it('of which nothing can be made are passed over like damaged ones', async () => {
    const run = await create();
    for (const step of [8, 9, 10]) await run.saveStep(step, makeCheckpoint(step), 5);
    const take = ({ step, path }: { step: number; path: string }): string => {
      if (step > 8) throw failure('safetensors.alien', { where: path, fault: { is: 'other' } });
      return `taken ${step}`;
    };
    const latest = await run.latest(take);
    expect(latest).toMatchObject({ step: 8, taken: 'taken 8' });
    expect(latest?.skipped.map(({ path }) => path)).toEqual(
      [9, 10].reverse().map((step) => `${DIR}/step-${step}.safetensors`),
    );
    const defect = (): never => {
      throw new TypeError('a defect');
    };
    await expect(run.latest(defect)).rejects.toThrow('a defect');
  });

  it('that cannot be read, or are a newer dissipa’s, are not passed over: they may be good', async () => {
    await makeRun();
    const forbidden = await open(
      watchedFiles((method, path) => {
        if (method === 'at' && path.includes('step-40')) throw fileError('EACCES', path, 'read');
      }, files),
    );
    expect(await messageOf(() => forbidden.latest())).toMatch('step-40.safetensors: may not be read');
    const newer = fromLatin1(
      toLatin1(await files.read(`${DIR}/step-40.safetensors`)).replace('"version":"1"', '"version":"2"'),
    );
    await files.write(`${DIR}/step-40.safetensors`, newer);
    await forbidden.close();
    const run = await open();
    expect(await messageOf(() => run.latest())).toMatch('step-40.safetensors: is of format version "2"');
  });
});

const toLatin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
const fromLatin1 = (chars: string): Uint8Array => Uint8Array.from(chars, (char) => char.charCodeAt(0));

describe('a rewind', () => {
  it('cuts logs and samples, and removes later checkpoints', async () => {
    await makeRun();
    const run = await open();
    await run.rewind(20);
    expect(await metricsSteps()).toEqual([10, 20]);
    expect(await text('gradients.jsonl')).toBe(
      '{"format":"dissipa.gradients","version":2}\n{"step":10,"layers":[]}\n{"step":20,"layers":[]}\n',
    );
    expect(await text('samples.txt')).toBe('--- step 20 ---\ntext of 20\n\n');
    expect(await run.steps()).toEqual([20]);
    expect(await files.kind(`${DIR}/best.safetensors`)).toBe('file');
    await run.rewind(-1);
    expect([await metricsSteps(), await text('samples.txt'), await run.steps()]).toEqual([[], '', []]);
  });

  it('heals torn ends, so that the logs go on without gap or repeat', async () => {
    await makeRun();
    await files.append(`${DIR}/metrics.jsonl`, '{"step":50,"loss');
    await files.append(`${DIR}/gradients.jsonl`, '{"st');
    await files.append(`${DIR}/samples.txt`, '--- step 40 ---\ntex');
    const run = await open();
    await run.rewind(40);
    await run.appendMetrics({ step: 50 });
    await run.appendSample(60, 'x');
    expect(await metricsSteps()).toEqual([10, 20, 30, 40, 50]);
    expect(await text('gradients.jsonl')).toMatch(/"step":40,"layers":\[\]\}\n$/);
    expect(await text('samples.txt')).toBe(
      '--- step 20 ---\ntext of 20\n\n--- step 40 ---\ntext of 40\n\n--- step 60 ---\nx\n\n',
    );
  });

  it('writes a log of gradients of version 1 anew in version 2, through the step and no further', async () => {
    await makeRun();
    const path = `${DIR}/gradients.jsonl`;
    const curve = [0, -1, -2, -3, -4, -5];
    const old = { halfLife: 1, lag1pct: 2, lag1e6: null, slope: -1, verdict: 'vanishing' };
    const lineOf = (step: number, lagLog10?: object): string =>
      encodeLine({ step, layers: [{ layer: 0, ...(lagLog10 && { lagLog10, memory: old }), later: 1 / 3 }] });
    const lines = [lineOf(10, { h: curve, c: null }), lineOf(20), lineOf(30, { h: curve, c: null })];
    const write = (torn: string): Promise<void> =>
      files.write(path, utf8(logHeader('dissipa.gradients', 1) + lines.join('') + torn));
    for (const torn of ['', '{"step":40,"lay']) {
      await write(torn);
      const run = await open();
      await run.rewind(20);
      await run.appendGradients({ step: 25, layers: [] });
      await run.close();
      const written = await files.read(path);
      const log = readLog(written, path, 'dissipa.gradients');
      expect(log).toMatchObject({ version: 2, byteLength: written.length });
      expect(log.lines).toEqual([
        {
          step: 10,
          layers: [
            {
              layer: 0,
              lagLog10: { h: curve, c: null },
              memory: memoryOf({ h: curve, c: null }),
              later: 1 / 3,
            },
          ],
        },
        { step: 20, layers: [{ layer: 0, later: 1 / 3 }] },
        { step: 25, layers: [] },
      ]);
    }
    // Once is enough: another rewind changes nothing but what it cuts.
    const before = await text('gradients.jsonl');
    const again = await open();
    await again.rewind(25);
    expect(await text('gradients.jsonl')).toBe(before);
  });

  it('begins a log anew that is gone or has no whole header', async () => {
    await makeRun();
    await files.remove(`${DIR}/metrics.jsonl`);
    await files.remove(`${DIR}/samples.txt`);
    await files.write(`${DIR}/gradients.jsonl`, utf8('{"forma'));
    const run = await open();
    await run.rewind(40);
    expect(await text('metrics.jsonl')).toBe('{"format":"dissipa.metrics","version":1}\n');
    expect(await text('gradients.jsonl')).toBe('{"format":"dissipa.gradients","version":2}\n');
    expect(await text('samples.txt')).toBe('');
  });

  it('of a run whose log is damaged within changes nothing', async () => {
    await makeRun();
    await files.write(
      `${DIR}/gradients.jsonl`,
      utf8('{"format":"dissipa.gradients","version":2}\n{"st\n{"step":40}\n'),
    );
    const run = await open();
    expect(await messageOf(() => run.rewind(20))).toMatch(
      `${DIR}/gradients.jsonl, line 2: "{\\"st" is not JSON`,
    );
    expect(await metricsSteps()).toEqual([10, 20, 30, 40]);
    expect(await run.steps()).toEqual([20, 40]);
  });

  it('broken off at any call leaves a run that the next one goes on with', async () => {
    for (let stopAt = 1; ; stopAt++) {
      files = memoryFiles();
      await makeRun();
      let calls = 0;
      const dying = await open(
        watchedFiles((method) => {
          if (['remove', 'truncate', 'write'].includes(method) && ++calls === stopAt)
            throw new Error('killed');
        }, files),
      );
      const outcome = await dying.rewind(20).then(
        () => 'done',
        () => 'killed',
      );
      const reached = (await dying.latest())?.step ?? -1;
      const run = await RunFolder.open(files, fakeProcesses(18), DIR);
      await run.rewind(reached);
      expect(await metricsSteps()).toEqual([10, 20, 30, 40].filter((step) => step <= reached));
      if (outcome === 'done') {
        expect(stopAt).toBeGreaterThan(4);
        break;
      }
    }
  });
});

describe('a MODEL argument', () => {
  it('is a file itself, or a run’s best, or its newest step', async () => {
    await makeRun();
    expect(await resolveModelPath(files, `${DIR}/step-20.safetensors`)).toBe(`${DIR}/step-20.safetensors`);
    expect(await resolveModelPath(files, DIR)).toBe(`${DIR}/best.safetensors`);
    await files.remove(`${DIR}/best.safetensors`);
    expect(await resolveModelPath(files, `${DIR}/`)).toBe(`${DIR}/step-40.safetensors`);
  });

  it('that is none is told why', async () => {
    await makeRun();
    await files.makeFolder('empty');
    const expected = 'expected a .safetensors file or the folder of a run';
    expect(await messageOf(() => resolveModelPath(files, 'x'))).toBe(
      `x: there is nothing there, ${expected}; check the path, or train one with \`dissipa train\``,
    );
    expect(await messageOf(() => resolveModelPath(files, `${DIR}/run.json`))).toBe(
      `${DIR}/run.json: is not a .safetensors file, ${expected}; check the path`,
    );
    expect(await messageOf(() => resolveModelPath(files, 'empty'))).toBe(
      'empty: is a folder without a checkpoint, expected best.safetensors or step-<n>.safetensors in it; train longer, or check the path',
    );
  });
});

it('a run goes on from where it was, on a real disk and with real processes', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'dissipa-run-'));
  onTestFinished(() => {
    rmSync(dir, { recursive: true });
  });
  const info: RunInfo = { ...RUN_INFO, createdAt: new Date().toISOString() };
  const disk = nodeFiles();
  const path = join(dir, 'runs/a');
  const first = await RunFolder.create(disk, nodeProcesses(), path, info);
  expect(await messageOf(() => RunFolder.open(disk, nodeProcesses(), path))).toMatch('in use by process');
  await first.appendMetrics({ step: 1 });
  await first.saveStep(1, makeCheckpoint(1), 2);
  await first.appendMetrics({ step: 2 });
  await first.close();

  const second = await RunFolder.open(disk, nodeProcesses(), path);
  expect(second.info).toEqual(info);
  const latest = await second.latest();
  expect(latest?.checkpoint).toEqual(makeCheckpoint(1));
  await second.rewind(latest?.step ?? -1);
  await second.appendMetrics({ step: 2, again: true });
  await second.close();
  expect(await disk.list(path)).toEqual([
    'gradients.jsonl',
    'metrics.jsonl',
    'run.json',
    'samples.txt',
    'step-1.safetensors',
  ]);
  expect(fromUtf8(await disk.read(join(path, 'metrics.jsonl')))).toBe(
    '{"format":"dissipa.metrics","version":1}\n{"step":1}\n{"step":2,"again":true}\n',
  );
});
