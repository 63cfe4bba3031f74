/** The parts of FileStore for files that memory would not hold: streamed, grown, read by position. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { open, rename, unlink } from 'node:fs/promises';
import { translate } from './errors-node.js';
import { changedWhileRead, endsEarly, type GrowingFile, type PositionedFile } from './files.js';

/** Bytes that are read at once. */
const PIECE = 262_144;

export async function* streamFile(path: string): AsyncGenerator<Uint8Array> {
  try {
    const handle = await open(path, 'r');
    try {
      const before = await handle.stat();
      let length = 0;
      for (;;) {
        const piece = new Uint8Array(PIECE);
        const { bytesRead } = await handle.read(piece, 0, PIECE, null);
        if (bytesRead === 0) break;
        length += bytesRead;
        yield piece.subarray(0, bytesRead);
      }
      // A pipe has no size, and nobody can change what has gone through it.
      const after = await handle.stat();
      if (before.isFile() && (length !== before.size || after.mtimeMs !== before.mtimeMs))
        throw changedWhileRead(path);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw translate(error, path, 'read');
  }
}

export async function createFile(temporary: string): Promise<GrowingFile> {
  const failing = async <T>(task: Promise<T>, path = temporary): Promise<T> => {
    try {
      return await task;
    } catch (error) {
      throw translate(error, path, 'written');
    }
  };
  const handle = await failing(open(temporary, 'wx'));
  let isThere = true;
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await handle.close();
  };
  return {
    // writeFile, since write may take a part of the bytes only.
    write: (bytes) => failing(handle.writeFile(bytes)),
    finish: async (path) => {
      await failing(handle.sync());
      await failing(close());
      await failing(rename(temporary, path), path);
      isThere = false;
    },
    discard: async () => {
      await failing(close());
      if (isThere) await unlink(temporary).catch(() => undefined);
      isThere = false;
    },
  };
}

export function fileAt(path: string): PositionedFile {
  let descriptor: number | null = null;
  const opened = (): number => (descriptor ??= openSync(path, 'r'));
  const translated = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw translate(error, path, 'read');
    }
  };
  return {
    size: () => translated(() => fstatSync(opened()).size),
    read: (position, into) => {
      translated(() => {
        let filled = 0;
        while (filled < into.length) {
          const bytesRead = readSync(opened(), into, filled, into.length - filled, position + filled);
          if (bytesRead === 0) throw endsEarly(path, fstatSync(opened()).size, position + into.length);
          filled += bytesRead;
        }
      });
    },
    close: () => {
      if (descriptor !== null) closeSync(descriptor);
      descriptor = null;
    },
  };
}
