/**
 * The parts of FileStore for what memory would not hold, or what has no end: streamed, grown, read by position.
 * Nothing here waits inside the system, where no signal reaches: files are opened without blocking, and a pipe is
 * waited for by the event loop.
 */
import fs from 'node:fs';
import { open, rename, unlink, type FileHandle } from 'node:fs/promises';
import { Socket } from 'node:net';
import { dirname, resolve } from 'node:path';
import { addAbortSignal, type Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { failure, interrupted, type DissipaError, type InterruptedError } from '../base/errors.js';
import { codeOf, translate } from './errors-node.js';
import { changedWhileRead, endsEarly, type GrowingFile, type PositionedFile } from './files.js';

/** Bytes that are read at once. */
const PIECE = 262_144;
const STDIN = 0;
/** Systems read no more than 2 GiB in one call. */
const MOST_AT_ONCE = 2 ** 30;
/** Between two looks at a device that has nothing to read yet. */
const WAIT_MS = 20;

const { O_RDONLY } = fs.constants;
/** Windows has no such flag, and no such files. */
const O_NONBLOCK = (fs.constants as { O_NONBLOCK?: number }).O_NONBLOCK ?? 0;

const openDescriptor = promisify(fs.open);
const statDescriptor = promisify(fs.fstat);
const closeDescriptor = promisify(fs.close);
const readDescriptor = promisify(fs.read);

/**
 * @param stop ends the waiting for what does not come, with an InterruptedError
 * @param named what it is called in errors
 */
export async function* streamFile(
  path: string,
  stop?: AbortSignal,
  named = path,
): AsyncGenerator<Uint8Array> {
  try {
    const descriptor = await openDescriptor(path, O_RDONLY | O_NONBLOCK);
    const stats = await statDescriptor(descriptor);
    if (stats.isFIFO() || stats.isSocket())
      yield* streamReadable(new Socket({ fd: descriptor, readable: true, writable: false }), named, stop);
    else yield* streamDescriptor(descriptor, stats, named, stop);
  } catch (error) {
    throw translate(error, named, 'read');
  }
}

/** @param stop and `named` as of `streamFile` */
export function standardInput(stop: AbortSignal, named: string): AsyncIterable<Uint8Array> {
  const stats = fs.fstatSync(STDIN);
  const isEndless = stats.isCharacterDevice() || (stats.isFile() && stats.size === 0);
  // Node would read such a one where no signal reaches. Opened anew it begins where it stands: it has no places.
  const path = `/proc/self/fd/${STDIN}`;
  if (isEndless && fs.existsSync(path)) return streamFile(path, stop, named);
  return streamReadable(process.stdin, named, stop);
}

async function* streamReadable(
  stream: Readable,
  path: string,
  stop?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    if (stop) addAbortSignal(stop, stream);
    yield* stream as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw translate(error, path, 'read');
  } finally {
    stream.destroy();
  }
}

async function* streamDescriptor(
  descriptor: number,
  before: fs.Stats,
  path: string,
  stop?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    let length = 0;
    // What the system makes up as it is read (/proc) says that it has no bytes, and has some.
    const isReal = before.isFile() && before.size > 0;
    for (;;) {
      // No larger than what is left, and one byte to see the end by: a folder may hold a hundred thousand small files.
      const left = isReal ? Math.max(0, before.size - length) + 1 : PIECE;
      const piece = new Uint8Array(Math.min(PIECE, left));
      if (stop?.aborted) throw stillReading(path);
      const bytesRead = await readOrWait(descriptor, piece, stop);
      if (bytesRead === 0) break;
      length += bytesRead;
      yield piece.subarray(0, bytesRead);
    }
    const after = await statDescriptor(descriptor);
    if (isReal && length !== before.size) throw changedWhileRead(path);
    if (before.isFile() && (after.size !== before.size || after.mtimeMs !== before.mtimeMs))
      throw changedWhileRead(path);
  } finally {
    await closeDescriptor(descriptor);
  }
}

const stillReading = (path: string): InterruptedError =>
  interrupted('file.interrupted', { path, action: 'read' });

async function readOrWait(descriptor: number, into: Uint8Array, stop?: AbortSignal): Promise<number> {
  for (;;) {
    try {
      return (await readDescriptor(descriptor, into, 0, into.length, null)).bytesRead;
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN') throw error;
      await setTimeout(WAIT_MS, undefined, stop && { signal: stop });
    }
  }
}

/** Makes a rename or a new name survive a power cut. Where the system cannot (Windows), it is not needed for a crash. */
export async function flushFolder(folder: string): Promise<void> {
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

/** Temporary files of this process that have not got their names: they go with it, where it can still see to that. */
const unfinished = new Set<string>();
process.on('exit', () => {
  for (const temporary of unfinished) fs.rmSync(temporary, { force: true });
});

/** @param named what it is called in errors */
export async function createFile(temporary: string, named = temporary): Promise<GrowingFile> {
  const failing = async <T>(task: Promise<T>, path = named): Promise<T> => {
    try {
      return await task;
    } catch (error) {
      throw translate(error, path, 'written');
    }
  };
  const handle = await failing(open(temporary, 'wx'));
  unfinished.add(temporary);
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await handle.close();
  };
  return {
    // writeFile, since write may take a part of the bytes only.
    write: (bytes) => failing(handle.writeFile(bytes)),
    finish: async (path, mayWrite) => {
      await failing(keepOwner(handle, path), path);
      await failing(handle.sync());
      await failing(close());
      await mayWrite?.();
      await failing(rename(temporary, path), path);
      unfinished.delete(temporary);
      await flushFolder(dirname(resolve(path)));
    },
    discard: async () => {
      await failing(close());
      if (unfinished.delete(temporary)) await unlink(temporary).catch(() => undefined);
    },
  };
}

/** A file that takes the place of another is as readable as that one was. */
async function keepOwner(handle: FileHandle, path: string): Promise<void> {
  const before = await fs.promises.stat(path).catch(() => null);
  if (before === null) return;
  await handle.chmod(before.mode & 0o7777);
  const mine = await handle.stat();
  // Only root may give files away.
  if (before.uid !== mine.uid || before.gid !== mine.gid)
    await handle.chown(before.uid, before.gid).catch(() => undefined);
}

/** It has no places to read at, may have no end, and may keep its reader waiting. */
export const isPipe = (path: string): DissipaError => failure('file.pipe', { where: path });

export function fileAt(path: string): PositionedFile {
  let descriptor: number | null = null;
  const opened = (): number => {
    if (descriptor !== null) return descriptor;
    descriptor = fs.openSync(path, O_RDONLY | O_NONBLOCK);
    const stats = fs.fstatSync(descriptor);
    if (stats.isFile() || stats.isDirectory()) return descriptor;
    fs.closeSync(descriptor);
    descriptor = null;
    throw isPipe(path);
  };
  const translated = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw translate(error, path, 'read');
    }
  };
  return {
    size: () => translated(() => fs.fstatSync(opened()).size),
    read: (position, into) => {
      translated(() => {
        let filled = 0;
        while (filled < into.length) {
          const bytesRead = fs.readSync(
            opened(),
            into,
            filled,
            Math.min(MOST_AT_ONCE, into.length - filled),
            position + filled,
          );
          if (bytesRead === 0) throw endsEarly(path, fs.fstatSync(opened()).size, position + into.length);
          filled += bytesRead;
        }
      });
    },
    close: () => {
      if (descriptor !== null) fs.closeSync(descriptor);
      descriptor = null;
    },
  };
}
