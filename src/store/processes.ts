/** Which process made something, and whether it can still be at work on it. */

/**
 * Where a process number means something: one system (started once), and in it one set of numbers, as each container
 * has its own. Two processes of one place can tell of each other whether they run; others cannot.
 */
export interface Place {
  readonly host: string;
  /** Of this start of the system; null where that cannot be known. */
  readonly bootId: string | null;
  /** The set of numbers; null where the system has but one, or does not say. */
  readonly pidNamespace: string | null;
}

/** What is to be known of processes; `processes-node.ts` asks the system. */
export interface ProcessInfo extends Place {
  /** This process. */
  readonly pid: number;
  /** A short name of its place, for file names: letters and digits. */
  readonly place: string;
  /** Whether a process of this number runs in this place. */
  isAlive(pid: number): Promise<boolean>;
  /** When it started, in the system's own terms, only to be compared; null where that cannot be known. */
  startedAt(pid: number): Promise<string | null>;
  /** Letters, digits and `-`, never the same twice. */
  newToken(): string;
  /**
   * Renews the time of change of a file again and again, whatever this process is busy with, while it lives and the
   * file holds `text`: a sign of life for those who cannot ask for the process.
   */
  keepFresh(path: string, text: string): Heartbeat;
}

export interface Heartbeat {
  stop(): Promise<void>;
}

/** How often `keepFresh` renews a file. */
export const HEARTBEAT_MS = 5_000;
/** A file whose time of change lies further back than this is kept fresh by nobody. */
export const FRESH_MS = 30_000;

/** A process of this place. */
export interface Started {
  readonly pid: number;
  readonly startedAt?: string | null | undefined;
}

export const isSamePlace = (a: Place, b: Place): boolean =>
  a.host === b.host && a.bootId === b.bootId && a.pidNamespace === b.pidNamespace;

/**
 * Whether a process of this place has ended: no process has its number, or one that started at another time. Null where
 * one has it of which that cannot be told.
 */
export async function hasEnded(processes: ProcessInfo, { pid, startedAt }: Started): Promise<boolean | null> {
  if (!(await processes.isAlive(pid))) return true;
  const startedNow = await processes.startedAt(pid);
  if (typeof startedAt !== 'string' || startedNow === null) return pid === processes.pid ? false : null;
  // The number was given to a new process since.
  return startedAt !== startedNow;
}
