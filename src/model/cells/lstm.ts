/**
 * LSTM (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000, no peepholes), one timestep:
 *   (F1) a = x·W_ihᵀ + b_ih + b_hh + h⁻·W_hhᵀ      (N, 4H), blocks i f g o
 *   (F2) i = σ(a_i);  f = σ(a_f);  g = tanh(a_g);  o = σ(a_o)
 *   (F3) c = f∘c⁻ + i∘g
 *   (F4) h = o∘tanh(c)
 * Backward, given dh and dc:
 *   (B4) dc += dh∘o∘(1 − tanh²(c));  do = dh∘tanh(c)
 *   (B3) di = dc∘g;  df = dc∘c⁻;  dg = dc∘i;  dc⁻ = dc∘f
 *   (B2) δ = (di∘i(1−i), df∘f(1−f), dg∘(1−g²), do∘o(1−o))
 *   (B1) dh⁻ += δ·W_hh
 * The cache keeps tanh(c).
 */
import { pytorchTensors, type Cell } from './cell.js';

export const lstm: Cell = {
  label: 'LSTM',
  tensors: pytorchTensors(4),
  blocks: 4,
  states: ['h', 'c'],
  isInPlace: false,
  hasCache: true,
  slopes: 5,
  joinsBiases: true,
  activations: [
    { name: 'i', kind: 'sigmoid', place: 0 },
    { name: 'f', kind: 'sigmoid', place: 1 },
    { name: 'g', kind: 'tanh', place: 2 },
    { name: 'o', kind: 'sigmoid', place: 3 },
    { name: 'tanh(c)', kind: 'tanh', place: 'cache' },
  ],
  directPath: { state: 'c', gate: 1 }, // (F3)
  forgetGate: 1,

  forward(kernels, { h, hPrev, c, cPrev, gates, cache, slopes }, weights) {
    kernels.product(gates, hPrev, weights.forward, gates); // (F1)
    kernels.lstmForward(h, c, cache, gates, cPrev, slopes); // (F2)–(F4)
  },

  backward(kernels, { cPrev, gates, cache, slopes }, { dh, dhPrev, dc, dcPrev, delta }, weights) {
    kernels.lstmBackward(delta, dc, dcPrev, dh, gates, cache, cPrev, slopes); // (B4)–(B2)
    kernels.product(dhPrev, delta, weights.backward, dhPrev); // (B1)
  },
};
