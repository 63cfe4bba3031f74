/** The report of `inspect`: its sections, facts and tables, in a terminal and on a page. */
import { findings } from './findings.js';
import { memory } from './memory.js';
import { numbers } from './numbers.js';

const { count, counted, fixed } = numbers;
const timesteps = (many: number): string => counted(many, 'timestep');
const bits = (nats: number): string => fixed(nats / Math.LN2, 3);

export const inspect = {
  memory,
  findings,

  /** What texts without a name are called. */
  texts: {
    bundled: 'the bundled corpus',
    heldOut: "the run's held-out text",
    own: "the run's own text",
    heldOutRecords: "the run's held-out records",
    ownRecords: "the run's own records",
  },

  /** The facts above a terminal's report. */
  facts: {
    model: (cell: string, layers: number, hidden: number, symbols: number): string =>
      `${cell} ${layers}×${hidden}, ${counted(symbols, 'symbol')}`,
    measured: (
      { rows, timesteps: window }: { readonly rows: number; readonly timesteps: number },
      text: string,
      loss: { readonly window: number; readonly last: number },
    ): string =>
      `measured on ${counted(rows, 'row')} of ${timesteps(window)} of ${text}: loss ${bits(loss.window)} bits per character, of the last timestep ${bits(loss.last)}`,
    logs: (step: number, lines: number): string =>
      `logs up to step ${count(step)}, ${counted(lines, 'line')} of gradients`,
  },

  terminal: {
    reach: "How much of the last loss's gradient is left, by timesteps travelled back",
    course: 'The same, step by step of the training',
    totalHides: 'Why the total gradient does not show it',
    split: 'Where it goes, in decades (powers of ten) a step back',
    saturation: 'Saturation by timestep (0 to 100%)',
    activation: 'Mean activation of the gates by timestep (0 to 1)',
    beyond: 'Beyond the last loss and the window',
    updates: 'Clipping and updates',
  },

  tables: {
    /** @param recurrent what W_hh is called in the cell */
    theory: (recurrent: string): string[] => ['layer', `${recurrent} of`, 'σ₁', 'spectral radius'],
    shares: ['layer', 'of', 'mean', 'first timestep to last'],
    updates: ['tensor', '‖Δw‖/‖w‖ of one update'],
  },

  page: {
    title: (name: string): string => `${name}: the gradient on its way back`,
    footer:
      "Made by dissipa inspect. Figures in full: dissipa inspect --json, --csv, --parquet; the window's are embedded below.",
    facts: {
      model: 'model',
      symbols: 'symbols',
      window: 'window',
      text: 'text',
      loss: 'loss',
      trained: 'trained',
      engine: 'engine',
      begun: 'begun',
    },
    window: (rows: number, window: number): string => `${counted(rows, 'row')} × ${timesteps(window)}`,
    loss: (nats: number): string => `${bits(nats)} bits/char`,
    trained: (step: number): string => counted(step, 'step'),
    /** Headings; the lesson sends its readers to some of them. */
    headings: {
      reach: "How much of the last loss's gradient is left",
      total: 'The total gradient looks level, and hides it',
      /** Where it does not. */
      totalBeside: 'The total gradient beside it',
      training: 'How it came about: the lag curve at each logged step',
      theory: 'Theory beside measurement',
      listening: 'What each character listens to',
      matrix: 'Every loss and every state',
      progress: 'The training itself',
    },
    reach:
      "The gradient of the last timestep's loss alone, followed back through time: the norm √(‖∂h‖² + ‖∂c‖²) of each layer's state k timesteps back, relative to lag 0, on a logarithmic scale.",
    byLag: 'By lag, all layers',
    total: (hides: boolean): string =>
      `The total ‖∂L/∂h_t‖ is what most tools plot. Every timestep has a loss of its own, and each adds a fresh gradient there${hides ? ': the sum stays level however little of it has come from far away' : ''}. Only the gradient of one loss, followed back, shows what is lost on the way.`,
    training: 'A column is a lag curve, as it was at that step of the training; bright reaches far.',
    memoryByStep: 'The lag at which 1% is left, by training step',
    memoryEdge: 'At the height of the window: beyond it.',
    theory:
      'σ₁, the largest singular value of W_hh, bounds what one step can keep: for a vanilla cell σ₁γ (γ = 1 for tanh and ReLU, ¼ for sigmoid). The bound is a theorem for the top layer; lower layers get gradient from above as well.',
    listening:
      '‖∂ log p(character)/∂ input‖ for every character before the chosen one: the stronger the colour, the more the prediction would change.',
    matrix:
      'Row s: the gradient of loss s alone, at every timestep t before it, relative to t = s. The diagonal is lag 0; a bright band along it is the reach of the memory, and where it widens the text is remembered longer.',
    bestLoss: (step: number, nats: number): string =>
      `Held-out loss is best at step ${count(step)}: ${bits(nats)} bits per character.`,
    lastLoss: (step: number, nats: number): string =>
      `At step ${count(step)} the loss is ${bits(nats)} bits per character.`,
    passage: {
      strongest: 'strongest influence on it',
      choose: 'hover or tap a character to choose it, or go with ← and →',
      label: 'text, coloured by what the chosen character listens to',
    },
  },
};
