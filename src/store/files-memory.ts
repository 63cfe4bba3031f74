/** FileStore in memory, for tests and the browser: same behaviour and same errors as on a disk. */
import { joined } from '../base/pieces.js';
import {
  endsEarly,
  fileError,
  type FileAction,
  type FileKind,
  type FileStore,
  type GrowingFile,
  type PositionedFile,
} from './files.js';

/** Bytes of a streamed file that come at once. */
const PIECE = 65_536;

/**
 * Files in memory, which go with the process.
 * @param now milliseconds since any fixed moment: the clock of what is kept here
 */
export const memoryFiles = (now: () => number = Date.now): FileStore => new MemoryFiles(now);

/** `a//b/./c/../d` → `a/b/d`; the root and the place where the program runs are both ''. */
function normalise(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

const parentOf = (key: string): string => key.slice(0, Math.max(0, key.lastIndexOf('/')));

class MemoryFiles implements FileStore {
  readonly #files = new Map<string, Uint8Array>();
  readonly #writtenMs = new Map<string, number>();
  readonly #folders = new Set<string>(['']);

  constructor(private readonly now: () => number) {}

  #put(key: string, bytes: Uint8Array): void {
    this.#files.set(key, bytes);
    this.#writtenMs.set(key, this.now());
  }

  #kind(key: string): FileKind {
    if (this.#folders.has(key)) return 'folder';
    return this.#files.has(key) ? 'file' : 'none';
  }

  #existing(path: string, action: FileAction): Uint8Array {
    const key = normalise(path);
    const bytes = this.#files.get(key);
    if (bytes !== undefined) return bytes;
    throw fileError(this.#folders.has(key) ? 'EISDIR' : 'ENOENT', path, action);
  }

  /** The key under which a file may be put at `path`. */
  #place(path: string, action: FileAction): string {
    const key = normalise(path);
    const parent = this.#kind(parentOf(key));
    if (parent !== 'folder') throw fileError(parent === 'file' ? 'ENOTDIR' : 'ENOENT', path, action);
    if (this.#folders.has(key)) throw fileError('EISDIR', path, action);
    return key;
  }

  // The work is done at the call, not at the await, so the order of calls is kept.
  kind(path: string): Promise<FileKind> {
    return Promise.resolve(this.#kind(normalise(path)));
  }

  read(path: string): Promise<Uint8Array> {
    return settle(() => this.#existing(path, 'read').slice());
  }

  async write(
    path: string,
    bytes: Uint8Array | readonly Uint8Array[],
    mayWrite?: () => Promise<void>,
  ): Promise<void> {
    if (mayWrite) await mayWrite();
    return settle(() => {
      const all = bytes instanceof Uint8Array ? Uint8Array.from(bytes) : joined(bytes);
      this.#put(this.#place(path, 'written'), all);
    });
  }

  createExclusive(path: string, bytes: Uint8Array): Promise<boolean> {
    return settle(() => {
      if (this.#kind(normalise(path)) !== 'none') return false;
      this.#put(this.#place(path, 'written'), Uint8Array.from(bytes));
      return true;
    });
  }

  async append(path: string, text: string, mayWrite?: () => Promise<void>): Promise<void> {
    if (mayWrite) await mayWrite();
    return settle(() => {
      const key = this.#place(path, 'appended to');
      const before = this.#files.get(key) ?? new Uint8Array();
      const added = new TextEncoder().encode(text);
      const bytes = new Uint8Array(before.length + added.length);
      bytes.set(before);
      bytes.set(added, before.length);
      this.#put(key, bytes);
    });
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }

  list(path: string): Promise<string[]> {
    return settle(() => {
      const key = normalise(path);
      const kind = this.#kind(key);
      if (kind !== 'folder') throw fileError(kind === 'file' ? 'ENOTDIR' : 'ENOENT', path, 'listed');
      return [...this.#files.keys(), ...this.#folders]
        .filter((entry) => entry !== '' && parentOf(entry) === key)
        .map((entry) => entry.slice(entry.lastIndexOf('/') + 1))
        .sort();
    });
  }

  makeFolder(path: string): Promise<void> {
    return settle(() => {
      const chain: string[] = [];
      for (let key = normalise(path); key !== ''; key = parentOf(key)) {
        if (this.#files.has(key)) throw fileError(chain.length === 0 ? 'EEXIST' : 'ENOTDIR', path, 'made');
        chain.push(key);
      }
      for (const key of chain) this.#folders.add(key);
    });
  }

  claimFolder(path: string): Promise<boolean> {
    if (this.#kind(normalise(path)) !== 'none') return Promise.resolve(false);
    return this.makeFolder(path).then(() => true);
  }

  idleMs(path: string): Promise<number | null> {
    return settle(() => {
      const key = normalise(path);
      return this.#files.has(key) ? this.now() - (this.#writtenMs.get(key) ?? 0) : null;
    });
  }

  remove(path: string): Promise<void> {
    return settle(() => {
      const key = normalise(path);
      if (this.#folders.has(key)) throw fileError('EISDIR', path, 'removed');
      this.#files.delete(key);
    });
  }

  realPath(path: string): Promise<string> {
    return settle(() => {
      const key = normalise(path);
      if (this.#kind(key) === 'none') throw fileError('ENOENT', path, 'looked at');
      return `/${key}`;
    });
  }

  async *stream(path: string): AsyncGenerator<Uint8Array> {
    const bytes = await this.read(path);
    for (let from = 0; from < bytes.length; from += PIECE) yield bytes.subarray(from, from + PIECE);
  }

  async create(temporary: string): Promise<GrowingFile> {
    if (!(await this.createExclusive(temporary, new Uint8Array())))
      throw fileError('EEXIST', temporary, 'written');
    const pieces: Uint8Array[] = [];
    return {
      write: (bytes) => settle(() => void pieces.push(bytes.slice())),
      finish: async (path, mayWrite) => {
        await this.write(path, pieces, mayWrite);
        if (normalise(path) !== normalise(temporary)) await this.remove(temporary);
      },
      discard: () => this.remove(temporary),
    };
  }

  at(path: string): PositionedFile {
    return {
      size: () => this.#existing(path, 'read').length,
      read: (position, into) => {
        const bytes = this.#existing(path, 'read');
        const end = position + into.length;
        if (end > bytes.length) throw endsEarly(path, bytes.length, end);
        into.set(bytes.subarray(position, end));
      },
      close: () => undefined,
    };
  }
}

/** What `work` returns or throws, as a promise; the work itself is done at once. */
function settle<T>(work: () => T): Promise<T> {
  try {
    return Promise.resolve(work());
  } catch (error) {
    return Promise.reject(error instanceof Error ? error : new Error(String(error)));
  }
}
