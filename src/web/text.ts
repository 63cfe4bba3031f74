/** The texts of a page as one, read as the command line reads files: cleaned, an empty line between two. */
import { TextReader } from '../text/decode.js';
import { textInMemory, type TextInMemory } from '../text/in-memory.js';

export interface TextFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** @throws DissipaError for what is no text */
export const textOf = (files: readonly TextFile[]): string => [...piecesOf(files)].join('');

function* piecesOf(files: readonly TextFile[]): Generator<string, void> {
  let last = '';
  for (const { name, bytes } of files) {
    const reader = new TextReader(name);
    if (last !== '') yield last.endsWith('\n') ? '\n' : '\n\n';
    for (const piece of [reader.push(bytes), reader.end()]) {
      if (piece !== '') yield piece;
      last = piece || last;
    }
  }
}

/** @throws DissipaError for what is no text */
export const readTexts = (files: readonly TextFile[]): TextInMemory =>
  textInMemory(piecesOf(files), files.map(({ name }) => name).join(', '));

export const whereOf = (files: readonly TextFile[]): string => files[0]?.name ?? 'text';
