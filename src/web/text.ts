/** The texts of a page as one, read as the command line reads files: cleaned, an empty line between two. */
import { Alphabet } from '../text/alphabet.js';
import { TextReader } from '../text/decode.js';

export interface TextFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface ReadText {
  readonly alphabet: Alphabet;
  readonly ids: Uint16Array;
}

/** @throws DissipaError for what is no text */
export function textOf(files: readonly TextFile[]): string {
  let text = '';
  for (const { name, bytes } of files) {
    const reader = new TextReader(name);
    if (text !== '') text += text.endsWith('\n') ? '\n' : '\n\n';
    text += reader.push(bytes) + reader.end();
  }
  return text;
}

export function readTexts(files: readonly TextFile[]): ReadText {
  const text = textOf(files);
  const where = files.map(({ name }) => name).join(', ');
  const alphabet = Alphabet.of(text, where);
  return { alphabet, ids: alphabet.encode(text, where) };
}

export const whereOf = (files: readonly TextFile[]): string => files[0]?.name ?? 'text';
