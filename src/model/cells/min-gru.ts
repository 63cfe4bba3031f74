/**
 * minGRU (Feng et al. 2024, "Were RNNs all we needed?"): the gates hear the input alone, one timestep:
 *   (F1) a = x·W_ihᵀ + b      (N, 2H), blocks z and h̃: one product for the whole window, since no h⁻ is in it
 *   (F2) z = σ(a_z);  h̃ = a_h
 *   (F3) h = (1 − z)∘h⁻ + z∘h̃
 * Backward, given dh:
 *   (B3) dh̃ = dh∘z;  dz = dh∘(h̃ − h⁻);  dh⁻ += dh∘(1 − z)
 *   (B2) δ_h = dh̃;  δ_z = dz∘z(1−z)
 * Tensors: weight_ih (2H, inputs) and bias_ih (2H), blocks z and h̃ one above the other; no weight_hh, no bias_hh.
 */
import type { Cell } from './cell.js';

export const minGru: Cell = {
  label: 'minGRU',
  tensors: [
    { name: 'weight_ih', blocks: 2, by: 'inputs' },
    { name: 'bias_ih', blocks: 2, by: null },
  ],
  blocks: 2,
  states: ['h'],
  isInPlace: false,
  hasCache: false,
  slopes: 2,
  joinsBiases: true,
  activations: [{ name: 'z', kind: 'sigmoid', place: 0 }],
  directPath: { state: 'h', gate: 0, complement: 1 }, // (F3)

  forward(kernels, { h, hPrev, gates, slopes }) {
    kernels.minGruForward(h, gates, hPrev, slopes); // (F2), (F3)
  },

  backward(kernels, { hPrev, gates, slopes }, { dh, dhPrev, delta }) {
    kernels.minGruBackward(delta, dhPrev, dh, gates, hPrev, slopes); // (B3), (B2)
  },
};
