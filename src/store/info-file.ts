/** A file that is one object of JSON and says of what format and version it is: run.json, compare.json. */
import type { DissipaError } from '../base/errors.js';
import { isRecord, quoted, tryJson, tryUtf8 } from './json.js';
import type { InfoFault } from './problems.js';

/** @param versions those that are read */
export function infoOf(
  bytes: Uint8Array,
  { format, versions }: { readonly format: string; readonly versions: readonly number[] },
  bad: (fault: InfoFault) => DissipaError,
): Record<string, unknown> {
  const info = tryJson(tryUtf8(bytes) ?? '')?.value;
  if (!isRecord(info)) throw bad({ is: 'no-object' });
  if (info.format !== format) throw bad({ is: 'format', format: quoted(info.format), expected: format });
  const { version } = info;
  if (versions.some((known) => known === version)) return info;
  const newest = Math.max(...versions);
  const isNewer = typeof version === 'number' && version > newest;
  throw bad({ is: 'version', version: quoted(version), newest, isNewer });
}
