/** Chooses the engine. */
import { UsageError } from '../base/errors.js';
import type { Kernels } from './kernels.js';
import { openNative } from './native.js';
import { openReference } from './reference.js';
import { openWasm } from './wasm.js';

export const ENGINES = ['auto', 'native', 'wasm', 'reference'] as const;
export type EngineName = (typeof ENGINES)[number];

/**
 * A fresh engine with a memory of its own. `auto` takes the fastest there is: native, else wasm.
 * @throws UsageError for `native` where there is no build of it for this machine
 */
export async function openEngine(name: EngineName): Promise<Kernels> {
  switch (name) {
    case 'reference':
      return openReference();
    case 'wasm':
      return openWasm();
    case 'auto':
      return openNative() ?? openWasm();
    case 'native': {
      const native = openNative();
      if (native) return native;
      throw new UsageError({
        where: '--engine native',
        found: 'there are no native kernels here',
        advice: 'install a C compiler and run `npm run build`, or take auto or wasm',
      });
    }
  }
}
