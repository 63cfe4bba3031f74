/**
 * GRU (Cho et al. 2014, in the form of cuDNN and PyTorch: the reset gate acts after the product), one timestep:
 *   (F1) a = x·W_ihᵀ + b_ih;  b = h⁻·W_hhᵀ + b_hh      (N, 3H) each, blocks r z n
 *   (F2) r = σ(a_r + b_r);  z = σ(a_z + b_z);  n = tanh(a_n + r∘b_n)
 *   (F3) h = (1 − z)∘n + z∘h⁻
 * Backward, given dh:
 *   (B3) dn = dh∘(1 − z);  dz = dh∘(h⁻ − n);  dh⁻ += dh∘z
 *   (B2) δ_n = dn∘(1 − n²);  δ_r = δ_n∘b_n∘r(1−r);  δ_z = dz∘z(1−z)
 *        on b's side the same, but δ_n∘r in the block of n
 *   (B1) dh⁻ += δ_b·W_hh
 * The cache keeps b_n.
 */
import { pytorchTensors, type Cell } from './cell.js';

export const gru: Cell = {
  label: 'GRU',
  tensors: pytorchTensors(3),
  blocks: 3,
  states: ['h'],
  isInPlace: false,
  hasCache: true,
  slopes: 4,
  joinsBiases: false,
  activations: [
    { name: 'r', kind: 'sigmoid', place: 0 },
    { name: 'z', kind: 'sigmoid', place: 1 },
    { name: 'n', kind: 'tanh', place: 2 },
  ],
  directPath: { state: 'h', gate: 1 }, // (F3)

  forward(kernels, { h, hPrev, gates, cache, slopes, scratch }, weights) {
    kernels.product(scratch, hPrev, weights.forward, weights.bias); // (F1)
    kernels.gruForward(h, cache, gates, scratch, hPrev, slopes); // (F2), (F3)
  },

  backward(kernels, { hPrev, gates, cache, slopes }, { dh, dhPrev, delta, deltaRecurrent }, weights) {
    kernels.gruBackward(delta, deltaRecurrent, dhPrev, dh, gates, cache, hPrev, slopes); // (B3), (B2)
    kernels.product(dhPrev, deltaRecurrent, weights.backward, dhPrev); // (B1)
  },
};
