/** How much address space is left to this process: a thread that finds none takes the whole process down, unasked. */
import { readFileSync } from 'node:fs';

function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

/** What a limit (`ulimit -v`) leaves, in bytes; Infinity where there is none, or none is known. */
export function addressSpaceLeft(): number {
  const limit = /^Max address space\s+(\d+)/m.exec(textOf('/proc/self/limits'))?.[1];
  if (limit === undefined) return Infinity;
  return Number(limit) - 1024 * Number(/^VmSize:\s+(\d+)/m.exec(textOf('/proc/self/status'))?.[1] ?? 0);
}
