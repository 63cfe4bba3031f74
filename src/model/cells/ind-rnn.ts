/**
 * IndRNN (Li et al. 2018): every unit hears itself alone, one timestep:
 *   (F1) a = x·W_ihᵀ + b + u∘h⁻      (N, H)
 *   (F2) h = ReLU(a)
 * Backward, given dh:
 *   (B2) δ = dh ∘ [h > 0]
 *   (B1) dh⁻ += δ∘u
 * Tensors: weight_ih and bias_ih as nn.RNN has them; weight_hh is u, (H), and there is no bias_hh.
 */
import type { Cell } from './cell.js';

export const indRnn: Cell = {
  label: 'IndRNN',
  tensors: [
    { name: 'weight_ih', blocks: 1, by: 'inputs' },
    // The paper's, in (0, 1): some units forget at once, some never. What makes W_hh orthogonal makes u 1.
    {
      ...{ name: 'weight_hh', blocks: 1, by: null, symbol: 'u' },
      begins: (init) => (init === 'identity' || init === 'orthogonal' ? 1 : [0, 1]),
    },
    { name: 'bias_ih', blocks: 1, by: null },
  ],
  blocks: 1,
  states: ['h'],
  isInPlace: true,
  hasCache: false,
  slopes: 0,
  joinsBiases: true,
  activations: [{ name: 'relu', kind: 'relu', place: 0 }],
  directPath: null,

  forward(kernels, { h, hPrev, gates, slopes }, weights) {
    kernels.addProducts(gates, hPrev, weights.vector); // (F1)
    kernels.vanillaForward('relu', h, slopes); // (F2), on the memory that gates and h share
  },

  backward(kernels, { h, slopes }, { dh, dhPrev, delta }, weights) {
    kernels.vanillaBackward('relu', delta, dh, h, slopes); // (B2)
    kernels.addProducts(dhPrev, delta, weights.vector); // (B1)
  },
};
