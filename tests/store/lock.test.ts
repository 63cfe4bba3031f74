import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { memoryFiles } from '../../src/store/files-memory.js';
import type { FileStore } from '../../src/store/files.js';
import { takeLock } from '../../src/store/lock.js';
import type { ProcessInfo } from '../../src/store/processes.js';
import { nodeProcesses } from '../../src/store/processes-node.js';
import {
  complaintOf,
  fakeProcesses,
  fromUtf8,
  interceptedFiles,
  messageOf,
  utf8,
  watchedFiles,
} from './fixtures.js';

const DIR = 'checkpoints/a';
const PATH = `${DIR}/lock.json`;

/** The disk's clock. */
let now = 0;
let files: FileStore;
beforeEach(async () => {
  files = memoryFiles(() => now);
  await files.makeFolder(DIR);
});
const readLock = async (): Promise<unknown> => JSON.parse(fromUtf8(await files.read(PATH)));
const writeLock = (lock: unknown): Promise<void> => files.write(PATH, utf8(JSON.stringify(lock)));

const ALIVE = new Map([
  [4242, 'start of 4242'],
  [17, 'start of 17'],
]);
const of4242 = fakeProcesses(4242, ALIVE);
const of17 = fakeProcesses(17, ALIVE);
/** The same machine after 4242 was killed. */
const after4242 = fakeProcesses(17);

