/**
 * Errors a person can act on: *where: what was found, what was expected; what to do*.
 * Anything thrown that is not one of these is a defect of the program.
 */

import { withOptionsWritten } from './option-names.js';
import { visibleInLine } from './visible.js';

export interface Complaint {
  /** The file, flag, tensor or line the trouble is in. */
  readonly where: string;
  readonly found: string;
  readonly expected?: string;
  readonly advice?: string;
}

/**
 * What can go wrong, by key, and the values that each complaint is made of. A folder that throws declares its own here
 * (`declare module`), in its `problems.ts`; `words/` has a sentence for each in every language.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export interface Problems {}
export type ProblemKey = keyof Problems;

/** A key and the values that go with it. */
export type Problem = { [K in ProblemKey]: { readonly key: K; readonly values: Problems[K] } }[ProblemKey];

/** Puts a problem into words. */
export type Wording = <K extends ProblemKey>(key: K, values: Problems[K]) => Complaint;

/** Until a language is chosen a problem is said by its key and values. */
let wording: Wording = (key, values) => ({ where: key, found: JSON.stringify(values) });

/** From here on messages are worded so; the language is chosen once, when a program begins. */
export function wordErrorsBy(chosen: Wording): void {
  wording = chosen;
}

/** Something in the outside world is not as it must be (a text, a file, a disk): exit code 1. */
export class DissipaError extends Error {
  /** What went wrong, for a program and for other languages. */
  readonly problem: Problem;
  readonly where: string;
  readonly found: string;
  readonly expected: string | undefined;
  readonly advice: string | undefined;
  /** The exit code of a command that ends with this error. */
  readonly exitCode: number = 1;

  /** Made by `failure` and its like alone, so that every error has a key: `said` is its wording. */
  constructor(said: Complaint, options: ErrorOptions & { readonly problem: Problem }) {
    const complaint = withNames(said);
    super(messageOf(complaint), options);
    this.name = new.target.name;
    this.problem = options.problem;
    this.where = complaint.where;
    this.found = complaint.found;
    this.expected = complaint.expected;
    this.advice = complaint.advice;
  }
}

/** What is wrong may be a file, whose name is its own. */
function withNames({ where, found, expected, advice }: Complaint): Complaint {
  return {
    where: where.startsWith('--') ? withOptionsWritten(where) : where,
    found: withOptionsWritten(found),
    ...(expected !== undefined && { expected: withOptionsWritten(expected) }),
    ...(advice !== undefined && { advice: withOptionsWritten(advice) }),
  };
}

function messageOf({ where, found, expected, advice }: Complaint): string {
  const middle = expected === undefined ? found : `${found}, ${expected}`;
  return `${where}: ${middle}${advice === undefined ? '' : `; ${advice}`}`;
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

/** What the constructor of a kind of error of one's own takes: `new MissingError(...worded('file.missing', { path }))`. */
export const worded = <K extends ProblemKey>(
  key: K,
  values: Problems[K],
  options?: ErrorOptions,
): [Complaint, ErrorOptions & { readonly problem: Problem }] => [
  wording(key, values),
  { ...options, problem: { key, values } as unknown as Problem },
];

/** The error of a problem: `throw failure('text.empty', { where })`. */
export const failure = <K extends ProblemKey>(
  key: K,
  values: Problems[K],
  options?: ErrorOptions,
): DissipaError => new DissipaError(...worded(key, values, options));

/** The same for a call that is wrong itself. */
export const misuse = <K extends ProblemKey>(key: K, values: Problems[K]): UsageError =>
  new UsageError(...worded(key, values));

/** The same for what is stopped from outside. */
export const interrupted = <K extends ProblemKey>(key: K, values: Problems[K]): InterruptedError =>
  new InterruptedError(...worded(key, values));

export const INTERRUPTED = 130;

/** Stopped from outside, before there was anything to keep. */
export class InterruptedError extends DissipaError {
  override readonly exitCode: number = INTERRUPTED;
}
