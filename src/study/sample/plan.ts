/** What a sample begins with and what ends it, in ids: checked before anything is made. */
import { failure, misuse } from '../../base/errors.js';
import type { Alphabet } from '../../text/alphabet.js';
import { SymbolReader } from '../../text/unknown.js';
import { hasSeeds, type SampleOptions } from './options.js';

export interface SamplePlan {
  /** Shown to the predictor first; at least one. */
  readonly primer: Uint16Array;
  /** The id that ends a line, where the alphabet has one. */
  readonly lineEnd: number | undefined;
  readonly stop: Uint16Array | null;
}

/**
 * @throws DissipaError for a prompt with symbols that the alphabet has not (unless `unknown` says what to do), and for an
 *   end or a beginning that the model can never write or read
 */
export function samplePlan(alphabet: Alphabet, options: SampleOptions): SamplePlan {
  if (!hasSeeds(options))
    throw misuse('sample.seeds', { last: options.seed + options.count - 1, most: 2 ** 31 - 1 });
  const lineEnd = alphabet.idOf('\n');
  if (alphabet.records === 'line' && options.lines > 0 && lineEnd === undefined)
    throw misuse('records.no-lines', { records: alphabet.records });
  if (options.lines > 0 && lineEnd === undefined) throw failure('sample.no-lines', {});
  return { primer: primerOf(alphabet, options), lineEnd, stop: stopOf(alphabet, options) };
}

/**
 * Without a prompt the model is shown a line feed (or the first symbol): a text's beginning is mostly a line's. A record's is
 * END.
 */
function primerOf(alphabet: Alphabet, { prompt, start, unknown }: SampleOptions): Uint16Array {
  const ids = new SymbolReader(alphabet, '--prompt', unknown).push(alphabet.typed(prompt));
  if (alphabet.end !== undefined) {
    if (start !== undefined) throw misuse('records.begins', { option: `--start ${start}` });
    return Uint16Array.of(alphabet.end, ...ids);
  }
  if (start === undefined) return ids.length > 0 ? ids : Uint16Array.of(alphabet.idOf('\n') ?? 0);
  const before = alphabet.idOf(start === 'line' ? '\n' : ' ');
  if (before === undefined) throw failure('sample.no-start', { start });
  return Uint16Array.of(before, ...ids);
}

function stopOf(alphabet: Alphabet, { stop }: SampleOptions): Uint16Array | null {
  if (stop === undefined) return null;
  // What the model can never write would never end a sample.
  const ids = new SymbolReader(alphabet, '--stop', 'refuse').push(alphabet.typed(stop));
  if (alphabet.unknown === undefined || !ids.includes(alphabet.unknown)) return ids;
  throw failure('sample.unknown-stop', {});
}
