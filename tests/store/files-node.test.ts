/** What only a real disk does: fill up, forbid, fail between a temporary file and its new name. */
import fs from 'node:fs';
import type * as promises from 'node:fs/promises';
import { link, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nodeFiles } from '../../src/store/files-node.js';
import { DiskFullError } from '../../src/store/files.js';
import { complaintOf, fromUtf8, inChild, messageOf, utf8 } from './fixtures.js';

vi.mock('node:fs/promises', async (original) => {
  const actual = await original<typeof promises>();
  return { ...actual, link: vi.fn(actual.link), rename: vi.fn(actual.rename) };
});

const files = nodeFiles();
const hasBash = fs.existsSync('/bin/bash');
const isRoot = process.getuid?.() === 0;
const NOBODY = 65534;
/** A Node of its own takes a second or two to start on a busy machine. */
const CHILD_MS = 60_000;

let dir: string;
beforeEach(() => {
  dir = fs.mkdtempSync(join(tmpdir(), 'dissipa-disk-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  fs.rmSync(dir, { recursive: true });
});

const failing = (code: string): Error => Object.assign(new Error(code), { code });

describe('a write', () => {
  it('that fails at the rename leaves the old file, and no temporary one', async () => {
    const path = join(dir, 'a');
    await files.write(path, utf8('old'));
    vi.mocked(rename).mockRejectedValueOnce(failing('EACCES'));
    expect(await messageOf(() => files.write(path, utf8('new')))).toMatch(
      `${path}: may not be written, nothing was changed`,
    );
    expect(fromUtf8(await files.read(path))).toBe('old');
    expect(fs.readdirSync(dir)).toEqual(['a']);
  });

  it.runIf(hasBash)(
    'that is killed before the rename leaves the old file',
    { timeout: CHILD_MS },
    async () => {
      const path = join(dir, 'a');
      await files.write(path, utf8('old'));
      const { signal } =
        inChild(`import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module';
      fs.promises.rename = () => { process.kill(process.pid, 'SIGKILL'); };
      syncBuiltinESMExports();
      await files.write(${JSON.stringify(path)}, new Uint8Array(1000));`);
      expect(signal).toBe('SIGKILL');
      expect(fromUtf8(await files.read(path))).toBe('old');
      // The crash came when the new bytes were complete beside it.
      const others = fs.readdirSync(dir).filter((name) => name !== 'a');
      expect(others.map((name) => fs.statSync(join(dir, name)).size)).toEqual([1000]);
      // The next process that writes there clears it away.
      await nodeFiles().write(path, utf8('new'));
      expect(fs.readdirSync(dir)).toEqual(['a']);
    },
  );

  it('takes the rights of what it replaces, follows a link, and cuts a name of any length to fit', async () => {
    const path = join(dir, 'a');
    fs.writeFileSync(path, 'old', { mode: 0o640 });
    fs.chmodSync(path, 0o640);
    fs.symlinkSync('a', join(dir, 'link'));
    await files.write(join(dir, 'link'), utf8('new'));
    expect(fs.readFileSync(path, 'utf8')).toBe('new');
    expect(fs.statSync(path).mode & 0o777).toBe(0o640);
    expect(fs.lstatSync(join(dir, 'link')).isSymbolicLink()).toBe(true);
    const long = 'é'.repeat(127);
    await files.write(join(dir, long), utf8('x'));
    expect(fs.readdirSync(dir).sort()).toEqual(['a', 'link', long]);
  });

  it.runIf(fs.existsSync('/dev/null'))('to a device is not a file in its place', async () => {
    fs.symlinkSync('/dev/null', join(dir, 'null'));
    await files.write(join(dir, 'null'), utf8('x'));
    expect(fs.statSync(join(dir, 'null')).isCharacterDevice()).toBe(true);
    expect(fs.readdirSync(dir)).toEqual(['null']);
  });

  it.runIf(hasBash)(
    'of which the disk takes only a part leaves the old file, and says so',
    { timeout: CHILD_MS },
    async () => {
      const path = join(dir, 'a');
      await files.write(path, utf8('old'));
      // The limit makes write() take 8 KiB and no more, as a disk does that fills up.
      const { stdout } = inChild(
        `await attempt(() => files.write(${JSON.stringify(path)}, new Uint8Array(100_000)));`,
        'ulimit -f 8',
      );
      expect(stdout).toMatch('the file would grow beyond what the system allows, nothing was changed');
      expect(fromUtf8(await files.read(path))).toBe('old');
      expect(fs.readdirSync(dir)).toEqual(['a']);
    },
  );

  it.runIf(hasBash)('into a folder without permission names the path', { timeout: CHILD_MS }, () => {
    const path = join(dir, 'a');
    fs.writeFileSync(path, 'old');
    fs.chmodSync(dir, 0o555);
    const { stdout } = inChild(
      `const path = ${JSON.stringify(path)};
       await attempt(() => files.write(path, new Uint8Array(1)));
       await attempt(() => files.createExclusive(path + 'b', new Uint8Array(1)));
       await attempt(() => files.append(path + 'b', 'x'));
       await attempt(() => files.remove(path));`,
      'true',
      // Root may write anywhere.
      isRoot ? NOBODY : undefined,
    );
    fs.chmodSync(dir, 0o755);
    const advice = 'change the permissions of it and its folder, or take another path';
    expect(stdout.trimEnd().split('\n')).toEqual([
      `${path}: may not be written, nothing was changed; ${advice}`,
      `${path}b: may not be written, nothing was changed; ${advice}`,
      `${path}b: may not be appended to, nothing was changed; ${advice}`,
      `${path}: may not be removed, nothing was changed; ${advice}`,
    ]);
    expect(fs.readFileSync(path, 'utf8')).toBe('old');
  });
});

describe('an append', () => {
  it.runIf(hasBash)('of which the disk takes only a part is cut off again', { timeout: CHILD_MS }, () => {
    const path = join(dir, 'log');
    fs.writeFileSync(path, 'x'.repeat(8000));
    const { stdout } = inChild(
      `await attempt(() => files.append(${JSON.stringify(path)}, 'y'.repeat(1000)));`,
      'ulimit -f 8',
    );
    expect(stdout).toMatch('nothing was changed');
    expect(fs.readFileSync(path, 'utf8')).toBe('x'.repeat(8000));
  });

  it.runIf(fs.existsSync('/dev/full'))('to a full disk says so', async () => {
    const error = await complaintOf(() => files.append('/dev/full', 'x'));
    expect(error).toBeInstanceOf(DiskFullError);
    expect(error.message).toMatch(/^\/dev\/full: the disk is full, nothing was changed; free some space/);
  });
});

describe('an exclusive creation on a disk without hard links', () => {
  it('still creates once, with all bytes', async () => {
    vi.mocked(link).mockRejectedValue(failing('EPERM'));
    const path = join(dir, 'a');
    expect(await files.createExclusive(path, utf8('one'))).toBe(true);
    expect(await files.createExclusive(path, utf8('two'))).toBe(false);
    expect(fs.readFileSync(path, 'utf8')).toBe('one');
    expect(fs.readdirSync(dir)).toEqual(['a']);
  });
});

it('a defect is not dressed up as an error of the disk', async () => {
  await expect(files.read(undefined as unknown as string)).rejects.toThrow(TypeError);
});
