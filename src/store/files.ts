/**
 * The one small interface through which everything in `store/` reaches a disk, and the errors it answers with.
 * `files-node.ts` implements it on a file system, `files-memory.ts` in memory (tests, the browser).
 *
 * Paths are the system's own, or relative to where the program runs; `joinPath` joins with `/`, which every system takes.
 * Calls on one path take effect in the order they were made, awaited or not.
 * Every method throws DissipaError, naming the path, and leaves what was there as it was.
 */
import { DissipaError, failure, worded } from '../base/errors.js';
import type { FileAction, FileKind } from './file-problems.js';

export type { FileAction, FileKind } from './file-problems.js';

/** Files and folders, as far as the project needs them: of a disk, or in memory. */
export interface FileStore {
  /** What is at `path`, links followed. */
  kind(path: string): Promise<FileKind>;
  /** The whole file. Throws MissingFileError where there is none. */
  read(path: string): Promise<Uint8Array>;
  /**
   * Replaces or creates the file as a whole: another name beside it, flushed, renamed.
   * @param bytes also in pieces, one after the other; the caller's again once it resolves
   * @param mayWrite asked when all but the renaming is done: where it rejects, so does this, and nothing is replaced
   */
  write(
    path: string,
    bytes: Uint8Array | readonly Uint8Array[],
    mayWrite?: () => Promise<void>,
  ): Promise<void>;
  /** Creates the file with all of `bytes` at once; false, and nothing done, where anything is there already. */
  createExclusive(path: string, bytes: Uint8Array): Promise<boolean>;
  /**
   * Adds to the end (creating the file), in UTF-8. Where that fails, a part already written is cut off again.
   * @param mayWrite asked once the file is open: what is then written goes to that file, whatever has its name by now
   */
  append(path: string, text: string, mayWrite?: () => Promise<void>): Promise<void>;
  /** Waits until what was appended is on the disk itself, safe from a power cut. Nothing there: nothing to do. */
  flush(path: string): Promise<void>;
  /** The names in a folder, sorted. */
  list(path: string): Promise<string[]>;
  /** Makes a folder and those above it; one that exists is fine. */
  makeFolder(path: string): Promise<void>;
  /** Makes a folder that was not there, and those above it; false, and nothing done, where anything is there already. */
  claimFolder(path: string): Promise<boolean>;
  /** Milliseconds since a file was last written to, by its own disk's clock; null where there is none. */
  idleMs(path: string): Promise<number | null>;
  /** Removes a file; nothing there is fine. */
  remove(path: string): Promise<void>;
  /**
   * The one name of what is at `path`, whichever way it was reached: links followed; of what has no name, such as a
   * pipe between two processes, another that is its own. Throws where there is nothing.
   */
  realPath(path: string): Promise<string>;
  /**
   * The whole file, piece by piece, for files of any size. Throws MissingFileError where there is none, a DissipaError
   * at the end where the file changed meanwhile, an InterruptedError where the program is stopped while it waits.
   */
  stream(path: string): AsyncIterable<Uint8Array>;
  /** A new file beside others, to be filled piece by piece; nothing may be at `temporary`. */
  create(temporary: string): Promise<GrowingFile>;
  /** The file for reading at any place, at once. It is opened at the first read, which is where errors are thrown. */
  at(path: string): PositionedFile;
}

/** A file in the making. */
export interface GrowingFile {
  /** Adds to the end. The bytes are the caller's again once it resolves. */
  write(bytes: Uint8Array): Promise<void>;
  /**
   * Flushes the file and gives it its name, in the place of what had it.
   * @param mayWrite asked between the two
   */
  finish(path: string, mayWrite?: () => Promise<void>): Promise<void>;
  /** Removes what there is of it; after `finish` there is nothing to do. */
  discard(): Promise<void>;
}

export interface PositionedFile {
  /** In bytes. */
  size(): number;
  /** Fills `into` with the bytes from `position` on. Throws DissipaError where the file ends before. */
  read(position: number, into: Uint8Array): void;
  close(): void;
}

/** `folder/name`, whether or not `folder` already ends in a separator. */
export const joinPath = (folder: string, name: string): string =>
  /[/\\]$/.test(folder) ? `${folder}${name}` : `${folder}/${name}`;

/** What the system says, not what the file holds. */
export class FileError extends DissipaError {}

/** There is no such file. */
export class MissingFileError extends FileError {}

/** The whole file; null where there is none. */
export async function readIfThere(files: FileStore, path: string): Promise<Uint8Array | null> {
  try {
    return await files.read(path);
  } catch (error) {
    if (error instanceof MissingFileError) return null;
    throw error;
  }
}

/** Somebody wrote to a file while it was being read. */
export const changedWhileRead = (path: string): DissipaError => failure('file.changed', { where: path });

/** A file ends before what was to be read of it. */
export const endsEarly = (path: string, size: number, needed: number): DissipaError =>
  failure('file.ends-early', { where: path, size, needed });

/** No room on the disk, or in the user's share of it. */
export class DiskFullError extends FileError {}

/** A link that leads back to itself. */
export class LoopError extends FileError {}

/** The error for a system's code (`ENOENT` …), met while `path` was being read, written … */
export function fileError(code: string, path: string, action: FileAction, cause?: unknown): DissipaError {
  const [said, { problem }] = worded('file.system', { where: path, code, action });
  const options = { problem, cause };
  if (code === 'ENOENT') return new MissingFileError(said, options);
  if (code === 'ENOSPC' || code === 'EDQUOT') return new DiskFullError(said, options);
  if (code === 'ELOOP') return new LoopError(said, options);
  return new FileError(said, options);
}
