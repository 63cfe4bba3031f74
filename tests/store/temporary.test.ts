/** Temporary files say whose they are: those of the dead go, all others stay. */
import { beforeEach, expect, test } from 'vitest';
import { memoryFiles } from '../../src/store/files-memory.js';
import { fileError, type FileStore } from '../../src/store/files.js';
import type { Place } from '../../src/store/processes.js';
import { removeLeftovers, temporaryName } from '../../src/store/temporary.js';
import { fakeProcesses, interceptedFiles } from './fixtures.js';

const DIR = 'checkpoints/a';
const HOUR_MS = 3_600_000;
let now = 0;
let files: FileStore;
beforeEach(async () => {
  files = memoryFiles(() => now);
  await files.makeFolder(DIR);
});
const put = (name: string): Promise<void> => files.write(`${DIR}/${name}`, new Uint8Array(3));

/** What is left of what process 4242 of `place` was filling, in the eyes of process 17 here, `idleMs` later. */
async function left(
  alive: ReadonlyMap<number, string | null>,
  { place = {}, idleMs = 0 }: { place?: Partial<Place>; idleMs?: number } = {},
): Promise<number> {
  await put(await temporaryName(fakeProcesses(4242, undefined, place), 'text.ids'));
  now += idleMs;
  await removeLeftovers(files, fakeProcesses(17, alive), DIR);
  return (await files.list(DIR)).length;
}

test('that of a process that is gone is removed, and one whose number another process has', async () => {
  expect(await left(new Map())).toBe(0);
  expect(await left(new Map([[4242, 'a later start']]))).toBe(0);
});

test('that of a living process stays, however long nothing is written', async () => {
  expect(await left(new Map([[4242, 'start of 4242']]), { idleMs: 100 * HOUR_MS })).toBe(1);
});

test.each([
  ['of which nothing but its number is known', new Map([[4242, null]]), {}],
  ['on another host', new Map(), { host: 'there' }],
  ['in another container', new Map(), { pidNamespace: 'pid:[2]' }],
  ['of another start of the system', new Map(), { bootId: 'boot 2' }],
])('that of a process %s stays for a day', async (_, alive, place) => {
  expect(await left(alive, { place, idleMs: 23 * HOUR_MS })).toBe(1);
  now += 2 * HOUR_MS;
  await removeLeftovers(files, fakeProcesses(17, alive), DIR);
  expect(await files.list(DIR)).toEqual([]);
});

test('a start of any signs goes into the name and out again, and a long name is cut to fit', async () => {
  const odd = fakeProcesses(4242, new Map([[4242, '1.5 s + % é']]));
  for (const name of ['text.ids', `${'ã'.repeat(126)}.html`]) {
    const gone = await temporaryName(odd, name);
    expect(new TextEncoder().encode(gone).length).toBeLessThan(256);
    await put(gone);
    await removeLeftovers(files, odd, DIR);
    expect(await files.list(DIR)).toEqual([gone]);
    await removeLeftovers(files, fakeProcesses(17), DIR);
    expect(await files.list(DIR)).toEqual([]);
  }
});

test('nothing else is touched', async () => {
  const others = [
    'text.ids',
    'text.ids.tmp',
    'text.ids.0.x.here.token-4242-1.tmp',
    'text.ids.4242.%E0.hereboot1pid1.token-4242-1.tmp',
    'text.ids.4242.x.hereboot1pid1.token-4242-1.tmp.txt',
    'text.ids.4242.x.hereboot1pid1.short.tmp',
    'report.2024.05.31.tmp',
    '.4242.x.hereboot1pid1.token-4242-1.tmp',
  ].sort();
  for (const name of others) await put(name);
  now += 100 * HOUR_MS;
  await removeLeftovers(files, fakeProcesses(17), DIR);
  expect(await files.list(DIR)).toEqual(others);
});

test('a folder that is not there, or may not be listed, is no failure', async () => {
  await removeLeftovers(files, fakeProcesses(17), 'nowhere');
  const refusing = interceptedFiles(files, (method, path) =>
    method === 'list' ? Promise.reject(fileError('EACCES', path, 'listed')) : Promise.resolve(),
  );
  await expect(removeLeftovers(refusing, fakeProcesses(17), DIR)).resolves.toBeUndefined();
});
