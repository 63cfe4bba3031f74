/** Work whose memory is given back at its end, however it ends. */
import type { Kernels } from './kernels.js';

/** @param work allocates what it likes, and returns nothing of it */
export function scoped<T>(kernels: Kernels, work: () => T): T {
  const scope = kernels.scope();
  try {
    return work();
  } finally {
    scope.end();
  }
}
