/**
 * Files that are being filled beside those whose names they will get:
 *
 *     <name>.<pid>.<startedAt>.<host>.<token>.tmp
 *
 * The name says whose they are, so that one that a killed process left behind is told from one that is still written.
 */
import { DissipaError } from '../base/errors.js';
import { joinPath, type FileStore } from './files.js';
import { hasEnded, type ProcessInfo, type Started } from './processes.js';

/** Of a host's name; with the rest it stays within what systems allow a file's name. */
const MOST_OF_HOST = 100;

/** Letters, digits, `_`, `-` and `%`: no dot, which stands between the parts. */
const encode = (part: string): string =>
  encodeURIComponent(part).replace(
    /[.!~*'()]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const hostOf = ({ host }: ProcessInfo): string => encode(host).slice(0, MOST_OF_HOST);

/** A new name for what will be called `name`. */
export async function temporaryName(processes: ProcessInfo, name: string): Promise<string> {
  const { pid } = processes;
  const startedAt = encode((await processes.startedAt(pid)) ?? '');
  return `${name}.${pid}.${startedAt}.${hostOf(processes)}.${processes.newToken()}.tmp`;
}

/** The process that fills a temporary file for `name`; null where it is no such file, or one of another host. */
function writerOf(processes: ProcessInfo, name: string, file: string): Started | null {
  if (!file.startsWith(`${name}.`)) return null;
  const parts = /^([1-9]\d{0,9})\.([\w%-]*)\.([\w%-]*)\.[\w-]+\.tmp$/.exec(file.slice(name.length + 1));
  if (parts === null || parts[3] !== hostOf(processes)) return null;
  try {
    return { pid: Number(parts[1]), startedAt: parts[2] === '' ? null : decodeURIComponent(parts[2]) };
  } catch {
    return null;
  }
}

/**
 * Removes from `folder` the temporary files for `name` whose writers are known to have ended. Those of other hosts stay,
 * and so does what may not be listed or removed: nothing depends on it.
 */
export async function removeLeftovers(
  files: FileStore,
  processes: ProcessInfo,
  folder: string,
  name: string,
): Promise<void> {
  try {
    if ((await files.kind(folder)) !== 'folder') return;
    for (const file of await files.list(folder)) {
      const writer = writerOf(processes, name, file);
      if (writer !== null && (await hasEnded(processes, writer))) await files.remove(joinPath(folder, file));
    }
  } catch (error) {
    if (!(error instanceof DissipaError)) throw error;
  }
}
