/** What is asked about processes, answered by Node and, on Linux, by /proc. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { kill, pid } from 'node:process';
import type { ProcessInfo } from './processes.js';

/** The fields of /proc/<pid>/stat from the third on (state, …), or null where there is none. */
async function procStat(ofPid: number): Promise<string[] | null> {
  try {
    const text = await readFile(`/proc/${ofPid}/stat`, 'latin1');
    // The second field is the program's name in parentheses, which may itself hold spaces and parentheses.
    return text
      .slice(text.lastIndexOf(')') + 1)
      .trim()
      .split(/\s+/);
  } catch {
    return null;
  }
}

export const nodeProcesses = (): ProcessInfo => ({
  pid,
  host: hostname(),
  newToken: () => randomUUID(),

  async isAlive(ofPid) {
    try {
      kill(ofPid, 0);
    } catch (error) {
      // EPERM: there is one, and it is somebody else's.
      if (error instanceof Error && 'code' in error && error.code === 'EPERM') return true;
      return false;
    }
    // Killed, but not yet collected by its parent (Z), as happens in containers: it will not write again.
    const state = (await procStat(ofPid))?.[0];
    return state !== 'Z' && state !== 'X';
  },

  async startedAt(ofPid) {
    // Field 22 of the file, the 20th from the state on: clock ticks since the system started.
    return (await procStat(ofPid))?.[19] ?? null;
  },
});
