/** Results of a command: JSON on stdout, files, of each of which a line on stderr tells. */
import { visibleInLine, visibleJson } from '../base/visible.js';
import type { Environment } from './environment.js';

/** One line, numbers in full. */
export const tellJson = ({ out }: Pick<Environment, 'out'>, value: unknown): void => {
  out(`${visibleJson(JSON.stringify(value))}\n`);
};

/** A report that stands on the same screen as what was said before it: an empty line between the two. */
export const tellReport = ({ out, err, isTerminal, outColumns }: Environment, report: string): void => {
  if (isTerminal && outColumns !== undefined) err('\n');
  out(report);
};

/** @param what it is, in words */
export async function writeResult(
  { files, err, words }: Environment,
  path: string,
  content: string | Uint8Array,
  what: string,
): Promise<void> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  await files.write(path, bytes);
  err(`${words.reports.notes.wrote(visibleInLine(path), Math.ceil(bytes.length / 1024), what)}\n`);
}
