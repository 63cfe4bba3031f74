/** What a run's commands are called by: its texts as a shell takes them, a prompt that its model knows. */
import type { Alphabet } from '../text/alphabet.js';
import { flagsFor } from '../train/flags.js';
import type { TrainOptions } from '../train/options.js';
import { shellWord } from '../base/shell-word.js';
import { STDIN } from './sources.js';

/** A word that cannot be taken for a flag. */
const pathWord = (path: string): string => shellWord(path.startsWith('-') ? `./${path}` : path);

/** Options as flags, behind the model that the run began with, if any. */
export const runFlags = (options: TrainOptions, from: string | null): string[] => [
  ...(from === null ? [] : ['--from', from]),
  ...flagsFor(options),
];

/** More than this nobody would read, and hardly a terminal would take. */
const LONGEST_LIST = 300;

/**
 * A command that reads the run's texts; those that came through a pipe must be piped in again.
 * @param flags and their values, as they are
 */
export function readingCommand(command: string, paths: readonly string[], flags: readonly string[]): string {
  const isPiped = paths.includes(STDIN);
  const words = paths.map(pathWord).join(' ');
  const texts = isPiped ? STDIN : words.length > LONGEST_LIST ? 'TEXTS' : words;
  const rest = [texts, ...flags.map(shellWord)].filter((word) => word !== '');
  return `${isPiped ? 'cat TEXT | ' : ''}npx dissipa ${[command, ...rest].join(' ')}`;
}

/** Words of letters at the beginning of a line, as many as make a prompt; no sign that a shell takes for its own. */
const BEGINNING = /^\p{L}[\p{L}\p{M} ,;-]{0,40}/u;
const [SHORTEST_PROMPT, LONGEST_PROMPT] = [6, 24];

/**
 * The first words of a line of the text, in quotes; null where no line has any that the model knows.
 * @param text begins anywhere, so that its first line is none
 */
export function promptFrom(text: string, alphabet: Alphabet): string | null {
  for (const line of text.split('\n').slice(1)) {
    const words = BEGINNING.exec(line)?.[0] ?? '';
    if (words.length < SHORTEST_PROMPT) continue;
    const cut = Array.from(words).slice(0, LONGEST_PROMPT).join('');
    const whole = words.length > cut.length ? cut.slice(0, cut.lastIndexOf(' ') + 1) || cut : cut;
    if (alphabet.knows(alphabet.typed(whole))) return `"${whole}"`;
  }
  return null;
}
