/**
 * What may be an alphabet in a checkpoint: characters, each once, none that a terminal would obey, or bytes; and the entries
 * that say which, and which of them ends a record.
 */
import { quote, quoted } from '../base/json-value.js';
import { failure, type DissipaError } from '../base/errors.js';
import { codePointOf, MOST_SYMBOLS, UNKNOWN, type SymbolKind } from '../text/alphabet.js';
import { RECORDS, type Records } from '../text/records.js';
import type { AlphabetFault } from './problems.js';

/** Bytes are symbols of their own kind: control characters are some of them. */
const BYTES = 'bytes';

/** The entries of the metadata; none for characters of one text. */
export const kindEntries = ({ end, records, bytes }: SymbolKind): [name: string, value: string][] => [
  ...(end === undefined ? [] : [['end', String(end)] as [string, string]]),
  ...(records === undefined ? [] : [['records', records] as [string, string]]),
  ...(bytes === true ? [['symbols', BYTES] as [string, string]] : []),
];

/** @throws DissipaError */
export function decodeKind(metadata: ReadonlyMap<string, string>, size: number, where: string): SymbolKind {
  const bad = (entry: string, found: string): DissipaError =>
    failure('records.bad-entry', { where, entry, found: quote(found) });
  const [end, records] = [metadata.get('end'), metadata.get('records')];
  if (end !== undefined && !(/^(?:0|[1-9]\d{0,5})$/.test(end) && Number(end) < size)) throw bad('end', end);
  const isKnown = (one: string): one is Records => RECORDS.some((name) => name === one);
  if (records !== undefined && (end === undefined || !isKnown(records))) throw bad('records', records);
  return {
    ...(end !== undefined && { end: Number(end) }),
    ...(records !== undefined && isKnown(records) && { records }),
    ...(metadata.get('symbols') === BYTES && { bytes: true }),
  };
}

/** @param kind what the metadata say that the symbols are */
export function checkAlphabet(
  symbols: readonly unknown[],
  { bytes, end }: SymbolKind,
  bad: (fault: AlphabetFault) => DissipaError,
): asserts symbols is readonly string[] {
  if (symbols.length > MOST_SYMBOLS) throw bad({ is: 'size', symbols: symbols.length, most: MOST_SYMBOLS });
  const seen = new Map<string, number>();
  for (const [id, symbol] of symbols.entries()) {
    if (typeof symbol !== 'string' || !isSymbol(symbol)) {
      throw bad({ is: 'symbol', id, symbol: quoted(symbol) });
    }
    if (bytes === true && symbol > '\xff' && symbol !== UNKNOWN && id !== end)
      throw bad({ is: 'no-byte', id, code: codePointOf(symbol) });
    // A terminal would obey it: \x1b sets a window's title, and worse.
    if (bytes !== true && isControl(symbol)) throw bad({ is: 'control', id, code: codePointOf(symbol) });
    const earlier = seen.get(symbol);
    if (earlier !== undefined) throw bad({ is: 'twice', symbol: quote(symbol), first: earlier, second: id });
    seen.set(symbol, id);
  }
}

/** A control character that no text has once it was read. */
export const isControl = (symbol: string): boolean => /[^\P{Cc}\t\n]/u.test(symbol);

/** Exactly one code point, and not half of a surrogate pair. */
export function isSymbol(text: string): boolean {
  const code = text.codePointAt(0);
  if (code === undefined || (code >= 0xd800 && code <= 0xdfff)) return false;
  return text.length === (code > 0xffff ? 2 : 1);
}