describe('a lock', () => {
  it('says who has it, and is gone when it is given back', async () => {
    const lock = await takeLock(files, of4242, DIR);
    expect(await readLock()).toMatchObject({ pid: 4242, host: 'here', startedAt: 'start of 4242' });
    await lock.release();
    expect(await files.list(DIR)).toEqual([]);
  });

  it('of a living process is respected', async () => {
    await takeLock(files, of4242, DIR);
    expect(await messageOf(() => takeLock(files, of17, DIR))).toBe(
      'checkpoints/a: in use by process 4242 on this machine; wait for it, stop it, or give another --out',
    );
    expect(await readLock()).toMatchObject({ pid: 4242 });
    expect(await files.list(DIR)).toEqual(['lock.json']);
  });

  it('is not taken twice by the same process', async () => {
    await takeLock(files, of4242, DIR);
    expect(await messageOf(() => takeLock(files, of4242, DIR))).toMatch(
      'in use by process 4242 on this machine, which is this very one',
    );
  });

  it('of a process that was killed is taken over in silence, and nothing is left of it', async () => {
    await takeLock(files, of4242, DIR);
    await takeLock(files, after4242, DIR);
    expect(await readLock()).toMatchObject({ pid: 17 });
    expect(await files.list(DIR)).toEqual(['lock.json']);
  });

  it('of a dead process whose number another has got is taken over', async () => {
    await takeLock(files, of4242, DIR);
    const reused = fakeProcesses(
      17,
      new Map([
        [17, 'x'],
        [4242, 'a later start'],
      ]),
    );
    await takeLock(files, reused, DIR);
    expect(await readLock()).toMatchObject({ pid: 17 });
  });

  it('is respected where the start of a living process cannot be known, then or now', async () => {
    await takeLock(files, of4242, DIR);
    const blind = fakeProcesses(
      17,
      new Map([
        [17, null],
        [4242, null],
      ]),
    );
    expect(await messageOf(() => takeLock(files, blind, DIR))).toMatch('in use by process 4242');
    await files.remove(PATH);
    await takeLock(files, fakeProcesses(4242, new Map([[4242, null]])), DIR);
    expect(await messageOf(() => takeLock(files, of17, DIR))).toMatch('in use by process 4242');
  });

  describe.each([
    ['on another machine', { host: 'elsewhere' }],
    ['in another container', { pidNamespace: 'pid:[2]' }],
    ['of another start of the system', { bootId: 'boot 2' }],
    ['where only one of the two says its container', { pidNamespace: null }],
  ])('of a process %s', (_, place) => {
    const away = fakeProcesses(4242, ALIVE, place);

    it('is respected while it is kept fresh, whatever runs here, and taken over after half a minute', async () => {
      await takeLock(files, away, DIR);
      for (const passed of [0, 29_000]) {
        now += passed;
        const error = await complaintOf(() => takeLock(files, after4242, DIR));
        expect(error.message).toContain('in use by process 4242');
        expect(error.message).toContain(`${passed / 1000} s ago`);
      }
      now += 2_000;
      await takeLock(files, after4242, DIR);
      expect(await readLock()).toMatchObject({ pid: 17, host: 'here' });
      expect(await files.list(DIR)).toEqual(['lock.json']);
    });

    it('is respected however old it is once its owner has given a sign of life', async () => {
      await takeLock(files, away, DIR);
      now += 3_600_000;
      await files.write(PATH, await files.read(PATH));
      expect(await messageOf(() => takeLock(files, after4242, DIR))).toContain('in use by process 4242');
    });

    it('is left alone where the owner wakes while it is taken over', async () => {
      await takeLock(files, away, DIR);
      now += 31_000;
      const sleeper = interceptedFiles(files, async (method, path) => {
        // The guard is about to be made.
        if (method === 'createExclusive' && path !== PATH) await files.write(PATH, await files.read(PATH));
      });
      expect(await messageOf(() => takeLock(sleeper, after4242, DIR))).toContain('in use by process 4242');
      expect(await readLock()).toMatchObject({ pid: 4242 });
      expect(await files.list(DIR)).toEqual(['lock.json']);
    });
  });

  it('of a living process of which nothing but its number is known is taken over once it is stale', async () => {
    const blind = new Map([[4242, null]]);
    await takeLock(files, fakeProcesses(4242, blind), DIR);
    expect(await messageOf(() => takeLock(files, fakeProcesses(17, blind), DIR))).toContain('in use');
    now += 31_000;
    await takeLock(files, fakeProcesses(17, blind), DIR);
    expect(await readLock()).toMatchObject({ pid: 17 });
  });

  it('of an older dissipa, which keeps none fresh, is respected on another machine for ever', async () => {
    await writeLock({ pid: 4242, host: 'elsewhere', startedAt: null, token: 'old' });
    now += 1e9;
    expect(await messageOf(() => takeLock(files, of17, DIR))).toContain(`delete ${PATH}`);
  });

  it('that was taken over while its owner slept is known to it before it writes', async () => {
    const away = fakeProcesses(4242, ALIVE, { host: 'elsewhere' });
    const lock = await takeLock(files, away, DIR);
    await lock.check();
    now += 31_000;
    await takeLock(files, of17, DIR);
    expect(await messageOf(() => lock.check())).toMatch(/^checkpoints\/a: .*process 17 on here/);
    await lock.release();
    expect(await readLock()).toMatchObject({ pid: 17 });
  });

  it('that is gone is lost too: whoever took it over may have given it back', async () => {
    const lock = await takeLock(files, of4242, DIR);
    await files.remove(PATH);
    expect(await messageOf(() => lock.check())).toMatch(/^checkpoints\/a: its lock is gone/);
    await lock.release();
    expect(await files.list(DIR)).toEqual([]);
  });

  it.each([
    '',
    '{"pid":',
    '[]',
    '{"pid":-1,"host":"here","token":"t"}',
    '{"pid":0,"host":"here","token":"t"}',
    '{"pid":5,"host":"here","token":"../../x"}',
  ])('that reads %j is not touched, and is named', async (text) => {
    await files.write(PATH, utf8(text));
    const error = await complaintOf(() => takeLock(files, of17, DIR));
    expect(error.message).toMatch(
      `${PATH}: is not a lock that can be made sense of; if no dissipa is at work in this folder, delete this file`,
    );
    expect(fromUtf8(await files.read(PATH))).toBe(text);
  });

  it('that has gone to somebody else is not removed by its former owner', async () => {
    const lock = await takeLock(files, of4242, DIR);
    await takeLock(files, after4242, DIR);
    await lock.release();
    expect(await readLock()).toMatchObject({ pid: 17 });
  });

  it('left by one who died while taking over is got past', async () => {
    await writeLock({ pid: 1, host: 'here', token: 'first' });
    await files.write(`${PATH}.first`, utf8(JSON.stringify({ pid: 2, host: 'here', token: 'second' })));
    await takeLock(files, of17, DIR);
    expect(await readLock()).toMatchObject({ pid: 17 });
    expect(await files.list(DIR)).toEqual(['lock.json']);
  });

  it('being taken over by a living process is left to it', async () => {
    await writeLock({ pid: 1, host: 'here', token: 'first' });
    await files.write(`${PATH}.first`, utf8(JSON.stringify({ pid: 4242, host: 'here', token: 'second' })));
    expect(await messageOf(() => takeLock(files, of17, DIR))).toMatch(
      'in use by process 4242 on this machine',
    );
    expect(await readLock()).toMatchObject({ pid: 1 });
  });

  it('goes to one process only, however several go about taking over a dead one’s', async () => {
    const everyone = new Map([11, 12, 13].map((pid) => [pid, `start of ${pid}`]));
    let taken = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const shared = memoryFiles();
      await shared.makeFolder(DIR);
      await shared.write(PATH, utf8(JSON.stringify({ pid: 1, host: 'here', token: 'dead' })));
      const { contend, winners } = contest(shared, seed);
      await contend([11, 12, 13].map((pid) => fakeProcesses(pid, everyone)));
      // All may have stood in each other's way; two may never both have it.
      expect(winners.length, `seed ${seed}`).toBeLessThanOrEqual(1);
      taken += winners.length;
    }
    expect(taken).toBeGreaterThan(200);
  });
});

