import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { memoryFiles } from '../../src/store/files-memory.js';
import { nodeFiles } from '../../src/store/files-node.js';
import {
  DiskFullError,
  fileError,
  joinPath,
  MissingFileError,
  type FileStore,
} from '../../src/store/files.js';
import { complaintOf, fromUtf8, messageOf, utf8 } from './fixtures.js';

const scratch = mkdtempSync(join(tmpdir(), 'dissipa-files-'));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

let places = 0;

describe.each([
  ['on disk', nodeFiles],
  ['in memory', memoryFiles],
])('files %s', (_, make) => {
  let files: FileStore;
  let dir: string;
  beforeEach(async () => {
    files = make();
    dir = join(scratch, String(++places));
    await files.makeFolder(dir);
  });
  const at = (name: string) => joinPath(dir, name);

  it('reads back what was written, also over a longer file', async () => {
    await files.write(at('a'), utf8('a longer text'));
    await files.write(at('a'), Uint8Array.of(0, 255, 10));
    expect([...(await files.read(at('a')))]).toEqual([0, 255, 10]);
    expect(await files.list(dir)).toEqual(['a']);
  });

  it('writes the bytes of a view, not those of its buffer', async () => {
    await files.write(at('a'), utf8('0123456789').subarray(3, 5));
    expect(fromUtf8(await files.read(at('a')))).toBe('34');
  });

  it('gives bytes that are the reader’s own', async () => {
    await files.write(at('a'), utf8('abc'));
    (await files.read(at('a'))).fill(0);
    expect(fromUtf8(await files.read(at('a')))).toBe('abc');
  });

  it('gives bytes whose slice is a copy', async () => {
    await files.write(at('a'), utf8('abc'));
    const bytes = await files.read(at('a'));
    bytes.slice().fill(0);
    expect(fromUtf8(bytes)).toBe('abc');
  });

  it('tells files, folders and nothing apart', async () => {
    await files.write(at('a'), utf8(''));
    const kinds = await Promise.all([at('a'), dir, at('b'), at('a/b')].map((path) => files.kind(path)));
    expect(kinds).toEqual(['file', 'folder', 'none', 'none']);
  });

  it('keeps the order of appends that nobody waited for, and of a write among them', async () => {
    const appends = Array.from({ length: 50 }, (_, i) => files.append(at('log'), `${i}é\n`));
    appends.push(files.write(at('log'), utf8('0é\n')), files.append(at('log'), 'end'));
    await Promise.all(appends);
    expect(fromUtf8(await files.read(at('log')))).toBe('0é\nend');
  });

  it('goes on with a path after a call on it failed', async () => {
    const failed = files.read(at('a'));
    const written = files.write(at('a'), utf8('x'));
    await expect(failed).rejects.toThrow(MissingFileError);
    await written;
    expect(fromUtf8(await files.read(at('a')))).toBe('x');
  });

  it('changes nothing where it may not write, and leaves nothing beside it', async () => {
    await files.write(at('a'), utf8('kept'));
    const mayNot = (): Promise<void> => Promise.reject(new Error('taken over'));
    const calls = [
      () => files.write(at('a'), utf8('new'), mayNot),
      () => files.append(at('a'), 'more', mayNot),
      async () => {
        const file = await files.create(at('b'));
        await file.write(utf8('new'));
        await file.finish(at('a'), mayNot).finally(() => file.discard());
      },
    ];
    for (const call of calls) await expect(call()).rejects.toThrow('taken over');
    expect(fromUtf8(await files.read(at('a')))).toBe('kept');
    expect(await files.list(dir)).toEqual(['a']);
  });

  it('creates a file exclusively once', async () => {
    const made = await Promise.all(['x', 'y', 'z'].map((text) => files.createExclusive(at('a'), utf8(text))));
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(fromUtf8(await files.read(at('a')))).toBe('xyz'[made.indexOf(true)]);
    expect(await files.createExclusive(dir, utf8('x'))).toBe(false);
    expect(await files.list(dir)).toEqual(['a']);
  });

  it('removes a file, and does not mind if it is gone', async () => {
    await files.write(at('a'), utf8('x'));
    await files.remove(at('a'));
    await files.remove(at('a'));
    expect(await files.kind(at('a'))).toBe('none');
  });

  it('makes folders within folders, also again, and lists sorted names', async () => {
    await files.makeFolder(at('c/d'));
    await files.makeFolder(at('c/d'));
    await files.write(at('b'), utf8(''));
    await files.write(at('a'), utf8(''));
    expect(await files.list(dir)).toEqual(['a', 'b', 'c']);
    expect(await files.list(at('c'))).toEqual(['d']);
  });

  it('flushes, whether or not the file is there', async () => {
    await files.append(at('a'), 'x');
    await files.flush(at('a'));
    await files.flush(at('b'));
    expect(await files.kind(at('b'))).toBe('none');
  });

  it('names the path and the trouble', async () => {
    await files.write(at('a'), utf8('x'));
    await files.makeFolder(at('c'));
    expect(await messageOf(() => files.read(at('b')))).toBe(
      `${at('b')}: there is no such file; check the path`,
    );
    expect(await messageOf(() => files.read(at('c')))).toMatch(/^.*\/c: is a folder, expected a file/);
    expect(await messageOf(() => files.list(at('a')))).toMatch(/\/a: is a file, expected a folder/);
    expect(await messageOf(() => files.list(at('b')))).toMatch(/\/b: there is no such folder/);
    expect(await messageOf(() => files.write(at('b/x'), utf8('')))).toMatch(
      /\/b\/x: its folder does not exist/,
    );
    expect(await messageOf(() => files.append(at('b/x'), ''))).toMatch(/\/b\/x: its folder does not exist/);
    expect(await messageOf(() => files.write(at('c'), utf8('')))).toMatch(
      /\/c: is a folder, expected a file/,
    );
    expect(await messageOf(() => files.append(at('c'), ''))).toMatch(/\/c: is a folder, expected a file/);
    expect(await messageOf(() => files.write(at('a/x'), utf8('')))).toMatch(/a part of this path is a file/);
    expect(await messageOf(() => files.makeFolder(at('a')))).toMatch(/\/a: is a file, expected a folder/);
    expect(await messageOf(() => files.makeFolder(at('a/b')))).toMatch(/a part of this path is a file/);
    expect(await files.list(dir)).toEqual(['a', 'c']);
  });
});

