/** Chooses the engine. */
import { UsageError } from '../base/errors.js';
import type { Kernels } from './kernels.js';
import { openNative } from './native.js';
import { openReference } from './reference.js';
import { threadsThatHelp } from './threads.js';
import { openWasm } from './wasm.js';

export const ENGINES = ['auto', 'native', 'wasm', 'reference'] as const;
export type EngineName = (typeof ENGINES)[number];

/** A number, or as many as make this machine faster. */
export type Threads = number | 'auto';

/**
 * A fresh engine with a memory of its own. `auto` takes the fastest there is: native, else wasm.
 * @throws UsageError for `native` where there is no build of it for this machine, and for several threads where the
 *   engine has but one
 */
export async function openEngine(name: EngineName, threads: Threads = 1): Promise<Kernels> {
  if (name === 'native' || name === 'auto') {
    const native = openNative({ threads: threads === 'auto' ? threadsThatHelp() : threads });
    if (native) return native;
    if (name === 'native')
      throw new UsageError({
        where: '--engine native',
        found: 'there are no native kernels here',
        advice: 'install a C compiler and run `npm run build`, or take auto or wasm',
      });
  }
  const engine = name === 'reference' ? openReference() : await openWasm();
  if (threads !== 'auto' && threads > 1)
    throw new UsageError({
      where: `--threads ${threads}`,
      found: `the engine is ${engine.name}`,
      expected: 'it runs on one thread; the native one on several',
      advice: 'leave it out, or give 1',
    });
  return engine;
}
