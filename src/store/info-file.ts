/** A file that is one object of JSON and says of what format and version it is: run.json, compare.json, sweep.json. */
import type * as z from 'zod';
import { firstIssue } from '../base/issue.js';
import { isRecord, quoted } from '../base/json-value.js';
import type { DissipaError } from '../base/errors.js';
import { tryJson, tryUtf8 } from './json.js';
import type { InfoFault } from './problems.js';

export interface InfoFormat<Schema extends z.ZodType> {
  readonly format: string;
  /** Those that are read. */
  readonly versions: readonly number[];
  readonly schema: Schema;
  /** One of an earlier version in today's form; what is not as expected is left to the schema. */
  readonly renewed?: (info: Record<string, unknown>) => Record<string, unknown>;
}

/** @throws what `bad` makes of the first thing that is wrong */
export function readInfo<Schema extends z.ZodType>(
  bytes: Uint8Array,
  { format, versions, schema, renewed = (info) => info }: InfoFormat<Schema>,
  bad: (fault: InfoFault) => DissipaError,
): { readonly info: z.output<Schema>; readonly written: Record<string, unknown> } {
  const found = tryJson(tryUtf8(bytes) ?? '')?.value;
  if (!isRecord(found)) throw bad({ is: 'no-object' });
  if (found.format !== format) throw bad({ is: 'format', format: quoted(found.format), expected: format });
  const { version } = found;
  if (!versions.some((known) => known === version)) {
    const newest = Math.max(...versions);
    const isNewer = typeof version === 'number' && version > newest;
    throw bad({ is: 'version', version: quoted(version), newest, isNewer });
  }
  const written = renewed(found);
  const checked = schema.safeParse(written);
  if (checked.success) return { info: checked.data, written };
  throw bad({ is: 'entry', issue: firstIssue(written, checked.error) });
}
