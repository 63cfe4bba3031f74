/** Running out of memory: told from defects, whichever part of the system says it, and said in one line. */
import { DissipaError, failure } from './errors.js';

const MIB = 2 ** 20;

/** @param most MiB that there may be at most, where that is known */
export const outOfMemory = (
  bytes: number | null,
  most: number | null = null,
  cause?: unknown,
): DissipaError =>
  failure('memory.full', { mebibytes: bytes === null ? null : Math.ceil(bytes / MIB), most }, { cause });

/** What the engines of JavaScript, Node and the system say where there is no more of it. */
const WORDS =
  /allocation failed|could not allocate|out of memory|cannot allocate|Invalid typed array length: \d|Invalid array buffer length|Invalid string length|larger than.*kMaxLength/i;
const CODES: readonly unknown[] = [
  ...['ENOMEM', 'ERR_STRING_TOO_LONG', 'ERR_WORKER_OUT_OF_MEMORY', 'ERR_WORKER_INIT_FAILED'],
  'ERR_MEMORY_ALLOCATION_FAILED',
];

/** Whether an error says that memory ran out: one of ours, or the system's own. */
export function isOutOfMemory(error: unknown): boolean {
  if (error instanceof DissipaError) return error.problem.key.startsWith('memory.full');
  if (!(error instanceof Error)) return false;
  if ('code' in error && CODES.includes(error.code)) return true;
  return error instanceof RangeError && WORDS.test(error.message);
}

/** What `make` makes of so many bytes. @throws DissipaError where they are not to be had */
export function allocated<T>(bytes: number, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw isOutOfMemory(error) ? outOfMemory(bytes, null, error) : error;
  }
}
