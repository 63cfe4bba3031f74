/** FileStore on a real file system. Errors of the system become DissipaErrors that name the path. */
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { link, mkdir, open, readdir, readFile, stat, unlink } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { DissipaError } from '../base/errors.js';
import { fileError, type FileAction, type FileKind, type FileStore } from './files.js';

export function nodeFiles(): FileStore {
  if (!process.listeners('SIGXFSZ').includes(hearNothing)) process.on('SIGXFSZ', hearNothing);
  return new NodeFiles();
}

/**
 * A write beyond the system's limit fails, and sends a signal besides. Node ignores that, until write-file-atomic
 * listens to all signals for a while, takes this one for the end and kills the process.
 */
const hearNothing = (): void => undefined;

/** The system's code for what went wrong, or undefined for a defect of the program. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  return error.code;
}

function translate(error: unknown, path: string, action: FileAction): unknown {
  if (error instanceof DissipaError) return error;
  const code = codeOf(error);
  return code === undefined ? error : fileError(code, path, action, error);
}

/** Undefined instead of the error, where it has one of `codes`. */
async function unless<T>(task: Promise<T>, ...codes: string[]): Promise<T | undefined> {
  try {
    return await task;
  } catch (error) {
    if (codes.includes(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}

/** Makes a rename or a new name survive a power cut. Where the system cannot (Windows), it is not needed for a crash. */
async function flushFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // The file itself is complete and in place.
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

/** Systems without hard links (exFAT, some network disks) say so with one of these. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EACCES'];

class NodeFiles implements FileStore {
  /** By absolute path, the end of what has been asked for so far. Never rejects. */
  readonly #queues = new Map<string, Promise<unknown>>();

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
      return stats.isDirectory() ? 'folder' : 'file';
    });
  }

  read(path: string): Promise<Uint8Array> {
    return this.#inTurn(path, 'read', async () => {
      const { buffer, byteOffset, byteLength } = await readFile(path);
      // Not the Buffer itself: its slice() is a view, where a Uint8Array's is a copy.
      return new Uint8Array(buffer, byteOffset, byteLength);
    });
  }

  write(path: string, bytes: Uint8Array): Promise<void> {
    return this.#inTurn(path, 'written', async () => {
      await writeFileAtomic(path, '', {
        fsync: true,
        // write-file-atomic calls write() once and does not look at how much was taken: on a disk that fills
        // up it would rename half a file over a good one. writeFileSync goes on until all is written or fails.
        tmpfileCreated: (temporary) => {
          writeFileSync(temporary, bytes);
        },
      });
      await flushFolder(dirname(resolve(path)));
    });
  }

  createExclusive(path: string, bytes: Uint8Array): Promise<boolean> {
    return this.#inTurn(path, 'written', async () => {
      const temporary = `${path}.${randomUUID()}.tmp`;
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

  append(path: string, text: string): Promise<void> {
    return this.#inTurn(path, 'appended to', async () => {
      const handle = await open(path, 'a');
      try {
        const { size } = await handle.stat();
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

  truncate(path: string, byteLength: number): Promise<void> {
    return this.#inTurn(path, 'shortened', async () => {
      const handle = await open(path, 'r+');
      try {
        const { size } = await handle.stat();
        // A plain ftruncate would lengthen a shorter file with zeros.
        if (byteLength >= size) return;
        await handle.truncate(byteLength);
        await handle.sync();
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

  remove(path: string): Promise<void> {
    return this.#inTurn(path, 'removed', async () => {
      await unless(unlink(path), 'ENOENT');
    });
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
