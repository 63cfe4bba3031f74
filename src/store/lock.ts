/**
 * "This folder is in use": a file `lock.json` that says by which process of which place, and that is kept fresh while
 * that process lives. A process that was killed leaves its lock behind; such a lock is taken over if the process is
 * known to have ended, or, where that cannot be known (another machine or container, another start of the system), if
 * nothing has kept the lock fresh for half a minute.
 *
 * Taking over is done by one process at a time. Two that remove "the dead lock" one after the other would remove
 * each other's new one; so the right to remove lock X is itself a lock, `lock.json.<X's token>`, under which X is
 * looked at once more. A process that was only asleep (a laptop closed, a container paused) may wake to find its lock
 * taken over: it asks `check` before it writes.
 */
import * as z from 'zod';
import { failure, type DissipaError } from '../base/errors.js';
import type { Whereabouts } from './file-problems.js';
import { joinPath, readIfThere, type FileStore } from './files.js';
import { strictJson, tryJson, tryUtf8 } from './json.js';
import { FRESH_MS, hasEnded, isSamePlace, type Place, type ProcessInfo } from './processes.js';

export interface Lock {
  /**
   * Throws DissipaError where another process has taken the folder over. To be asked at the last moment before each
   * write, as `mayWrite`: a process may be paused anywhere.
   */
  readonly check: () => Promise<void>;
  /** Gives the folder free. Does nothing where the lock is no longer this one. */
  release(): Promise<void>;
}

const LOCK = 'lock.json';

const ownerSchema = z.object({
  // kill(0) and kill(-1) would ask about whole groups of processes.
  pid: z.int().min(1).max(0x7fffffff),
  host: z.string(),
  // Absent in a lock of an older dissipa, which keeps none fresh.
  bootId: z.string().nullish(),
  pidNamespace: z.string().nullish(),
  startedAt: z.string().nullish(),
  token: z.string().regex(/^[\w-]{1,64}$/),
});
type Owner = z.infer<typeof ownerSchema>;

/** Locks left by processes that died while they took over a lock … : one is rare, this many are no accident. */
const MAX_DEPTH = 3;
const MAX_TURNS = 10;

/** Takes the lock of `folder`. Throws DissipaError, with the folder in front, where another process has it. */
export async function takeLock(files: FileStore, processes: ProcessInfo, folder: string): Promise<Lock> {
  const { pid, host, bootId, pidNamespace } = processes;
  const startedAt = await processes.startedAt(pid);
  const owner: Owner = { pid, host, bootId, pidNamespace, startedAt, token: processes.newToken() };
  const mine = `${strictJson(owner)}\n`;
  const path = joinPath(folder, LOCK);
  await acquire(files, processes, folder, path, mine, 0);
  const heartbeat = processes.keepFresh(path, mine);
  return {
    check: async () => {
      const found = await readText(files, path);
      // Gone is no better than another's: whoever has taken it over may have given it back since.
      if (found !== mine) throw takenOver(folder, found);
    },
    release: async () => {
      await heartbeat.stop();
      if ((await readText(files, path)) === mine) await files.remove(path);
    },
  };
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The text of a file; null where there is none. */
async function readText(files: FileStore, path: string): Promise<string | null> {
  const bytes = await readIfThere(files, path);
  return bytes && (tryUtf8(bytes) ?? '');
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
    if (await files.createExclusive(path, utf8(mine))) return;
    const theirs = await readText(files, path);
    if (theirs === null) continue;
    const { token } = await deadOwner(files, processes, folder, path, theirs);
    if (depth === MAX_DEPTH) throw unreadable(path);
    const guard = `${path}.${token}`;
    await acquire(files, processes, folder, guard, mine, depth + 1);
    try {
      // Until now somebody else may have removed it and taken the lock anew, or its owner may have woken; from now on
      // nobody else will remove it.
      const now = await readText(files, path);
      if (now === theirs) {
        await deadOwner(files, processes, folder, path, theirs);
        await files.remove(path);
      }
    } finally {
      await files.remove(guard);
    }
  }
  throw failure('lock.contended', { where: folder });
}

const unreadable = (path: string): DissipaError => failure('lock.unreadable', { where: path });

const parseOwner = (text: string): Owner | null => ownerSchema.safeParse(tryJson(text)?.value).data ?? null;

/** @param text of the lock that is there now; null for none */
function takenOver(folder: string, text: string | null): DissipaError {
  if (text === null) return failure('lock.gone', { where: folder });
  const owner = parseOwner(text);
  return failure('lock.taken-over', {
    where: folder,
    by: owner === null ? null : { pid: owner.pid, host: owner.host },
  });
}

/** The owner of a lock, which is not in use. Throws DissipaError where it is, or may be. */
async function deadOwner(
  files: FileStore,
  processes: ProcessInfo,
  folder: string,
  path: string,
  text: string,
): Promise<Owner> {
  const owner = parseOwner(text);
  if (owner === null) throw unreadable(path);
  const place = placeOf(owner, processes);
  const isHere = isSamePlace(place, processes);
  const isEnded = isHere ? await hasEnded(processes, owner) : null;
  if (isEnded === true) return owner;
  const owned = {
    ...{ where: folder, pid: owner.pid, host: owner.host },
    whereabouts: whereabouts(place, processes, owner.pid),
  };
  if (isEnded === false) throw failure('lock.in-use', owned);
  if (owner.bootId === undefined) throw failure('lock.maybe-in-use', { ...owned, lock: path });
  const idle = await files.idleMs(path);
  // Gone meanwhile: there is nothing to take over, which the caller finds out.
  if (idle === null || idle > FRESH_MS) return owner;
  throw failure('lock.fresh', { ...owned, seconds: seconds(idle), endedAfter: seconds(FRESH_MS) });
}

const seconds = (milliseconds: number): number => Math.max(0, Math.round(milliseconds / 1000));

/** A lock of an older dissipa says its host only: the rest is taken to be what it is here, as it always was. */
const placeOf = ({ host, bootId, pidNamespace }: Owner, here: Place): Place => ({
  host,
  bootId: bootId === undefined ? here.bootId : bootId,
  pidNamespace: pidNamespace === undefined ? here.pidNamespace : pidNamespace,
});

function whereabouts(place: Place, here: ProcessInfo, pid: number): Whereabouts {
  if (place.host !== here.host) return 'other-machine';
  if (place.bootId !== here.bootId) return 'other-start';
  if (place.pidNamespace !== here.pidNamespace) return 'other-container';
  return pid === here.pid ? 'this-one' : 'here';
}
