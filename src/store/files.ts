/**
 * The one small interface through which everything in `store/` reaches a disk, and the errors it answers with.
 * `files-node.ts` implements it on a file system, `files-memory.ts` in memory (tests, the browser).
 *
 * Paths are the system's own, or relative to where the program runs; `joinPath` joins with `/`, which every system takes.
 * Calls on one path take effect in the order they were made, awaited or not.
 * Every method throws DissipaError, naming the path, and leaves what was there as it was.
 */
import { DissipaError } from '../base/errors.js';
import { counted } from '../base/words.js';

/** A pipe: also a socket or a device, whatever can be read once only, and may keep its reader waiting. */
export type FileKind = 'file' | 'folder' | 'pipe' | 'none';

/** Files and folders, as far as the project needs them: of a disk, or in memory. */
export interface FileStore {
  /** What is at `path`, links followed. */
  kind(path: string): Promise<FileKind>;
  /** The whole file. Throws MissingFileError where there is none. */
  read(path: string): Promise<Uint8Array>;
  /**
   * Replaces or creates the file as a whole: another name beside it, flushed, renamed.
   * @param bytes also in pieces, one after the other; the caller's again once it resolves
   */
  write(path: string, bytes: Uint8Array | readonly Uint8Array[]): Promise<void>;
  /** Creates the file with all of `bytes` at once; false, and nothing done, where anything is there already. */
  createExclusive(path: string, bytes: Uint8Array): Promise<boolean>;
  /** Adds to the end (creating the file), in UTF-8. Where that fails, a part already written is cut off again. */
  append(path: string, text: string): Promise<void>;
  /** Cuts the file to its first `byteLength` bytes; a shorter file stays as it is. */
  truncate(path: string, byteLength: number): Promise<void>;
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
  /** Flushes the file and gives it its name, in the place of what had it. */
  finish(path: string): Promise<void>;
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

/** Somebody wrote to a file while it was being read. */
export const changedWhileRead = (path: string): DissipaError =>
  new DissipaError({
    where: path,
    found: 'the file changed while it was being read',
    expected: 'expected it to stay as it is',
    advice: 'try again once nothing writes to it any more',
  });

/** A file ends before what was to be read of it. */
export const endsEarly = (path: string, size: number, needed: number): DissipaError =>
  new DissipaError({
    where: path,
    found: `the file has only ${counted(size, 'byte')}`,
    expected: `expected at least ${needed}`,
    advice: 'it was cut short, or replaced; start the command again',
  });

/** No room on the disk, or in the user's share of it. */
export class DiskFullError extends FileError {}

/** A link that leads back to itself. */
export class LoopError extends FileError {}

/** What was being done, as in "may not be *read*". */
export type FileAction =
  'read' | 'written' | 'appended to' | 'shortened' | 'listed' | 'made' | 'removed' | 'looked at';

const CHANGES: ReadonlySet<FileAction> = new Set(['written', 'appended to', 'shortened', 'made', 'removed']);

interface Explanation {
  readonly found: string;
  readonly expected?: string;
  readonly advice?: string;
}

function explainMissing(action: FileAction): Explanation {
  if (action === 'written' || action === 'appended to') {
    return { found: 'its folder does not exist', advice: 'make the folder first, or check the path' };
  }
  if (action === 'made') return { found: 'the system makes no folder here', advice: 'take another path' };
  return { found: `there is no such ${action === 'listed' ? 'folder' : 'file'}`, advice: 'check the path' };
}

/** What a system's error code means to a person. */
function explain(code: string, action: FileAction): Explanation {
  const untouched = CHANGES.has(action) ? ', nothing was changed' : '';
  switch (code) {
    case 'ENOENT':
      return explainMissing(action);
    case 'EACCES':
    case 'EPERM':
      return {
        found: `may not be ${action}${untouched}`,
        advice: 'change the permissions of it and its folder, or take another path',
      };
    case 'EROFS':
      return { found: `is on a read-only disk${untouched}`, advice: 'take a path that can be written' };
    case 'ENOSPC':
      return { found: `the disk is full${untouched}`, advice: 'free some space and try again' };
    case 'EDQUOT':
      return {
        found: `your share of the disk (quota) is used up${untouched}`,
        advice: 'free some space and try again',
      };
    case 'EFBIG':
      return {
        found: `the file would grow beyond what the system allows${untouched}`,
        advice: 'see `ulimit -f`, or take another disk',
      };
    case 'ERR_FS_FILE_TOO_LARGE':
      return { found: 'is too large to be read at once', expected: 'expected less than 2 GiB' };
    case 'EISDIR':
      return { found: 'is a folder', expected: 'expected a file', advice: 'check the path' };
    case 'ENOTDIR':
      return action === 'listed'
        ? { found: 'is a file', expected: 'expected a folder', advice: 'check the path' }
        : { found: 'a part of this path is a file', expected: 'expected a folder', advice: 'check the path' };
    case 'EEXIST':
      return action === 'made'
        ? { found: 'is a file', expected: 'expected a folder', advice: 'take another path' }
        : { found: 'is there already', advice: 'take another path' };
    case 'EMFILE':
    case 'ENFILE':
      return {
        found: `cannot be ${action}: too many files are open`,
        advice: 'close other programs, or raise the limit with `ulimit -n 4096`',
      };
    case 'ENAMETOOLONG':
      return { found: 'the path is too long for this system', advice: 'take a shorter one' };
    case 'ELOOP':
      return { found: 'is a link that leads back to itself', advice: 'check the path' };
    case 'EBUSY':
    case 'ETXTBSY':
      return {
        found: `cannot be ${action}${untouched}: another program is using it`,
        advice: 'close that program',
      };
    case 'ENXIO':
      return { found: `cannot be ${action}: nobody is at its other end`, advice: 'check the path' };
    case 'EIO':
      return {
        found: `the disk failed while it was being ${action}`,
        advice: 'check the disk and its cable',
      };
    default:
      return {
        found: `cannot be ${action} (the system says ${code})`,
        advice: 'check the path and the disk',
      };
  }
}

/** The error for a system's code (`ENOENT` …), met while `path` was being read, written … */
export function fileError(code: string, path: string, action: FileAction, cause?: unknown): DissipaError {
  const complaint = { where: path === '' ? '(empty path)' : path, ...explain(code, action) };
  if (code === 'ENOENT') return new MissingFileError(complaint, { cause });
  if (code === 'ENOSPC' || code === 'EDQUOT') return new DiskFullError(complaint, { cause });
  if (code === 'ELOOP') return new LoopError(complaint, { cause });
  return new FileError(complaint, { cause });
}