describe.each([
  ['on disk', nodeFiles],
  ['in memory', memoryFiles],
])('large files %s', (_, make) => {
  let files: FileStore;
  let dir: string;
  beforeEach(async () => {
    files = make();
    dir = join(scratch, String(++places));
    await files.makeFolder(dir);
  });
  const at = (name: string) => joinPath(dir, name);
  const bytes = Uint8Array.from({ length: 700_001 }, (_, i) => (i * 31) % 251);

  it('come in pieces, whole and in order', async () => {
    await files.write(at('a'), bytes);
    const pieces: Uint8Array[] = [];
    for await (const piece of files.stream(at('a'))) pieces.push(piece);
    expect(pieces.length).toBeGreaterThan(1);
    expect(Buffer.compare(Buffer.concat(pieces), bytes)).toBe(0);
    await files.write(at('b'), new Uint8Array());
    for await (const piece of files.stream(at('b'))) expect(piece).toBe('nothing');
  });

  it('that are not there, or folders, are refused', async () => {
    const readAll = async (path: string): Promise<void> => {
      for await (const piece of files.stream(path)) expect(piece).toBe('nothing');
    };
    expect(await complaintOf(() => readAll(at('none')))).toBeInstanceOf(MissingFileError);
    expect(await messageOf(() => readAll(dir))).toMatch(/: is a folder, expected a file/);
    expect(await complaintOf(() => files.at(at('none')).size())).toBeInstanceOf(MissingFileError);
    expect(await complaintOf(() => files.realPath(at('none')))).toBeInstanceOf(MissingFileError);
  });

  it('grow under one name and get another at the end', async () => {
    await files.write(at('a'), utf8('old'));
    const growing = await files.create(at('tmp'));
    const piece = utf8('one ');
    await growing.write(piece);
    piece.fill(0);
    await growing.write(utf8('two'));
    expect(fromUtf8(await files.read(at('a')))).toBe('old');
    await growing.finish(at('a'));
    await growing.discard();
    expect(fromUtf8(await files.read(at('a')))).toBe('one two');
    expect(await files.list(dir)).toEqual(['a']);
  });

  it('leave nothing when they are given up, and take nobody’s place', async () => {
    const growing = await files.create(at('tmp'));
    await growing.write(bytes);
    expect(await messageOf(() => files.create(at('tmp')))).toMatch(/\/tmp: is there already/);
    await growing.discard();
    await growing.discard();
    expect(await files.list(dir)).toEqual([]);
    expect(await messageOf(() => files.create(at('none/tmp')))).toMatch(/its folder does not exist/);
  });

  it('are read at any place, and not beyond their end', async () => {
    await files.write(at('a'), bytes);
    const file = files.at(at('a'));
    const into = new Uint8Array(1000);
    for (const position of [0, 400_000, bytes.length - 1000]) {
      file.read(position, into);
      expect(into).toEqual(bytes.subarray(position, position + 1000));
    }
    expect(file.size()).toBe(bytes.length);
    const beyond = (): void => {
      file.read(bytes.length - 999, into);
    };
    expect(await messageOf(beyond)).toMatch(/\/a: the file has only 700001 bytes, expected at least 700002/);
    file.close();
    file.close();
  });

  it('have one real name, whichever way they are reached', async () => {
    await files.write(at('a'), utf8('x'));
    const names = [at('a'), `${dir}/./a`, `${dir}/../${String(places)}/a`].map((path) =>
      files.realPath(path),
    );
    expect(new Set(await Promise.all(names)).size).toBe(1);
  });
});

describe('file errors', () => {
  const codes =
    'ENOENT EACCES EPERM EROFS ENOSPC EDQUOT EFBIG ERR_FS_FILE_TOO_LARGE EISDIR ENOTDIR EEXIST EMFILE ENFILE ENAMETOOLONG ELOOP EBUSY EIO EWHATEVER';

  it.each(codes.split(' '))('explain %s with the path and something to do', (code) => {
    for (const action of ['read', 'written', 'appended to', 'listed', 'made', 'removed'] as const) {
      const error = fileError(code, 'runs/a', action);
      expect(error.message).toMatch(/^runs\/a: .{10,}/);
      expect(error.message).not.toContain('undefined');
      expect(error.advice ?? error.expected).toBeTruthy();
    }
  });

  it('say that the disk is full and nothing was changed', () => {
    const error = fileError('ENOSPC', 'runs/a/step-40.safetensors', 'written');
    expect(error).toBeInstanceOf(DiskFullError);
    expect(error.message).toBe(
      'runs/a/step-40.safetensors: the disk is full, nothing was changed; free some space and try again',
    );
  });

  it('name an empty path too', async () => {
    expect((await complaintOf(() => nodeFiles().read(''))).where).toBe('(empty path)');
  });
});

it('paths are joined with one separator', () => {
  expect([joinPath('a', 'b'), joinPath('a/', 'b'), joinPath('c:\\a\\', 'b'), joinPath('/', 'b')]).toEqual([
    'a/b',
    'a/b',
    'c:\\a\\b',
    '/b',
  ]);
});
