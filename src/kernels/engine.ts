/** Chooses the engine. */
import { misuse } from '../base/errors.js';
import type { Kernels } from './kernels.js';
import { openNative, whyNoNative } from './native.js';
import { openReference } from './reference.js';
import { threadsThatHelp, threadsToStart, type ThreadedName } from './threads.js';
import { openWasm } from './wasm.js';

/** The arithmetic there is, by name; `auto` takes the fastest. */
export const ENGINES = ['auto', 'native', 'wasm', 'wasm-simd128', 'reference'] as const;
/** @see ENGINES */
export type EngineName = (typeof ENGINES)[number];

/** A number, or as many as make this machine faster. */
export type Threads = number | 'auto';

/**
 * A fresh engine with a memory of its own. `auto` takes the fastest there is: native, else wasm.
 * @throws UsageError for `native` where there is no build of it for this machine, and for several threads of the
 *   reference
 */
export async function openEngine(name: EngineName, threads: Threads = 1): Promise<Kernels> {
  if (name === 'native' || name === 'auto') {
    const native = whyNoNative() === null && openNative({ threads: await numberOf(threads, 'native') });
    if (native) return native;
    if (name === 'native') throw misuse('engine.no-native', {});
  }
  if (name !== 'reference')
    return openWasm({
      threads: await numberOf(threads, 'wasm'),
      // Relaxed arithmetic is the machine's own: without it the bits are the same everywhere, in a browser too.
      allowRelaxed: name !== 'wasm-simd128',
    });
  if (threads !== 'auto' && threads > 1) throw misuse('engine.one-thread', { threads });
  return openReference();
}

const numberOf = (threads: Threads, name: ThreadedName): number | Promise<number> =>
  threads === 'auto' ? threadsThatHelp(name) : threadsToStart(threads);
