/** What a reader of brain.js's figures has to know. */

/** What its "LSTM" is, and what it is not. */
export const ABOUT_LSTM = [
  'The "LSTM" of brain.js has no cell state: h = o∘tanh(f∘h⁻ + i∘g), the sigmoid gates i, f, o and g = tanh(…) computed from the symbol and h⁻.',
  'It is not the published LSTM, which hands its cell c = f∘c⁻ + i∘g from step to step untouched by the output gate and the tanh; here all that is remembered goes through both at every timestep, and so does its gradient.',
] as const;

/** What the repaired net differs in. */
export const ABOUT_REPAIR =
  'As shipped, the gradients of its biases and embedding are assigned where every timestep should add its own; the repaired net adds them up and is the same in all else.';
