/** Where a forward pass left the numbers an engine has. */
import { failure } from '../base/errors.js';
import type { Matrix } from '../base/matrix.js';
import type { Unrolled } from './unrolled.js';

export interface Overflow {
  /** From 0, the lowest; null for the readout, all states being finite. */
  readonly layer: number | null;
  readonly timestep: number;
}

/** The first timestep of the window in memory at which a state, or a loss, is not finite, and the lowest layer there. */
export function overflowOf(unrolled: Unrolled): Overflow | null {
  const { layers, losses, timesteps, options } = unrolled;
  const N = options.rows;
  const isFinite = (matrix: Matrix): boolean => matrix.data.every(Number.isFinite);
  // One pass over few numbers in the usual case: what is not finite in a state is not finite in a loss.
  if (isFinite(losses.rowRange(0, timesteps * N))) return null;
  for (let timestep = 0; timestep < timesteps; timestep++) {
    const layer = layers.findIndex(
      ({ steps }) => !isFinite(steps[timestep].h) || !isFinite(steps[timestep].c),
    );
    if (layer >= 0) return { layer, timestep };
    if (!isFinite(losses.rowRange(timestep * N, N))) return { layer: null, timestep };
  }
  return null;
}

/**
 * To be called after `loss`.
 * @param first the timestep that the window's first one is, for a window within a longer text
 * @throws DissipaError naming the layer and the timestep at which a number is no longer finite
 */
export function checkFinite(unrolled: Unrolled, where: string, first = 0): void {
  const found = overflowOf(unrolled);
  if (found === null) return;
  const { scalar } = unrolled.network.kernels;
  throw failure('net.overflow', { where, layer: found.layer, timestep: first + found.timestep, scalar });
}
