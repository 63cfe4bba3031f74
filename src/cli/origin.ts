/** `train --from MODEL`: the model that a new run begins with, and what is said of its symbols. */
import { misuse } from '../base/errors.js';
import { flagOf } from '../base/options.js';
import type { Weights } from '../model/take-over.js';
import type { Words } from '../words/words.js';
import { decodeCheckpoint } from '../store/checkpoint.js';
import { resolveModelPath } from '../store/run-folder.js';
import { Alphabet } from '../text/alphabet.js';
import { forRecords, type NewSymbols, type Onto } from '../text/onto.js';
import type { Records } from '../text/records.js';
import type { SymbolCount } from '../text/symbol-count.js';
import type { Environment } from './environment.js';
import type { Given } from './flags.js';

export interface Origin extends Weights {
  /** The file. */
  readonly path: string;
  readonly alphabet: Alphabet;
}

/** @throws DissipaError where there is no such model */
export async function originAt({ files }: Environment, from: string): Promise<Origin> {
  const path = await resolveModelPath(files, from);
  const { shape, parameters, alphabet, kind } = decodeCheckpoint(await files.read(path), path);
  return { path, shape, parameters, alphabet: new Alphabet(alphabet, kind) };
}

/**
 * The flags that were given, with those that the model says.
 * @throws UsageError where a flag says otherwise
 */
export function withShapeOf({ shape, alphabet, path }: Origin, given: Given): Given {
  const { cell, layers, hidden } = shape;
  const own = { cell, layers, hidden };
  for (const [name, value] of Object.entries(own))
    if (given[name] !== undefined && given[name] !== value)
      throw misuse('model.other-shape', {
        option: flagOf(name),
        given: JSON.stringify(given[name]).replaceAll('"', ''),
        has: String(value),
        path,
      });
  return { ...given, ...own, ...kindOf(alphabet, given, path) };
}

/** What the model's symbols are; one of plain text may become one of records, since END is a symbol more. */
function kindOf({ records, areBytes }: Alphabet, given: Given, path: string): Given {
  const check = (name: string, has: string | null): void => {
    const value = given[name];
    if (value !== undefined && value !== has)
      throw misuse('records.of-model', {
        option: flagOf(name),
        value: typeof value === 'string' ? value : JSON.stringify(value),
        has,
        path,
      });
  };
  if (records !== undefined) check('records', records);
  check('symbols', areBytes ? 'bytes' : 'characters');
  return { ...(records !== undefined && { records }), ...(areBytes && { symbols: 'bytes' }) };
}

/** @throws UsageError where nothing is begun with */
export function checkUnknown(unknown: unknown, origin: Origin | null): void {
  if (unknown === undefined || origin !== null) return;
  throw misuse('model.none-unknown', {});
}

export const ontoOf = (alphabet: Alphabet, unknown: NewSymbols = 'add', records?: Records): Onto => ({
  alphabet: forRecords(alphabet, records),
  unknown,
});

/** What became of the symbols that the model has not; null where it has all. */
export function strangersInWords(
  { alphabet, unknown }: Onto,
  { symbols, counts }: Pick<SymbolCount, 'symbols' | 'counts'>,
  becomes: Alphabet,
  { training: { facts } }: Words,
): string | null {
  const added = becomes.size - alphabet.size;
  if (unknown === 'add') return added === 0 ? null : facts.added(added);
  const strangers = symbols.flatMap((symbol, number) =>
    alphabet.read(symbol) === undefined ? [counts[number]] : [],
  );
  if (strangers.length === 0) return null;
  const times = strangers.reduce((sum, n) => sum + n, 0);
  return facts.asAnother(times);
}
