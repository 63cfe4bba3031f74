/** The texts a command is given: files, and folders of .txt files. */
import { UsageError, DissipaError } from '../base/errors.js';
import { joinPath, type FileStore } from '../store/files.js';
import type { RunText } from '../store/run-info.js';
import { symbolsOf } from '../text/alphabet.js';
import { decodeText } from '../text/decode.js';

export interface ReadTexts {
  /** All of them, one after the other, an empty line between two. */
  readonly text: string;
  readonly texts: readonly RunText[];
  /** What the whole is called in errors. */
  readonly where: string;
}

export async function readText(files: FileStore, path: string): Promise<string> {
  return decodeText(await files.read(path), path);
}

/**
 * Reads files, and folders' .txt files (with those of folders in them) in the order of their names.
 * @throws DissipaError where a path leads nowhere, or a folder has no texts
 */
export async function readTexts(files: FileStore, paths: readonly string[]): Promise<ReadTexts> {
  const found = (await Promise.all(paths.map((path) => expand(files, path)))).flat();
  const texts: (RunText & { text: string })[] = [];
  for (const path of found) {
    const bytes = await files.read(path);
    const text = decodeText(bytes, path);
    texts.push({ path, bytes: bytes.length, characters: symbolsOf(text).length, text });
  }
  return {
    text: texts
      .map(({ text }, i) => (i < texts.length - 1 && !text.endsWith('\n') ? `${text}\n` : text))
      .join('\n'),
    texts: texts.map(({ path, bytes, characters }) => ({ path, bytes, characters })),
    where: paths.join(', '),
  };
}

async function expand(files: FileStore, path: string): Promise<string[]> {
  switch (await files.kind(path)) {
    case 'none':
      throw new DissipaError({
        where: path,
        found: 'there is no such file or folder',
        expected: 'expected a text or a folder of texts',
        advice: 'check the path',
      });
    case 'file':
      return [path];
    case 'folder': {
      const texts = await textsIn(files, path);
      if (texts.length === 0)
        throw new DissipaError({
          where: path,
          found: 'the folder has no .txt file',
          expected: 'expected at least one',
          advice: 'name the files themselves, or another folder',
        });
      return texts;
    }
  }
}

async function textsIn(files: FileStore, folder: string): Promise<string[]> {
  const texts: string[] = [];
  for (const name of await files.list(folder)) {
    const path = joinPath(folder, name);
    if ((await files.kind(path)) === 'folder') texts.push(...(await textsIn(files, path)));
    else if (/\.txt$/i.test(name)) texts.push(path);
  }
  return texts;
}

/** @throws UsageError where a flag that needs a value was left out */
export function required(value: string | undefined, flag: string, what: string): string {
  if (value === undefined || value === '')
    throw new UsageError({ where: flag, found: 'is missing', expected: `expected ${what}` });
  return value;
}
