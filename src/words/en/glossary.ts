/** The field's terms as the pages and the README explain them. */
export const glossary = {
  title: 'Glossary',
  summary: 'What each quantity means',
  entries: [
    [
      'vanishing gradient',
      'On its way back through time the gradient is multiplied at every step; where the factors are below 1, next to nothing is left of it after a few steps, and the network learns nothing from what came before. **exploding gradient**: the factors are above 1, and it grows without end.',
    ],
    [
      'BPTT, truncated',
      'Backpropagation through time: the network is unrolled over the timesteps of a window, and the gradient is followed back through them; it is cut off at the edge of the window.',
    ],
    [
      'lag k',
      'How many timesteps the gradient has travelled back from the last loss ℓ: ‖∂ℓ/∂h‖ and ‖∂ℓ/∂c‖ k timesteps before it, total derivatives through everything later and above.',
    ],
    [
      'hidden state h, cell state c',
      'What a network carries from one timestep to the next; c is that of an LSTM.',
    ],
    ['state norm', '√(‖∂h‖² + ‖∂c‖²), over all sequences of the batch and all units.'],
    ['total', '‖∂L/∂h_t‖ with L the mean loss of the whole window.'],
    [
      'layer',
      'Layers count from 1, from the input up; in files, in --json and in the names of tensors (weight_hh_l0) they count from 0.',
    ],
    [
      'tail, drop',
      'The tail is a straight line through the logarithms of the second half of the lags; the drop is what is lost before the curve comes to that line. ± is the standard error over the sequences.',
    ],
    [
      'vanishing',
      'The state norm falls to a hundredth of lag 0, and its tail falls on, by a decade or more over the window. **thin**: less than a hundredth is left, but that lasts. **preserved**: more is left. **exploding**: it rises to a hundredfold, or its tail by two decades over the window. **dead**: 95% or more of the units of a ReLU layer are at 0. **not finite**: the numbers have overflowed. **unresolved**: the network is chaotic, and arithmetic cannot follow it.',
    ],
    [
      'saturation',
      'A unit is saturated where its activation is nearly flat, with a derivative below 0.05 (ReLU: at 0); the gradient hardly passes it.',
    ],
    [
      'gates',
      'LSTM: input i, forget f, cell candidate g, output o. GRU: reset r, update z, candidate n. Each is a share from 0 to 1 of what it lets through, but g and n.',
    ],
    ['decade', 'A power of ten: −0.3 decades a step is half.'],
    [
      'bits per character',
      'The cross-entropy of the predictions, in bits: 1 bit is the doubt between two equally likely characters.',
    ],
  ] as readonly (readonly [string, string])[],
};
