/**
 * The debug build of an engine's memory, which finds what is used after it was given back: with DISSIPA_POISON=1 in the
 * environment, or the engines' option `poison`. What is given back becomes NaN and is not handed out again for a while, and
 * a matrix of it throws when its numbers are asked for.
 */
import { Ids, Matrix } from '../base/matrix.js';
import type { Owner } from './scopes.js';

/** Bytes of what is given back that are kept from being handed out again. */
export const QUARANTINE = 2 ** 26;

/** A pattern that is NaN in float32 and in float64, and no symbol's id. */
export const POISON = 0xff;

/** Whether it is asked for where nothing else is said. */
export const isAskedFor = (): boolean => typeof process !== 'undefined' && process.env.DISSIPA_POISON === '1';

/** What leads to the numbers of a matrix, of ids or of something packed. */
const TO_NUMBERS: readonly (string | symbol)[] = ['address', 'data', 'rowRange', 'reshaped', 'range'];

/** The same matrix, ids or packed matrix, which throws once what it belongs to is over; so do its parts. */
export function guarded<T extends object>(made: T, owner: Owner | null): T {
  if (owner === null) return made;
  return new Proxy(made, {
    get(target, name) {
      if (owner.isOver && TO_NUMBERS.includes(name))
        throw new Error(`${String(name)} of a matrix whose memory was given back`);
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]): unknown => {
        const part: unknown = Reflect.apply(value, target, given);
        return part instanceof Matrix || part instanceof Ids ? guarded(part, owner) : part;
      };
    },
  });
}
