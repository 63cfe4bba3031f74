/** What is asked about processes, answered by Node and, on Linux, by /proc. */
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { kill, pid } from 'node:process';
import { Worker } from 'node:worker_threads';
import { addressSpaceLeft } from './address-space-node.js';
import { HEARTBEAT_MS, type Heartbeat, type ProcessInfo } from './processes.js';

/** What `ask` answers; null where the system does not. */
function answered(ask: () => string): string | null {
  try {
    return ask().trim();
  } catch {
    return null;
  }
}

/** The fields of /proc/<pid>/stat from the third on (state, …), or null where there is none. */
async function procStat(ofPid: number): Promise<string[] | null> {
  // A container may see the processes of another set of numbers there: they are not those it can ask for.
  if (answered(() => readlinkSync('/proc/self')) !== String(pid)) return null;
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

/** This process, and what can be known of others on this system. */
export function nodeProcesses(): ProcessInfo {
  const host = hostname();
  const bootId = answered(() => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1'));
  const pidNamespace = answered(() => readlinkSync('/proc/self/ns/pid'));
  return {
    pid,
    host,
    bootId,
    pidNamespace,
    place: createHash('sha256')
      .update(JSON.stringify([host, bootId, pidNamespace]))
      .digest('hex')
      .slice(0, 12),
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

    keepFresh,
  };
}

/**
 * In a thread of its own: a long step keeps the event loop waiting for minutes. The first byte is written over itself,
 * so that the time is that of the disk's own clock, which is everybody's on a network disk; and only while the file is
 * the one meant, so that nobody else's is kept fresh.
 */
const BEATING = `
const { closeSync, openSync, readSync, writeSync } = require('node:fs');
const { workerData: { path, text, everyMs } } = require('node:worker_threads');
const mine = Buffer.from(text);
setInterval(() => {
  let file;
  try {
    file = openSync(path, 'r+');
    const found = Buffer.alloc(mine.length + 1);
    if (readSync(file, found, 0, found.length, 0) === mine.length && found.subarray(0, -1).equals(mine))
      writeSync(file, mine, 0, 1, 0);
  } catch {
    // The next beat may succeed; who takes the file for abandoned is found out before anything is written.
  } finally {
    if (file !== undefined) closeSync(file);
  }
}, everyMs);
`;

/** Bytes of address space that a thread takes, generously; one that finds less takes the whole process down. */
const THREAD_BYTES = 2 ** 29;

function keepFresh(path: string, text: string): Heartbeat {
  // Without a heartbeat the lock is as good as it is on one machine.
  if (addressSpaceLeft() < THREAD_BYTES) return { stop: () => Promise.resolve() };
  const worker = new Worker(BEATING, {
    eval: true,
    workerData: { path, text, everyMs: HEARTBEAT_MS },
    // Neither the flags of this process nor its memory are needed.
    execArgv: [],
    // Address space too: 840 MB without the last, 330 with it.
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2, codeRangeSizeMb: 1 },
  });
  worker.unref();
  worker.on('error', () => undefined);
  return { stop: () => worker.terminate().then(() => undefined) };
}