/** Lets several processes take a lock with their calls interleaved as `seed` has it, one call at a time. */
function contest(shared: FileStore, seed: number) {
  const winners: number[] = [];
  let random = seed;
  const waiting: (() => void)[] = [];
  const turn = (): Promise<void> =>
    new Promise((resolve) => {
      waiting.push(resolve);
    });
  const taking = (processes: ProcessInfo): Promise<void> => {
    const store = interceptedFiles(shared, turn);
    return takeLock(store, processes, DIR).then(
      () => {
        winners.push(processes.pid);
      },
      () => undefined,
    );
  };
  const contend = async (all: ProcessInfo[]): Promise<void> => {
    let running = all.length;
    const ends = all.map((processes) =>
      taking(processes).then(() => {
        running--;
      }),
    );
    while (running > 0) {
      // Everybody goes on until all are at a call of their own.
      await new Promise(setImmediate);
      random = (Math.imul(random, 1103515245) + 12345) >>> 0;
      waiting.splice((random >>> 16) % Math.max(1, waiting.length), 1)[0]?.();
    }
    await Promise.all(ends);
  };
  return { contend, winners };
}

it('a failing disk’s own error is passed on', async () => {
  const failing = watchedFiles((method) => {
    if (method === 'createExclusive') throw new TypeError('a defect');
  });
  await expect(takeLock(failing, of17, DIR)).rejects.toThrow('a defect');
});

describe('the processes of this machine', () => {
  const processes = nodeProcesses();

  it('include this one, on this host, with tokens that differ', async () => {
    expect(processes).toMatchObject({ pid: process.pid, host: hostname() });
    expect(processes.place).toMatch(/^\w+$/);
    expect(nodeProcesses().place).toBe(processes.place);
    expect(await processes.isAlive(process.pid)).toBe(true);
    expect(await processes.isAlive(1)).toBe(true);
    expect(processes.newToken()).not.toBe(processes.newToken());
  });

  it('do not include one that has ended, and one that is killed ends', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    await once(child, 'spawn');
    const { pid } = child;
    if (pid === undefined) throw new Error('no child');
    expect(await processes.isAlive(pid)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await processes.isAlive(pid)).toBe(false);
    expect(await processes.startedAt(pid)).toBeNull();
  });

  it.runIf(existsSync('/proc/self/stat'))('do not include one that nobody has collected yet', async () => {
    // The child ends when it is told to, after the shell has turned into what never asks for its children.
    const parent = spawn('sh', ['-c', 'exec 3<&0; (read line <&3) & echo $!; exec sleep 60']);
    onTestFinished(() => {
      parent.kill('SIGKILL');
    });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    await vi.waitFor(() => {
      expect(readFileSync(`/proc/${parent.pid}/comm`, 'utf8')).toBe('sleep\n');
    });
    expect(await processes.isAlive(pid)).toBe(true);
    parent.stdin.end('\n');
    await vi.waitFor(async () => {
      expect(await processes.isAlive(pid)).toBe(false);
    });
    expect(() => process.kill(pid, 0)).not.toThrow();
  });

  it.runIf(existsSync('/proc/self/stat'))(
    'started at a time that stays, and differs from one to another',
    async () => {
      const mine = await processes.startedAt(process.pid);
      expect(mine).toMatch(/^\d+$/);
      expect(await processes.startedAt(process.pid)).toBe(mine);
      expect(await processes.startedAt(1)).not.toBe(mine);
    },
  );

  it('keep others out of a lock of the test itself', async () => {
    const lock = await takeLock(files, processes, DIR);
    onTestFinished(() => lock.release());
    const other: ProcessInfo = { ...processes, pid: process.pid + 1 };
    expect(await messageOf(() => takeLock(files, other, DIR))).toMatch(
      `in use by process ${process.pid} on this machine;`,
    );
  });
});
