/**
 * "This folder is in use": a file `lock.json` that says by which process. A process that was killed leaves its lock
 * behind; such a lock is taken over, if the process is known to have ended: same host, and no process of that number,
 * or one that started at another time.
 *
 * Taking over is done by one process at a time. Two that remove "the dead lock" one after the other would remove
 * each other's new one; so the right to remove lock X is itself a lock, `lock.json.<X's token>`, under which X is
 * looked at once more.
 */
import { z } from 'zod';
import { DissipaError } from '../base/errors.js';
import { joinPath, MissingFileError, type FileStore } from './files.js';
import { strictJson, tryJson, tryUtf8 } from './json.js';
import { hasEnded, type ProcessInfo } from './processes.js';

export interface Lock {
  /** Gives the folder free. Does nothing where the lock is no longer this one. */
  release(): Promise<void>;
}

const LOCK = 'lock.json';

const ownerSchema = z.object({
  // kill(0) and kill(-1) would ask about whole groups of processes.
  pid: z.int().min(1).max(0x7fffffff),
  host: z.string(),
  startedAt: z.string().nullish(),
  token: z.string().regex(/^[\w-]{1,64}$/),
});
type Owner = z.infer<typeof ownerSchema>;

/** Locks left by processes that died while they took over a lock … : one is rare, this many are no accident. */
const MAX_DEPTH = 3;
const MAX_TURNS = 10;

/** Takes the lock of `folder`. Throws DissipaError, with the folder in front, where another process has it. */
export async function takeLock(files: FileStore, processes: ProcessInfo, folder: string): Promise<Lock> {
  const { pid, host } = processes;
  const owner: Owner = { pid, host, startedAt: await processes.startedAt(pid), token: processes.newToken() };
  const mine = `${strictJson(owner)}\n`;
  const path = joinPath(folder, LOCK);
  await acquire(files, processes, folder, path, mine, 0);
  return {
    release: async () => {
      if ((await readText(files, path)) === mine) await files.remove(path);
    },
  };
}

/** The text of a file; null where there is none. */
async function readText(files: FileStore, path: string): Promise<string | null> {
  try {
    return tryUtf8(await files.read(path)) ?? '';
  } catch (error) {
    if (error instanceof MissingFileError) return null;
    throw error;
  }
}

async function acquire(
  files: FileStore,
  processes: ProcessInfo,
  folder: string,
  path: string,
  mine: string,
  depth: number,
): Promise<void> {
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    if (await files.createExclusive(path, new TextEncoder().encode(mine))) return;
    const theirs = await readText(files, path);
    if (theirs === null) continue;
    const { token } = await deadOwner(processes, folder, path, theirs);
    if (depth === MAX_DEPTH) throw unreadable(path);
    const guard = `${path}.${token}`;
    await acquire(files, processes, folder, guard, mine, depth + 1);
    try {
      // Until now somebody else may have removed it and taken the lock anew; from now on nobody else will.
      if ((await readText(files, path)) === theirs) await files.remove(path);
    } finally {
      await files.remove(guard);
    }
  }
  throw new DissipaError({
    where: folder,
    found: 'several processes are taking it up at this moment',
    advice: 'start only one of them, or give another --out',
  });
}

const unreadable = (path: string): DissipaError =>
  new DissipaError({
    where: path,
    found: 'is not a lock that can be made sense of',
    advice: 'if no dissipa is at work in this folder, delete this file',
  });

/** The owner of a lock, known to have ended. Throws DissipaError where it has not, or where that cannot be known. */
async function deadOwner(processes: ProcessInfo, folder: string, path: string, text: string): Promise<Owner> {
  const owner = ownerSchema.safeParse(tryJson(text)?.value);
  if (!owner.success) throw unreadable(path);
  const { pid, host } = owner.data;
  if (host !== processes.host) {
    throw new DissipaError({
      where: folder,
      found: `in use by process ${pid} on another machine (${host})`,
      advice: `wait for it, or give another --out; if you are sure that it has ended, delete ${path}`,
    });
  }
  if (await hasEnded(processes, owner.data)) return owner.data;
  throw new DissipaError({
    where: folder,
    found: `in use by process ${pid} on this machine${pid === processes.pid ? ', which is this very one' : ''}`,
    advice: 'wait for it, stop it, or give another --out',
  });
}
