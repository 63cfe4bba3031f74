/** Says what became of the symbols that a model has not. */
import { textWidth, wrap } from '../ui/terminal/wrap.js';
import { symbolName, type Alphabet } from '../text/alphabet.js';
import type { SymbolReader } from '../text/unknown.js';
import type { Environment } from './environment.js';

const MOST_NAMED = 5;

/** Nothing where the model has all of them. @param what was read, as in `--prompt` */
export function tellUnknown(
  { err, columns, words }: Environment,
  what: string,
  reader: Pick<SymbolReader, 'characters' | 'strangers' | 'unknown'>,
  alphabet: Alphabet,
): void {
  const strangers = [...reader.strangers].sort(([, a], [, b]) => b - a);
  if (strangers.length === 0) return;
  const times = strangers.reduce((sum, [, n]) => sum + n, 0);
  const named = strangers.slice(0, MOST_NAMED).map(([symbol]) => symbolName(symbol));
  const told = words.reports.reading.unknown({
    ...{ what, times, characters: reader.characters, named: named.join(', ') },
    more: Math.max(0, strangers.length - MOST_NAMED),
    done: reader.unknown === 'skip' ? 'skip' : alphabet.unknown === undefined ? 'nearest' : 'symbol',
  });
  err(`${wrap(told, textWidth(columns))}\n`);
}
