/** JSON without its traps: written strictly, read without exceptions, repeated keys seen. */
import { isRecord, quote } from '../base/json-value.js';
import type { Defect } from './problems.js';

/**
 * JSON.stringify that refuses what would silently become something else: NaN and infinities (null), undefined in
 * a list (null), typed arrays, maps and sets (objects). Properties that are undefined are left out, as usual.
 * Throws a plain Error: such a value is a defect of the program.
 */
export function strictJson(
  value: unknown,
  indent?: number,
  nonFinite: 'refused' | 'null' = 'refused',
): string {
  const text = JSON.stringify(
    value,
    function (this: unknown, key: string, item: unknown) {
      if (typeof item === 'number' && !Number.isFinite(item)) {
        if (nonFinite === 'null') return null;
        throw new Error(`"${key}" is ${item}, which JSON cannot hold`);
      }
      if (item === undefined && Array.isArray(this)) {
        throw new Error(`item ${key} is undefined, which JSON cannot hold`);
      }
      if (ArrayBuffer.isView(item) || item instanceof Map || item instanceof Set) {
        throw new Error(`"${key}" is a ${item.constructor.name}, which JSON would turn into an object`);
      }
      return item;
    },
    indent,
  ) as string | undefined;
  if (text === undefined) throw new Error('undefined is not JSON');
  return text;
}

/** Nothing that is written here is nested nearly as deep; beyond thousands of levels, whatever walks a value runs out of stack. */
const DEEPEST = 64;

/** The parsed value, or null (not a `{ value }`) where `text` is not JSON, or nested more than 64 levels deep. */
export function tryJson(text: string): { readonly value: unknown } | null {
  try {
    return isDeeper(text, DEEPEST) ? null : { value: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];

/** Whether objects and lists are nested more than `levels` deep. */
function isDeeper(text: string, levels: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      for (at++; at < text.length && text.charCodeAt(at) !== QUOTE; at++)
        if (text.charCodeAt(at) === BACKSLASH) at++;
    } else if ((code | 0x20) === 0x7b) {
      // [ or {
      if (++depth > levels) return true;
    } else if ((code | 0x20) === 0x7d) depth--;
  }
  return false;
}

/** The text in UTF-8, or null where it is none. */
export function tryUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

const COLON = /[ \t\r\n]*:/y;

/**
 * What JSON.parse would pass over in silence: a key given twice in one object (it keeps the last), or nesting beyond
 * `maxDepth`. Null where there is neither. The text need not be valid JSON.
 */
export function structureDefect(text: string, maxDepth: number): Defect | null {
  /** The keys of each object that is open; null for a list. */
  const scopes: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '{' || char === '[') {
      if (scopes.length === maxDepth) return { is: 'deep', most: maxDepth };
      scopes.push(char === '{' ? new Set() : null);
    } else if (char === '}' || char === ']') {
      scopes.pop();
    } else if (char === '"') {
      const start = at;
      for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++;
      const keys = scopes.at(-1);
      COLON.lastIndex = at + 1;
      if (!keys || !COLON.test(text)) continue;
      // Parsed, because "a" and "\u0061" are the same key.
      const key = tryJson(text.slice(start, at + 1))?.value;
      if (typeof key !== 'string') continue;
      if (keys.has(key)) return { is: 'twice', key: quote(key) };
      keys.add(key);
    }
  }
  return null;
}

/**
 * What a schema made of a value, its keys in the order that they have there, at every depth: a schema has an order of its
 * own, and what is read and written again should be the same bytes. Keys that the schema added come last.
 */
export function inOrderOf<T>(order: unknown, checked: T): T {
  if (Array.isArray(checked))
    return (Array.isArray(order)
      ? checked.map((one: unknown, i) => inOrderOf(order[i], one))
      : checked) as unknown as T;
  if (!isRecord(checked) || !isRecord(order)) return checked;
  const keys = new Set([...Object.keys(order), ...Object.keys(checked)]);
  return Object.fromEntries(
    [...keys]
      .filter((key) => Object.hasOwn(checked, key))
      .map((key) => [key, inOrderOf(order[key], checked[key])]),
  ) as T;
}
