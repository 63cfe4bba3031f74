/**
 * Files that are being filled beside those whose names they will get:
 *
 *     <name>.<pid>.<startedAt>.<place>.<token>.tmp
 *
 * The name says whose they are, so that one that a killed process left behind is told from one that is still written.
 */
import { DissipaError } from '../base/errors.js';
import { joinPath, type FileStore } from './files.js';
import { hasEnded, type ProcessInfo, type Started } from './processes.js';

/** Bytes that systems allow a file's name. */
const LONGEST = 255;
/** Of the process of another place nothing can be known: nothing is filled for so long. */
const ABANDONED_MS = 24 * 3600 * 1000;

/** Letters, digits, `_`, `-` and `%`: no dot, which stands between the parts. */
const encode = (part: string): string =>
  encodeURIComponent(part).replace(
    /[.!~*'()]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** A new name for what will be called `name`. */
export async function temporaryName(processes: ProcessInfo, name: string): Promise<string> {
  const { pid, place } = processes;
  const startedAt = encode((await processes.startedAt(pid)) ?? '');
  const own = `.${pid}.${startedAt}.${encode(place)}.${processes.newToken()}.tmp`;
  return `${cut(name, LONGEST - own.length)}${own}`;
}

/** As much of a name as there is room for. */
function cut(name: string, bytes: number): string {
  const symbols = Array.from(name);
  while (new TextEncoder().encode(symbols.join('')).length > bytes) symbols.pop();
  return symbols.join('');
}

/** Whose a temporary file is; null where it is no temporary file. `process` is null for one of another place. */
export function writerOf(processes: ProcessInfo, file: string): { readonly process: Started | null } | null {
  const parts = /^.+\.([1-9]\d{0,9})\.([\w%-]*)\.([\w%-]+)\.[\w-]{8,64}\.tmp$/su.exec(file);
  if (parts === null) return null;
  if (parts[3] !== encode(processes.place)) return { process: null };
  try {
    const startedAt = parts[2] === '' ? null : decodeURIComponent(parts[2]);
    return { process: { pid: Number(parts[1]), startedAt } };
  } catch {
    return null;
  }
}

/** Whether nobody fills it any more. @param idleMs how long nothing was written to it; asked only where it counts */
export async function isAbandoned(
  processes: ProcessInfo,
  file: string,
  idleMs: () => Promise<number | null>,
): Promise<boolean> {
  const writer = writerOf(processes, file);
  if (writer === null) return false;
  const ended = writer.process === null ? null : await hasEnded(processes, writer.process);
  return ended ?? ((await idleMs()) ?? 0) > ABANDONED_MS;
}

/**
 * Removes from `folder` the temporary files whose writers are known to have ended, or of which nothing has been heard for
 * a day. What may not be listed or removed stays: nothing depends on it.
 */
export async function removeLeftovers(
  files: FileStore,
  processes: ProcessInfo,
  folder: string,
): Promise<void> {
  try {
    if ((await files.kind(folder)) !== 'folder') return;
    for (const file of await files.list(folder)) {
      const path = joinPath(folder, file);
      if (await isAbandoned(processes, file, () => files.idleMs(path))) await files.remove(path);
    }
  } catch (error) {
    if (!(error instanceof DissipaError)) throw error;
  }
}
