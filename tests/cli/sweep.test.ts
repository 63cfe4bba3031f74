/** `dissipa sweep` as it is called: kept, taken up, in parts; and by a queue where there is a Redis. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CLI_MS, complaint, dissipa, start, succeed, temporaryFolder, type Running } from './dissipa.js';

const WORDS = 'a carta chega tarde e o gradiente se dissipa no caminho de volta para casa'.split(' ');
const GRID = 'cell=tanh,gru hidden=4,6 seed=1..2';
const SMALL = '--batch 4 --window 16 --steps 60 --checkpoint-every 10'.split(' ');

function setUp(length = 4000): string {
  const cwd = temporaryFolder();
  let [text, at] = ['', 7];
  while (text.length < length) {
    at = (at * 1103515245 + 12345) % 2 ** 31;
    text += `${WORDS[(at >> 16) % WORDS.length]} `;
  }
  writeFileSync(join(cwd, 'text.txt'), text.slice(0, length));
  return cwd;
}

interface Result {
  readonly index: number;
  readonly [key: string]: unknown;
}

/** By index, the last word on each, without what depends on the clock. */
function resultsIn(cwd: string, ...dirs: string[]): Record<string, unknown> {
  const lines = dirs.flatMap((dir) =>
    readFileSync(join(cwd, dir, 'results.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1),
  );
  return Object.fromEntries(
    lines.map((line) => {
      const { seconds, ...result } = JSON.parse(line) as Result;
      expect(seconds).toBeGreaterThan(0);
      return [result.index, result];
    }),
  );
}

const sweep = (cwd: string, out: string, ...more: string[]): Promise<string> =>
  succeed(['sweep', 'text.txt', '--grid', GRID, ...SMALL, '--out', out, ...more], cwd);

/** Until so many lines of results are there. */
const untilResults = (cwd: string, dir: string, count: number): Promise<void> =>
  vi.waitFor(
    () => {
      const text = readFileSync(join(cwd, dir, 'results.jsonl'), 'utf8');
      expect(text.split('\n').length - 2).toBeGreaterThanOrEqual(count);
    },
    { timeout: CLI_MS, interval: 20 },
  );

test('a killed sweep goes on where it was, and ends with the same bits', { timeout: CLI_MS }, async () => {
  const cwd = setUp();
  await sweep(cwd, 'whole', '--jobs', '2');
  const { child, ended } = start(
    ['sweep', 'text.txt', '--grid', GRID, ...SMALL, '--out', 'killed', '--jobs', '1'],
    cwd,
  );
  await untilResults(cwd, 'killed', 2);
  child.kill('SIGKILL');
  await ended;
  await succeed(['sweep', '--resume', 'killed'], cwd);
  expect(resultsIn(cwd, 'killed')).toEqual(resultsIn(cwd, 'whole'));
  expect(Object.keys(resultsIn(cwd, 'whole'))).toHaveLength(8);
  // Nothing is left of trainings under way.
  expect(readdirSync(join(cwd, 'killed/jobs'))).toEqual([]);
});

test('parts that are put together are the whole; a missing one is named', { timeout: CLI_MS }, async () => {
  const cwd = setUp();
  await sweep(cwd, 'whole');
  for (const part of ['1/3', '2/3', '3/3']) await sweep(cwd, `part-${part[0]}`, '--part', part);
  expect(resultsIn(cwd, 'part-1', 'part-2', 'part-3')).toEqual(resultsIn(cwd, 'whole'));
  const merged = JSON.parse(
    await succeed(['sweep', '--merge', 'part-1', 'part-2', 'part-3', '--json'], cwd),
  ) as {
    settings: unknown;
  };
  const whole = JSON.parse(await succeed(['sweep', '--merge', 'whole', '--json'], cwd)) as {
    settings: unknown;
  };
  expect(merged.settings).toEqual(whole.settings);
  const { code, stderr } = await dissipa(['sweep', '--merge', 'part-1', 'part-3'], cwd);
  expect(code).toBe(1);
  expect(stderr).toContain('2/3');
});

test(
  'halving, tables and page; the printed command makes the best setting',
  { timeout: CLI_MS },
  async () => {
    const cwd = setUp();
    const files = ['--csv', 'all.csv', '--parquet', 'all.parquet', '--html', 'all.html'];
    const told = await sweep(cwd, 'halved', '--halving', '2', ...files);
    const csv = readFileSync(join(cwd, 'all.csv'), 'utf8').trimEnd().split('\n');
    expect(csv).toHaveLength(9);
    expect(csv[0]).toMatch(/^index,cell,hidden,seed,/);
    expect(csv.filter((line) => line.includes(',halving,'))).toHaveLength(7);
    expect(readFileSync(join(cwd, 'all.parquet')).subarray(0, 4).toString()).toBe('PAR1');
    const page = readFileSync(join(cwd, 'all.html'), 'utf8');
    expect(page).toContain('<svg');
    const command = told.split('\n').find((line) => line.trim().startsWith('npx dissipa train')) ?? '';
    await succeed([...command.trim().split(' ').slice(2), '--out', 'best'], cwd);
  },
);

test(
  'what is wrong is said before anything is trained, and leaves nothing',
  { timeout: CLI_MS },
  async () => {
    const cwd = setUp();
    for (const wrong of [
      ['--grid', ''],
      ['--grid', 'cel=lstm'],
      ['--grid', 'hidden=1..1000 seed=1..1000'],
      ['--grid', 'hidden=4', '--part', '4/3'],
      ['--grid', 'hidden=4', '--part', '1/2', '--halving', '2'],
      ['--grid', 'hidden=4', '--validation', '0'],
      ['--grid', 'hidden=4', '--queue', 'http://localhost'],
    ])
      await complaint(['sweep', 'text.txt', ...wrong], cwd, 2);
    await complaint(['sweep', 'text.txt', '--grid', 'hidden=4', '--batch', '64', '--window', '999'], cwd, 1);
    await complaint(['sweep', '--resume', 'nowhere'], cwd, 1);
    await complaint(['sweep', '--merge', 'nowhere'], cwd, 1);
    // Port 1: nobody is there.
    await complaint(['sweep', 'text.txt', '--grid', 'hidden=4', '--queue', 'redis://127.0.0.1:1'], cwd, 1);
    expect(readdirSync(cwd)).toEqual(['text.txt']);
  },
);

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

/** A port that was free a moment ago. */
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  });

