/** A folder of a command's own for what memory would not hold: it goes at the command's end, however that ends. */
import { rmSync } from 'node:fs';
import { lstat, mkdir, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProcessInfo } from '../store/processes.js';
import { isAbandoned, temporaryName } from '../store/temporary.js';

const NAME = 'dissipa';

const inUse = new Set<string>();
// Also where a second signal ends the process at once.
process.on('exit', () => {
  for (const folder of inUse) rmSync(folder, { recursive: true, force: true });
});

/** Makes the folder, gives it to `work`, removes it. Those that killed processes of this user have left go first. */
export async function withScratch<T>(
  processes: ProcessInfo,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  await removeAbandoned(processes);
  const folder = join(tmpdir(), await temporaryName(processes, NAME));
  await mkdir(folder, { mode: 0o700 });
  inUse.add(folder);
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
    inUse.delete(folder);
  }
}

async function removeAbandoned(processes: ProcessInfo): Promise<void> {
  // Nothing depends on it: what may not be removed stays.
  const names = await readdir(tmpdir()).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(`${NAME}.`))) {
    const folder = join(tmpdir(), name);
    try {
      const { uid, mtimeMs } = await lstat(folder);
      // In a folder that all write to, another user's may be a trap.
      if (uid !== process.getuid?.()) continue;
      const idleMs = (): Promise<number> => Promise.resolve(Date.now() - mtimeMs);
      if (await isAbandoned(processes, name, idleMs)) await rm(folder, { recursive: true, force: true });
    } catch {
      // As above.
    }
  }
}
