/**
 * The alphabet of a foreign model, as its owner has it: a JSON list of symbols in the order of ids, or an object of ids by
 * symbol. `<unk>`, as others write it, is the symbol for unknown ones.
 */
import { isRecord, quote, quoted } from '../../base/json-value.js';
import { failure, type DissipaError } from '../../base/errors.js';
import { isControl, isSymbol } from '../../store/checkpoint-alphabet.js';
import { structureDefect, tryJson, tryUtf8 } from '../../store/json.js';
import { MOST_SYMBOLS, UNKNOWN } from '../../text/alphabet.js';

const IS_UNKNOWN = /^[<[](?:unk|unknown|oov)[>\]]$/i;
const MAX_DEPTH = 2;
/** Every symbol there may be, written as an escaped surrogate pair on a line of its own, and its id. */
export const MOST_ALPHABET_BYTES = 64 * MOST_SYMBOLS;

/**
 * @param areBytes the symbols are bytes, so that control characters are some of them
 * @throws DissipaError, with `where` in front, for whatever is wrong with it
 */
export function decodeForeignAlphabet(bytes: Uint8Array, where: string, areBytes = false): string[] {
  // A mark that editors of other systems put before a text.
  const text = tryUtf8(bytes)?.replace(/^\uFEFF/, '') ?? null;
  if (text === null) throw failure('alphabet.no-list', { where, defect: { is: 'no-utf-8' } });
  const defect = structureDefect(text, MAX_DEPTH);
  if (defect !== null) throw failure('alphabet.no-list', { where, defect });
  const value: unknown = tryJson(text)?.value;
  const listed = Array.isArray(value) ? (value as unknown[]) : isRecord(value) ? byId(value, where) : null;
  if (listed === null) throw failure('alphabet.no-list', { where, defect: null });
  if (listed.length < 2 || listed.length > MOST_SYMBOLS)
    throw failure('alphabet.size', { where, symbols: listed.length, most: MOST_SYMBOLS });
  const ids = new Map<string, number>();
  for (const [id, given] of listed.entries()) {
    const symbol = typeof given === 'string' && IS_UNKNOWN.test(given) ? UNKNOWN : given;
    if (typeof symbol !== 'string' || !isSymbol(symbol) || (!areBytes && isControl(symbol)))
      throw failure('alphabet.symbol', {
        ...{ where, id, symbol: quoted(given) },
        isControl: typeof symbol === 'string' && isSymbol(symbol),
      });
    const first = ids.get(symbol);
    if (first !== undefined)
      throw failure('alphabet.twice', { where, symbol: quote(given as string), first, second: id });
    ids.set(symbol, id);
  }
  return [...ids.keys()];
}

/** {"a": 0, "b": 1} as ["a", "b"]. */
function byId(ids: Record<string, unknown>, where: string): unknown[] {
  const symbols = new Array<string | undefined>(Object.keys(ids).length);
  const isFree = (id: unknown): id is number =>
    typeof id === 'number' &&
    Number.isInteger(id) &&
    id >= 0 &&
    id < symbols.length &&
    symbols[id] === undefined;
  for (const [symbol, id] of Object.entries(ids)) {
    if (!isFree(id)) throw wrongId(symbol, id, symbols.length - 1, where);
    symbols[id] = symbol;
  }
  return symbols;
}

const wrongId = (symbol: string, id: unknown, last: number, where: string): DissipaError =>
  failure('alphabet.id', { where, symbol: quote(symbol), id: quoted(id), last });
