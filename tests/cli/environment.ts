/** An environment whose output is kept, on files of a test's own. */
import type { Environment } from '../../src/cli/environment.js';
import { nodeFiles } from '../../src/store/files-node.js';
import { nodeProcesses } from '../../src/store/processes-node.js';
import { en } from '../../src/words/en/words.js';

export interface Watched extends Environment {
  readonly written: { out: string; err: string };
}

export function watched(changes: Partial<Environment> = {}): Watched {
  const written = { out: '', err: '' };
  let now = 0;
  return {
    files: nodeFiles(),
    processes: nodeProcesses(),
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    isTerminal: false,
    words: en,
    now: () => (now += 1),
    interruption: () => new AbortController().signal,
    ...changes,
    written,
  };
}
