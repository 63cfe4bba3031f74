/** FileStore on a real file system. Errors of the system become DissipaErrors that name the path. */
import { link, mkdir, open, readdir, readFile, realpath, stat, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { codeOf, translate } from './errors-node.js';
import type { FileAction, FileKind, FileStore, GrowingFile, PositionedFile } from './files.js';
import { nodeProcesses } from './processes-node.js';
import type { ProcessInfo } from './processes.js';
import { createFile, fileAt, isPipe, streamFile } from './streams-node.js';
import { removeLeftovers, temporaryName } from './temporary.js';

/**
 * The files of this system.
 * @param stop ends what waits for a pipe or a device, with an InterruptedError
 */
export const nodeFiles = (stop?: AbortSignal, processes = nodeProcesses()): FileStore =>
  new NodeFiles(processes, stop);

/** Undefined instead of the error, where it has one of `codes`. */
async function unless<T>(task: Promise<T>, ...codes: string[]): Promise<T | undefined> {
  try {
    return await task;
  } catch (error) {
    if (codes.includes(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}

/** A new file with all of `bytes`, flushed; fails with EEXIST where something is there, and leaves no half. */
async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, 'wx');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } catch (error) {
    await unlink(path).catch(() => undefined);
    throw error;
  } finally {
    await handle.close();
  }
}

const piecesOf = (bytes: Uint8Array | readonly Uint8Array[]): readonly Uint8Array[] =>
  bytes instanceof Uint8Array ? [bytes] : bytes;

/** Systems without hard links (exFAT, some network disks) say so with one of these. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EACCES'];

class NodeFiles implements FileStore {
  /** By absolute path, the end of what has been asked for so far. Never rejects. */
  readonly #queues = new Map<string, Promise<unknown>>();
  /** Folders in which nothing of a process that was killed is left. */
  readonly #swept = new Set<string>();

  constructor(
    private readonly processes: ProcessInfo,
    private readonly stop: AbortSignal | undefined,
  ) {}

  async #inTurn<T>(path: string, action: FileAction, task: () => Promise<T>): Promise<T> {
    const key = resolve(path);
    const before = this.#queues.get(key) ?? Promise.resolve();
    const mine = before.then(task);
    const end = mine.catch(() => undefined);
    this.#queues.set(key, end);
    try {
      return await mine;
    } catch (error) {
      throw translate(error, path, action);
    } finally {
      if (this.#queues.get(key) === end) this.#queues.delete(key);
    }
  }

  kind(path: string): Promise<FileKind> {
    return this.#inTurn(path, 'looked at', async () => {
      const stats = await unless(stat(path), 'ENOENT', 'ENOTDIR');
      if (stats === undefined) return 'none';
      return stats.isDirectory() ? 'folder' : stats.isFile() ? 'file' : 'pipe';
    });
  }

  read(path: string): Promise<Uint8Array> {
    return this.#inTurn(path, 'read', async () => {
      // A folder is told by the reading itself.
      const stats = await stat(path);
      if (!stats.isFile() && !stats.isDirectory()) throw isPipe(path);
      const { buffer, byteOffset, byteLength } = await readFile(path);
      // Not the Buffer itself: its slice() is a view, where a Uint8Array's is a copy.
      return new Uint8Array(buffer, byteOffset, byteLength);
    });
  }

  write(
    path: string,
    bytes: Uint8Array | readonly Uint8Array[],
    mayWrite?: () => Promise<void>,
  ): Promise<void> {
    return this.#inTurn(path, 'written', async () => {
      const before = await unless(stat(path), 'ENOENT');
      // A device (/dev/null, /dev/stdout) is written to: a file in its place would be the end of it.
      if (before !== undefined && !before.isFile()) {
        await mayWrite?.();
        await writeFile(path, piecesOf(bytes));
        return;
      }
      const target = (await unless(realpath(path), 'ENOENT')) ?? path;
      await this.#sweep(dirname(resolve(target)));
      const file = await createFile(await this.#besides(target), path);
      try {
        for (const piece of piecesOf(bytes)) await file.write(piece);
        await file.finish(target, mayWrite);
      } finally {
        await file.discard();
      }
    });
  }

  /** A new temporary name in the same folder. */
  async #besides(path: string): Promise<string> {
    return join(dirname(resolve(path)), await temporaryName(this.processes, basename(path)));
  }

  /** Once for each folder that is written to: what a killed process was writing there is removed. */
  async #sweep(folder: string): Promise<void> {
    if (this.#swept.has(folder)) return;
    this.#swept.add(folder);
    await removeLeftovers(this, this.processes, folder);
  }

  createExclusive(path: string, bytes: Uint8Array): Promise<boolean> {
    return this.#inTurn(path, 'written', async () => {
      const temporary = await this.#besides(path);
      await writeNew(temporary, bytes);
      try {
        // A link appears with its content, or not at all: nobody ever reads an empty lock.
        await link(temporary, path);
        return true;
      } catch (error) {
        const code = codeOf(error) ?? '';
        if (code === 'EEXIST') return false;
        if (!NO_LINKS.includes(code)) throw error;
        const made = await unless(
          writeNew(path, bytes).then(() => true),
          'EEXIST',
        );
        return made ?? false;
      } finally {
        await unlink(temporary).catch(() => undefined);
      }
    });
  }

  append(path: string, text: string, mayWrite?: () => Promise<void>): Promise<void> {
    return this.#inTurn(path, 'appended to', async () => {
      const handle = await open(path, 'a');
      try {
        const { size } = await handle.stat();
        await mayWrite?.();
        try {
          await handle.writeFile(text, 'utf8');
        } catch (error) {
          // If even this fails, the torn line is dropped when the log is read.
          await handle.truncate(size).catch(() => undefined);
          throw error;
        }
      } finally {
        await handle.close();
      }
    });
  }

  flush(path: string): Promise<void> {
    return this.#inTurn(path, 'written', async () => {
      const handle = await unless(open(path, 'r+'), 'ENOENT');
      try {
        await handle?.sync();
      } finally {
        await handle?.close();
      }
    });
  }

  list(path: string): Promise<string[]> {
    return this.#inTurn(path, 'listed', async () => (await readdir(path)).sort());
  }

  makeFolder(path: string): Promise<void> {
    return this.#inTurn(path, 'made', async () => {
      await makeFolders(path);
    });
  }

  claimFolder(path: string): Promise<boolean> {
    return this.#inTurn(path, 'made', async () => {
      await makeFolders(dirname(resolve(path)));
      const made = await unless(
        mkdir(path).then(() => true),
        'EEXIST',
      );
      return made ?? false;
    });
  }

  idleMs(path: string): Promise<number | null> {
    return this.#inTurn(path, 'looked at', async () => {
      // Beside it, so that it is the same disk's clock that tells both times.
      const probe = await this.#besides(path);
      await writeNew(probe, new Uint8Array());
      try {
        const now = (await stat(probe)).mtimeMs;
        const file = await unless(stat(path), 'ENOENT');
        return file === undefined ? null : now - file.mtimeMs;
      } finally {
        await unlink(probe).catch(() => undefined);
      }
    });
  }

  remove(path: string): Promise<void> {
    return this.#inTurn(path, 'removed', async () => {
      await unless(unlink(path), 'ENOENT');
    });
  }

  realPath(path: string): Promise<string> {
    return this.#inTurn(path, 'looked at', async () => {
      const name = await unless(realpath(path), 'ENOENT');
      if (name !== undefined) return name;
      // A pipe between two processes (/dev/fd/63) is there, and is nowhere.
      const { dev, ino } = await stat(path);
      return `(${dev}:${ino})`;
    });
  }

  stream(path: string): AsyncIterable<Uint8Array> {
    return streamFile(path, this.stop);
  }

  create(temporary: string): Promise<GrowingFile> {
    return createFile(temporary);
  }

  at(path: string): PositionedFile {
    return fileAt(path);
  }
}

/**
 * Makes a folder and those above it that are missing, the topmost first. Not `mkdir` with `recursive`: where a system
 * refuses a new folder as if its parent were missing (/proc does), that one tries for ever.
 */
async function makeFolders(path: string): Promise<void> {
  const missing: string[] = [];
  for (let at = resolve(path); !(await isThere(at)); at = dirname(at)) missing.push(at);
  for (const folder of missing.reverse()) {
    // Another process may have made it meanwhile.
    await unless(mkdir(folder), 'EEXIST');
  }
  if (missing.length === 0 && !(await stat(path)).isDirectory())
    throw Object.assign(new Error(`${path} is a file`), { code: 'EEXIST' });
}

const isThere = async (path: string): Promise<boolean> => (await unless(stat(path), 'ENOENT')) !== undefined;
