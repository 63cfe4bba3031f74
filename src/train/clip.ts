/** Clipping, as PyTorch's clip_grad_norm_ and clip_grad_value_ do it. */
import type { Matrix } from '../base/matrix.js';
import type { Kernels } from '../kernels/kernels.js';

export const CLIP_MODES = ['norm', 'value', 'none'] as const;
export type ClipMode = (typeof CLIP_MODES)[number];

export interface Clipped {
  /** ‖g‖ over all parameters, before clipping */
  readonly norm: number;
  /** What the optimiser multiplies the gradient by. */
  readonly scale: number;
}

export function clip(kernels: Kernels, gradient: Matrix, mode: ClipMode, limit: number): Clipped {
  const norm = Math.sqrt(kernels.sumSquares(gradient));
  if (mode === 'value') kernels.clamp(gradient, limit);
  // 1e-6 is PyTorch's guard against a norm of zero.
  return { norm, scale: mode === 'norm' ? Math.min(1, limit / (norm + 1e-6)) : 1 };
}
