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
      `measured on ${counted(rows, 'sequence')} of ${timesteps(window)} of ${text}: loss ${bits(loss.window)} bits per character, and ${bits(loss.last)} at the last timestep`,
    logs: (step: number, lines: number): string =>
      `logs up to step ${count(step)}, ${counted(lines, 'line')} of gradients`,
  },

  terminal: {
    reach: "How much of the last loss's gradient is left, by lag (timesteps travelled back)",
    course: 'The same, over the course of the run',
    saturation: 'Saturation by timestep (0 to 100%)',
    activation: 'Mean activation of the gates by timestep (0 to 1)',
    clipping: 'Gradient clipping',
  },

  tables: {
    shares: ['layer', 'of', 'mean', 'first timestep to last'],
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
      engine: 'backend',
      begun: 'begun',
    },
    window: (rows: number, window: number): string => `${counted(rows, 'sequence')} × ${timesteps(window)}`,
    loss: (nats: number): string => `${bits(nats)} bits/char`,
    trained: (step: number): string => counted(step, 'step'),
    /** Headings; the lesson sends its readers to some of them. */
    headings: {
      reach: "How much of the last loss's gradient is left",
      training: 'How it came about: the lag curve at each logged step',
      progress: 'The training itself',
    },
    reach:
      "The gradient of the last timestep's loss alone, followed back through time: the norm √(‖∂h‖² + ‖∂c‖²) of each layer's state k timesteps back, relative to lag 0, on a logarithmic scale.",
    byLag: 'By lag, all layers',
    training: 'A column is a lag curve, as it was at that step of the run; bright reaches far.',
    memoryByStep: 'The lag at which 1% is left, by training step',
    memoryEdge: 'At the height of the window: beyond it.',
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
