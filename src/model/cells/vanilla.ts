/**
 * The vanilla cell (Elman 1990), for φ = tanh, ReLU or σ, one timestep:
 *   (F1) a = x·W_ihᵀ + b_ih + b_hh + h⁻·W_hhᵀ      (N, H)
 *   (F2) h = φ(a)
 * Backward, given dh:
 *   (B2) δ = dh ∘ φ′(a), with φ′ from h: 1 − h², [h > 0], h(1 − h); in float64 from a, kept in `slopes`
 *   (B1) dh⁻ += δ·W_hh
 */
import type { Activation } from '../../kernels/kernels.js';
import { pytorchTensors, type Cell } from './cell.js';

export const vanilla = (kind: Activation): Cell => ({
  label: kind === 'relu' ? 'ReLU' : kind,
  tensors: pytorchTensors(1),
  blocks: 1,
  states: ['h'],
  isInPlace: true,
  hasCache: false,
  slopes: 1,
  joinsBiases: true,
  activations: [{ name: kind, kind, place: 0 }],
  directPath: null,

  forward(kernels, { h, hPrev, gates, slopes }, weights) {
    kernels.product(gates, hPrev, weights.forward, gates); // (F1)
    kernels.vanillaForward(kind, h, slopes); // (F2), on the memory that gates and h share
  },

  backward(kernels, { h, slopes }, { dh, dhPrev, delta }, weights) {
    kernels.vanillaBackward(kind, delta, dh, h, slopes); // (B2)
    kernels.product(dhPrev, delta, weights.backward, dhPrev); // (B1)
  },
});
