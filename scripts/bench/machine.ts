/** On what the figures were taken. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import { versions } from '../../src/cli/versions.js';

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** Of an installed package. */
export function versionOf(name: string): string {
  const paths = createRequire(import.meta.url).resolve.paths(name) ?? [];
  for (const path of paths) {
    try {
      const { version } = JSON.parse(readFileSync(join(path, name, 'package.json'), 'utf8')) as {
        version: string;
      };
      return version;
    } catch {
      // in a folder further up, or not at all
    }
  }
  return 'unknown';
}

export const machine = (): Machine => ({
  processor: cpus().at(0)?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  system: `${platform()} ${arch()}`,
  versions: { ...versions, v8: process.versions.v8 },
});
