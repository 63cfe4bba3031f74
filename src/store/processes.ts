/** Which process made something, and whether it can still be at work on it. */

/** What is to be known of processes; `processes-node.ts` asks the system. */
export interface ProcessInfo {
  /** This process. */
  readonly pid: number;
  readonly host: string;
  /** Whether a process of this number runs on this host. */
  isAlive(pid: number): Promise<boolean>;
  /** When it started, in the system's own terms, only to be compared; null where that cannot be known. */
  startedAt(pid: number): Promise<string | null>;
  /** Letters, digits and `-`, never the same twice. */
  newToken(): string;
}

/** A process of this host. */
export interface Started {
  readonly pid: number;
  readonly startedAt?: string | null | undefined;
}

/** It is known to have ended: no process has its number, or one that started at another time. */
export async function hasEnded(processes: ProcessInfo, { pid, startedAt }: Started): Promise<boolean> {
  if (!(await processes.isAlive(pid))) return true;
  const startedNow = await processes.startedAt(pid);
  // The number was given to a new process since.
  return typeof startedAt === 'string' && startedNow !== null && startedAt !== startedNow;
}