describe.skipIf(!hasRedis)('by a queue (where there is a redis-server)', () => {
  const folder = temporaryFolder();
  let [port, redis] = [0, null as ChildProcess | null];
  const address = (): string => `redis://:secret@127.0.0.1:${port}`;
  const begin = async (): Promise<void> => {
    const options = `--port ${port} --bind 127.0.0.1 --requirepass secret --appendonly yes --appendfsync always --save ''`;
    redis = spawn('redis-server', [...options.split(' '), '--dir', folder], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let told = '';
    redis.stdout?.on('data', (piece: Buffer) => (told += piece.toString()));
    await vi.waitFor(
      () => {
        expect(told).toContain('Ready to accept connections');
      },
      { timeout: CLI_MS, interval: 20 },
    );
  };
  beforeAll(async () => {
    port = await freePort();
    await begin();
  });
  afterAll(() => {
    redis?.kill('SIGKILL');
  });
  const worker = (cwd: string): Running => start(['worker', '--queue', address(), '--jobs', '1'], cwd);

  test(
    'workers are killed, Redis is begun anew: every result once, the same bits as on one machine',
    { timeout: 2 * CLI_MS },
    async () => {
      const cwd = setUp();
      await sweep(cwd, 'here');
      const workers = [worker(cwd), worker(cwd)];
      const asked = start(
        ['sweep', 'text.txt', '--grid', GRID, ...SMALL, '--out', 'queued', '--queue', address()],
        cwd,
      );
      await vi.waitFor(() => readFileSync(join(cwd, 'queued/results.jsonl')), { timeout: CLI_MS });
      await untilResults(cwd, 'queued', 1);
      workers[0].child.kill('SIGKILL');
      redis?.kill('SIGKILL');
      await begin();
      workers.push(worker(cwd));
      const { code, stderr } = await asked.ended;
      expect(code, stderr).toBe(0);
      expect(resultsIn(cwd, 'queued')).toEqual(resultsIn(cwd, 'here'));
      for (const { child } of workers) child.kill('SIGTERM');
      for (const { ended } of workers.slice(1)) expect((await ended).code).toBe(130);
    },
  );

  test('a wrong password is one line, and nobody sees the right one', { timeout: CLI_MS }, async () => {
    const cwd = setUp();
    const wrong = `redis://:wrong@127.0.0.1:${port}`;
    const told = await complaint(['sweep', 'text.txt', '--grid', 'hidden=4', '--queue', wrong], cwd, 1);
    expect(told).not.toContain('wrong@');
    await complaint(['worker', '--queue', wrong], cwd, 1);
  });
});
