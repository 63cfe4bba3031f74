/** `--encoding list`: the encodings that there are, whatever else a command needs. */
import type * as z from 'zod';
import { ENCODINGS } from '../text/encoding/names.js';
import { LIST } from '../text/reading.js';
import { table } from '../ui/terminal/table.js';
import type { Words } from '../words/words.js';

/** @param flags of the command that is called */
export function asksForEncodings(words: readonly string[], flags: z.ZodObject): boolean {
  if (!('encoding' in flags.shape)) return false;
  const at = words.lastIndexOf('--encoding');
  return words.includes(`--encoding=${LIST}`) || (at >= 0 && words[at + 1] === LIST);
}

/** @param width of the terminal */
export function encodingList({ encodings }: Words, width: number): string {
  const rows = ENCODINGS.map((name) => [name, encodings[name]]);
  return `${table(rows, [0, 1], width, false)}\n`;
}
