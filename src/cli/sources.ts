/** Where texts come from: files, folders, patterns, standard input; packed with gzip or not. */
import { resolve, sep } from 'node:path';
import { createGunzip } from 'node:zlib';
import { glob, isDynamicPattern } from 'tinyglobby';
import { failure } from '../base/errors.js';
import type { FileStore } from '../store/files.js';
import { STDIN } from '../study/corpus/reading.js';
import { extensionsIn } from '../text/reading.js';
import type { Environment } from './environment.js';
import {
  DEFAULT_EXTENSIONS,
  FolderSearch,
  nothingIn,
  noText,
  programsFolder,
  type WantedFiles,
} from './folders.js';

export { STDIN };

/**
 * Texts of what is to be resumed are known by their paths as they were given: from another folder they are not found.
 * @param what was started with them
 * @param command that names them anew
 */
export async function checkTextsAreThere(
  files: FileStore,
  paths: readonly string[],
  what: 'run' | 'comparison' | 'sweep',
  command: string,
): Promise<void> {
  for (const path of paths) {
    if (path === STDIN || (await files.kind(path)) !== 'none') continue;
    throw failure('run.text-moved', { where: path, what, command });
  }
}

/**
 * The texts that `paths` mean, in the order in which they are named, those of a folder or pattern by name; each once.
 * @throws DissipaError where a path leads nowhere, a folder has no texts; UsageError where it is a run's, or a model
 */
export async function findTexts(
  files: FileStore,
  paths: readonly string[],
  wanted: WantedFiles = {},
): Promise<string[]> {
  const found: string[] = [];
  const seen = new Set<string>();
  for (const path of paths) {
    for (const text of await expand(files, path, wanted)) {
      const name = text === STDIN ? STDIN : await files.realPath(text);
      if (!seen.has(name)) found.push(text);
      seen.add(name);
    }
  }
  return found;
}

/** Whatever a shell has put there: it may be nothing that can be opened by its name. */
const STANDARD_INPUTS = ['/dev/stdin', '/dev/fd/0', '/proc/self/fd/0'];

async function expand(files: FileStore, path: string, wanted: WantedFiles): Promise<string[]> {
  if (path === STDIN || STANDARD_INPUTS.includes(path)) return [STDIN];
  switch (await files.kind(path)) {
    case 'pipe':
      return [path];
    case 'file':
      if (/\.safetensors$/i.test(path)) throw noText(path, 'model', wanted);
      return [path];
    case 'folder': {
      const held = await programsFolder(files, path);
      if (held !== null) throw noText(path, held, wanted);
      const extensions = extensionsIn(wanted.ext ?? DEFAULT_EXTENSIONS) ?? [];
      const search = new FolderSearch(files, extensions);
      const texts = await search.textsIn(path);
      if (texts.length > 0) return texts;
      throw nothingIn(path, extensions, search.others);
    }
    case 'none': {
      const isPattern = isDynamicPattern(path);
      const matches = isPattern ? await matchesOf(path) : [];
      if (matches.length > 0)
        return (await Promise.all(matches.map((match) => expand(files, match, wanted)))).flat();
      throw failure('source.nothing', { where: path, isPattern });
    }
  }
}

/** What the shell would make of a pattern; folders are left out where the pattern looks into them itself. */
async function matchesOf(pattern: string): Promise<string[]> {
  const matches = await glob(pattern.replaceAll(sep, '/'), {
    onlyFiles: pattern.includes('**'),
    expandDirectories: false,
    absolute: resolve(pattern) === pattern,
  });
  return matches.map((match) => match.replace(/\/$/, '')).sort();
}

/** Whether it can be read once only: standard input, a pipe, a device. */
export const isReadOnce = async ({ files }: Environment, path: string): Promise<boolean> =>
  path === STDIN || (await files.kind(path)) === 'pipe';

/** A source's bytes as they are. @throws DissipaError where there is no standard input */
export function bytesFrom({ files, stdin }: Environment, path: string): AsyncIterable<Uint8Array> {
  if (path !== STDIN) return files.stream(path);
  if (stdin) return stdin();
  throw failure('source.terminal', {});
}

/**
 * The bytes, unpacked where they are gzip: by their name, or (standard input has none) by their first two bytes, with
 * which no text begins.
 * @throws DissipaError where the packed data is damaged or cut short
 */
export async function* unpacked(path: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pieces = bytes[Symbol.asyncIterator]();
  try {
    let first = await pieces.next();
    if (first.done !== true && first.value.length === 1) {
      const second = await pieces.next();
      if (second.done !== true) first = { done: false, value: Buffer.concat([first.value, second.value]) };
    }
    if (first.done === true) return;
    const { value } = first;
    const all = async function* (): AsyncGenerator<Uint8Array> {
      yield value;
      yield* { [Symbol.asyncIterator]: () => pieces };
    };
    const isPacked = /\.gz$/i.test(path) || (value[0] === 0x1f && value[1] === 0x8b);
    if (isPacked) yield* gunzip(path, all());
    else yield* all();
  } finally {
    // Also where nobody wants the rest.
    await pieces.return?.();
  }
}

async function* gunzip(path: string, packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const unpacker = createGunzip({ chunkSize: 2 ** 18 });
  const feeding = feed();
  // It is waited for below; until then an error must not count as unheard.
  feeding.catch(() => undefined);
  try {
    yield* unpacker as AsyncIterable<Uint8Array>;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!code.startsWith('Z_')) throw error;
    throw failure('source.gzip', {
      where: path,
      isCut: code === 'Z_BUF_ERROR',
      complaint: (error as Error).message,
    });
  } finally {
    unpacker.destroy();
  }
  await feeding;

  async function feed(): Promise<void> {
    try {
      for await (const piece of packed) {
        if (unpacker.destroyed) return;
        if (!unpacker.write(piece)) {
          await new Promise<void>((resume) => {
            unpacker.once('drain', resume).once('close', resume);
          });
        }
      }
      unpacker.end();
    } catch (error) {
      unpacker.destroy(error instanceof Error ? error : new Error(String(error)));
      throw error;
    }
  }
}
