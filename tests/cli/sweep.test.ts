/** `dissipa sweep` as it is called: kept, taken up, in parts; and by a queue where there is a Redis. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { versions } from '../../src/cli/versions.js';
import {
  CLI_MS,
  complaint,
  dissipa,
  program,
  start,
  startCommand,
  succeed,
  temporaryFolder,
  type Running,
} from './dissipa.js';
import { runSync } from '../run-sync.js';
import { sweep as words } from '../../src/words/en/sweep.js';

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
  'of many texts the printed command names what was given; of the bundled corpus it names none',
  { timeout: CLI_MS },
  async () => {
    const cwd = setUp();
    mkdirSync(join(cwd, 'texts'));
    for (let i = 0; i < 60; i++)
      writeFileSync(join(cwd, `texts/a-rather-long-name-${i}.txt`), `Texto ${i}: a carta chega tarde.\n`);
    const one = [
      '--grid',
      'hidden=4',
      '--batch',
      '2',
      '--window',
      '8',
      '--steps',
      '2',
      '--evaluate-characters',
      '100',
    ];
    const commandIn = (told: string): string =>
      /^ *npx dissipa (train.*)$/m.exec(told)?.[1] ?? 'there is none';
    const folder = commandIn(
      await succeed(['sweep', 'texts', ...one, '--out', 'a', '--html', 'a.html'], cwd),
    );
    expect(folder).toMatch(/^train texts --hidden 4 /);
    expect(readFileSync(join(cwd, 'a.html'), 'utf8')).toContain('texts, 60 texts');
    await succeed([...folder.split(' '), '--out', 'by-itself'], cwd);
    const bundled = commandIn(await succeed(['sweep', ...one, '--out', 'b'], cwd));
    expect(bundled).toMatch(/^train --hidden 4 /);
    // Taken up again it is the same text.
    expect(commandIn(await succeed(['sweep', '--resume', 'b'], cwd))).toBe(bundled);
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

const { dissipa: ownVersion } = versions;
const hasRedis = runSync('redis-server', ['--version']).status === 0;

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

/** A Redis of its own on loopback, until the file's tests are through. */
class OwnRedis {
  #process: ChildProcess | null = null;
  private constructor(
    private readonly folder: string,
    private readonly options: readonly string[],
  ) {}

  static async begin(...options: string[]): Promise<OwnRedis> {
    const server = new OwnRedis(temporaryFolder(), options);
    await server.begin();
    return server;
  }

