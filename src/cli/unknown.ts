/** Says what became of the symbols that a model has not. */
import { counted, plural } from '../base/words.js';
import { count, percent } from '../words/numbers.js';
import { textWidth, wrap } from '../ui/terminal/wrap.js';
import { nameOf, type Alphabet } from '../text/alphabet.js';
import type { SymbolReader } from '../text/unknown.js';
import type { Environment } from './environment.js';

const MOST_NAMED = 5;

/** Nothing where the model has all of them. @param what was read, as in `--prompt` */
export function tellUnknown(
  { err, columns }: Environment,
  what: string,
  reader: Pick<SymbolReader, 'characters' | 'strangers' | 'unknown'>,
  alphabet: Alphabet,
): void {
  const strangers = [...reader.strangers].sort(([, a], [, b]) => b - a);
  if (strangers.length === 0) return;
  const times = strangers.reduce((sum, [, n]) => sum + n, 0);
  const named = strangers.slice(0, MOST_NAMED).map(([symbol]) => nameOf(symbol));
  const more = strangers.length > MOST_NAMED ? ` and ${strangers.length - MOST_NAMED} more` : '';
  const done =
    reader.unknown === 'skip'
      ? 'left out'
      : alphabet.unknown === undefined
        ? 'read as the nearest it has, or as a space'
        : 'read as its symbol for unknown ones';
  const told =
    `${what}: ${count(times)} of ${counted(count(reader.characters), 'character')} (${percent(times / reader.characters)}) ` +
    `${plural(times, 'is', 'are')} not in the model's alphabet (${named.join(', ')}${more}), ${done}`;
  err(`${wrap(told, textWidth(columns))}\n`);
}
