/** Chooses the engine. */
import { UsageError } from '../base/errors.js';
import type { Kernels } from './kernels.js';
import { openReference } from './reference.js';
import { openWasm } from './wasm.js';

export const ENGINES = ['auto', 'native', 'wasm', 'reference'] as const;
export type EngineName = (typeof ENGINES)[number];

/**
 * A fresh engine with a memory of its own. `auto` takes the fastest there is.
 * @throws UsageError for `native`, which this version has no build of.
 */
export async function openEngine(name: EngineName): Promise<Kernels> {
  switch (name) {
    case 'reference':
      return openReference();
    case 'wasm':
    case 'auto':
      return openWasm();
    case 'native':
      throw new UsageError({
        where: '--engine native',
        found: 'this version has no native kernels',
        advice: 'take auto or wasm',
      });
  }
}