  /** Begun anew it has what it had. */
  async begin(): Promise<void> {
    const durable =
      `--bind 127.0.0.1 --requirepass secret --appendonly yes --appendfsync always --save`.split(' ');
    const child = spawn('redis-server', [...durable, '', '--dir', this.folder, ...this.options], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.#process = child;
    let told = '';
    child.stdout.on('data', (piece: Buffer) => (told += piece.toString()));
    await vi.waitFor(
      () => {
        expect(told).toContain('Ready to accept connections');
      },
      { timeout: CLI_MS, interval: 20 },
    );
  }

  kill(): void {
    this.#process?.kill('SIGKILL');
  }
}

describe.skipIf(!hasRedis)('by a queue (where there is a redis-server)', () => {
  let port = 0;
  let redis: OwnRedis | null = null;
  const address = (): string => `redis://:secret@127.0.0.1:${port}`;
  beforeAll(async () => {
    port = await freePort();
    redis = await OwnRedis.begin('--port', String(port));
  });
  afterAll(() => {
    redis?.kill();
  });
  const worker = (cwd: string): Running => start(['worker', '--queue', address(), '--jobs', '1'], cwd);
  const queued = (cwd: string, out: string, ...more: string[]): Running =>
    start(['sweep', 'text.txt', '--grid', GRID, ...SMALL, '--out', out, '--queue', address(), ...more], cwd);

  test(
    'workers are killed, Redis is begun anew: every result once, the same bits as on one machine',
    { timeout: 2 * CLI_MS },
    async () => {
      const cwd = setUp();
      await sweep(cwd, 'here');
      const workers = [worker(cwd), worker(cwd)];
      const asked = queued(cwd, 'queued');
      await vi.waitFor(() => readFileSync(join(cwd, 'queued/results.jsonl')), { timeout: CLI_MS });
      await untilResults(cwd, 'queued', 1);
      workers[0].child.kill('SIGKILL');
      redis?.kill();
      await redis?.begin();
      workers.push(worker(cwd));
      const { code, stderr } = await asked.ended;
      expect(code, stderr).toBe(0);
      expect(resultsIn(cwd, 'queued')).toEqual(resultsIn(cwd, 'here'));
      for (const { child } of workers) child.kill('SIGTERM');
      for (const { ended } of workers.slice(1)) expect((await ended).code).toBe(130);
    },
  );

  test(
    'a worker that is stopped gives back what it has at hand; who looks on sees all of it, to its end',
    { timeout: 2 * CLI_MS },
    async () => {
      const cwd = setUp();
      await sweep(cwd, 'here', '--steps', '2000');
      const first = worker(cwd);
      const asked = queued(cwd, 'queued', '--steps', '2000');
      await vi.waitFor(
        () => {
          expect(first.stderr()).toContain(words.workerTook('', 0));
        },
        { timeout: CLI_MS, interval: 20 },
      );
      const onlooker = start(['sweep', '--watch', '--json', '--queue', address()], cwd);
      await vi.waitFor(
        () => {
          expect(onlooker.stdout()).toContain('"host"');
        },
        { timeout: CLI_MS, interval: 20 },
      );
      first.child.kill('SIGTERM');
      expect((await first.ended).code).toBe(130);
      const second = worker(cwd);
      const { code, stderr } = await asked.ended;
      expect(code, stderr).toBe(0);
      // Not lost, and not made twice.
      expect(resultsIn(cwd, 'queued')).toEqual(resultsIn(cwd, 'here'));
      const seen = await onlooker.ended;
      expect(seen.code).toBe(0);
      const looks = seen.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { studies: { done: number; jobs: number }[]; running: object[] });
      expect(looks.flatMap(({ studies }) => studies).every(({ jobs }) => jobs === 8)).toBe(true);
      expect(looks.some(({ running }) => running.length > 0)).toBe(true);
      expect(looks.at(-1)).toMatchObject({ studies: [], running: [] });
      second.child.kill('SIGTERM');
      await second.ended;
    },
  );

  test(
    'a comparison by the same queue is the one that is made here; a hostile job harms nobody',
    { timeout: 2 * CLI_MS },
    async () => {
      const cwd = setUp(20_000);
      const given = '--only tanh,ngram,gru --hidden 4 --batch 4 --window 16 --characters 3000 --engine wasm';
      const compare = ['compare', 'text.txt', ...given.split(' ')];
      await succeed([...compare, '--out', 'here'], cwd);
      const one = worker(cwd);
      await vi.waitFor(
        () => {
          expect(one.stderr()).toContain('waiting');
        },
        { timeout: CLI_MS, interval: 20 },
      );
      const connection = new Redis(address(), { maxRetriesPerRequest: null });
      const queue = new Queue('jobs-' + ownVersion, { connection, prefix: 'dissipa' });
      const hostile = {
        version: ownVersion,
        study: 'sweep',
        text: 'a'.repeat(64),
        id: 'x',
        of: 'x',
        label: '\u001b[2J',
      };
      await queue.addBulk(
        [
          { evil: '\u001b]0;x' },
          { ...hostile, index: 0, share: null, options: { hidden: 1e12 } },
          hostile,
        ].map((data, i) => ({ name: 'training', data, opts: { jobId: `hostile-${i}` } })),
      );
      await succeed([...compare, '--out', 'queued', '--queue', address()], cwd);
      await queue.obliterate({ force: true });
      await queue.close();
      connection.disconnect();
      const contenders = (dir: string): unknown => {
        const { results } = JSON.parse(readFileSync(join(cwd, dir, 'compare.json'), 'utf8')) as {
          results: { contender: string; curve: object[] }[];
        };
        return results.map(({ curve, ...result }) => ({
          ...{ ...result, seconds: null },
          curve: curve.map((point) => ({ ...point, seconds: null })),
        }));
      };
      expect(contenders('queued')).toEqual(contenders('here'));
      one.child.kill('SIGTERM');
      const { code, stderr } = await one.ended;
      expect(code).toBe(130);
      expect(stderr.match(/^job hostile-\d: /gm)).toHaveLength(3);
      expect(stderr).not.toMatch(/\u001b|\bat .*:\d+:\d+/);
    },
  );

  test('a wrong password is one line, and nobody sees the right one', { timeout: CLI_MS }, async () => {
    const cwd = setUp();
    const wrong = `redis://:wrong@127.0.0.1:${port}`;
    const told = await complaint(['sweep', 'text.txt', '--grid', 'hidden=4', '--queue', wrong], cwd, 1);
    expect(told).not.toContain('wrong@');
    expect(told).toContain('WRONGPASS');
    expect(await complaint(['worker', '--queue', wrong], cwd, 1)).not.toContain('wrong@');
    await complaint(['sweep', '--watch', '--queue', `redis://127.0.0.1:${port}`], cwd, 1);
    expect(readdirSync(cwd)).toEqual(['text.txt']);
  });

  test.skipIf(runSync('openssl', ['version']).status !== 0)(
    'by TLS: a certificate that nobody vouches for is one line, and one that is named is trusted',
    { timeout: CLI_MS },
    async (context) => {
      const cwd = temporaryFolder();
      const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1';
      const made = `req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=localhost -addext ${names}`;
      runSync('openssl', made.split(' '), { cwd });
      const secure = await freePort();
      const files = [
        '--tls-cert-file',
        'cert.pem',
        '--tls-key-file',
        'key.pem',
        '--tls-ca-cert-file',
        'cert.pem',
      ];
      const options = ['--port', '0', '--tls-port', String(secure), '--tls-auth-clients', 'no'];
      const inFolder = files.map((word) => (word.endsWith('.pem') ? join(cwd, word) : word));
      const server = await OwnRedis.begin(...options, ...inFolder).catch(() => null);
      if (server === null) return context.skip('this redis-server has no TLS');
      const at = `rediss://:secret@127.0.0.1:${secure}`;
      expect(await complaint(['sweep', '--watch', '--queue', at], cwd, 1)).toContain('NODE_EXTRA_CA_CERTS');
      const trusted = ['env', `NODE_EXTRA_CA_CERTS=${join(cwd, 'cert.pem')}`, process.execPath, program];
      const { ended } = startCommand(
        trusted[0],
        [...trusted.slice(1), 'sweep', '--watch', '--queue', at],
        cwd,
      );
      const { code, stderr } = await ended;
      expect(code, stderr).toBe(0);
      server.kill();
    },
  );
});
