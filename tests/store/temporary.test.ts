/** Temporary files say whose they are: those of the dead go, all others stay. */
import { beforeEach, expect, test } from 'vitest';
import { memoryFiles } from '../../src/store/files-memory.js';
import { fileError, type FileStore } from '../../src/store/files.js';
import { removeLeftovers, temporaryName } from '../../src/store/temporary.js';
import { fakeProcesses, interceptedFiles } from './fixtures.js';

const DIR = 'checkpoints/a';
let files: FileStore;
beforeEach(async () => {
  files = memoryFiles();
  await files.makeFolder(DIR);
});
const put = (name: string): Promise<void> => files.write(`${DIR}/${name}`, new Uint8Array(3));

/** What is left of what a process of `host` was filling, in the eyes of process 17 of `here`. */
async function left(alive: ReadonlyMap<number, string | null>, host = 'here'): Promise<number> {
  await put(await temporaryName(fakeProcesses(4242, undefined, host), 'text.ids'));
  await removeLeftovers(files, fakeProcesses(17, alive), DIR, 'text.ids');
  return (await files.list(DIR)).length;
}

test('that of a process that is gone is removed, and one whose number another process has', async () => {
  expect(await left(new Map())).toBe(0);
  expect(await left(new Map([[4242, 'a later start']]))).toBe(0);
});

test('that of a living process stays, and where nothing is known of the one that has its number', async () => {
  expect(await left(new Map([[4242, 'start of 4242']]))).toBe(1);
  expect(await left(new Map([[4242, null]]))).toBe(1);
});

test('that of another host stays, however like a dead one here', async () => {
  expect(await left(new Map(), 'there')).toBe(1);
});

test('a host and a start of any signs go into the name and out again', async () => {
  const odd = 'máquina.de “testes”/..\\'.repeat(10);
  const gone = await temporaryName(fakeProcesses(4242, new Map([[4242, '1.5 s + %']]), odd), 'text.ids');
  expect(gone).toMatch(/^text\.ids\.4242\.[\w%-]+\.[\w%-]+\.token-4242-1\.tmp$/);
  expect(gone.length).toBeLessThan(256);
  await put(gone);
  await removeLeftovers(files, fakeProcesses(4242, new Map([[4242, '1.5 s + %']]), odd), DIR, 'text.ids');
  expect(await files.list(DIR)).toEqual([gone]);
  await removeLeftovers(files, fakeProcesses(17, undefined, odd), DIR, 'text.ids');
  expect(await files.list(DIR)).toEqual([]);
});

test('nothing else is touched', async () => {
  const others = [
    'text.ids',
    'text.ids.tmp',
    'text.ids.0.x.here.t.tmp',
    'text.ids.4242.%E0.here.t.tmp',
    'text.ids.4242.x.here.t.tmp.txt',
    'best.safetensors.4242.x.here.t.tmp',
    'xtext.ids.4242.x.here.t.tmp',
  ].sort();
  for (const name of others) await put(name);
  await removeLeftovers(files, fakeProcesses(17), DIR, 'text.ids');
  expect(await files.list(DIR)).toEqual(others);
});

test('a folder that is not there, or may not be listed, is no failure', async () => {
  await removeLeftovers(files, fakeProcesses(17), 'nowhere', 'text.ids');
  const refusing = interceptedFiles(files, (method, path) =>
    method === 'list' ? Promise.reject(fileError('EACCES', path, 'listed')) : Promise.resolve(),
  );
  await expect(removeLeftovers(refusing, fakeProcesses(17), DIR, 'text.ids')).resolves.toBeUndefined();
});
