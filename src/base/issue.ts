/** An entry of a file that is not what it should be. */
import type * as z from 'zod';
import { isRecord, quoted, type Quoted } from './json-value.js';
import { wantedOf, type Wanted } from './wanted.js';

export interface Issue {
  /** Its path, joined by points; null for the whole. */
  readonly name: string | null;
  readonly value: Quoted;
  readonly wanted: Wanted;
}

/** The first thing that zod did not like. */
export function firstIssue(input: unknown, error: z.ZodError): Issue {
  const issue = error.issues.at(0);
  if (issue === undefined) throw new Error('an error without an issue');
  let value = input;
  for (const key of issue.path) {
    value = isRecord(value) || Array.isArray(value) ? Reflect.get(value, key) : undefined;
  }
  return {
    name: issue.path.length === 0 ? null : issue.path.map(String).join('.'),
    value: quoted(value),
    wanted: wantedOf(issue),
  };
}
