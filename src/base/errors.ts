/**
 * Errors a person can act on: *where: what was found, what was expected; what to do*.
 * Anything thrown that is not one of these is a defect of the program.
 */

import { visibleInLine } from './visible.js';

export interface Complaint {
  /** The file, flag, tensor or line the trouble is in. */
  readonly where: string;
  readonly found: string;
  readonly expected?: string;
  readonly advice?: string;
}

/** Something in the outside world is not as it must be (a text, a file, a disk): exit code 1. */
export class DissipaError extends Error {
  readonly where: string;
  readonly found: string;
  readonly expected: string | undefined;
  readonly advice: string | undefined;
  /** The exit code of a command that ends with this error. */
  readonly exitCode: number = 1;

  constructor(complaint: Complaint, options?: ErrorOptions) {
    const { where, found, expected, advice } = complaint;
    const middle = expected === undefined ? found : `${found}, ${expected}`;
    super(`${where}: ${middle}${advice === undefined ? '' : `; ${advice}`}`, options);
    this.name = new.target.name;
    this.where = where;
    this.found = found;
    this.expected = expected;
    this.advice = advice;
  }
}

/** Of a part of an error: a path may be long, and what a file says of itself endless. */
const LONGEST_PART = 4_500;

/** The error in one line for a terminal: its parts may quote what is not ours. */
export function shownError({ where, found, expected, advice }: DissipaError): string {
  const part = (text: string): string =>
    visibleInLine(text.length <= LONGEST_PART ? text : `${text.slice(0, LONGEST_PART)}…`);
  const middle = expected === undefined ? part(found) : `${part(found)}, ${part(expected)}`;
  return `${part(where)}: ${middle}${advice === undefined ? '' : `; ${part(advice)}`}`;
}

/** The call itself is wrong (an unknown flag, a value out of range): exit code 2. */
export class UsageError extends DissipaError {
  override readonly exitCode: number = 2;
}

export const INTERRUPTED = 130;

/** Stopped from outside, before there was anything to keep. */
export class InterruptedError extends DissipaError {
  override readonly exitCode: number = INTERRUPTED;
}
