/** The report of `compare`: its tables and its page. */
import { CELL_LABELS } from '../../../model/cells/index.js';
import { numbers } from '../numbers.js';
import { findings } from './findings.js';

const { count, counted, plural, short } = numbers;

export const compare = {
  findings,

  /** What each is, by its name in the options. */
  contenders: {
    ...CELL_LABELS,
    tanh: 'tanh',
    sigmoid: 'sigmoid',
    relu: 'ReLU, uniform initialisation',
    irnn: 'ReLU, identity initialisation',
    lstm: 'LSTM',
    gru: 'GRU',
    brainjs: 'brain.js "LSTM" as shipped',
    'brainjs-repaired': 'brain.js "LSTM", gradients repaired',
    ngram: 'n-gram model (Witten–Bell)',
  },

  tables: {
    scores: {
      title: 'How well each contender predicts the held-out text, and what that took',
      head: ['contender', 'bits/char', 'bits/byte', 'chars/s', 'seen', 'parameters'],
    },
    reach: {
      title:
        'How far back the gradient of the last loss reaches (top layer): start → end, or the end alone; drop in decades, tail in decades a step, left at the last lag',
      head: ['contender', '1% lag', 'drop', 'tail', 'left', 'saturated', 'verdict'],
    },
    quality: {
      title: 'Sample quality (1,000 characters, temperature 0.8)',
      head: ['contender', 'known words', 'distinct-1/2/3', 'repeated', 'new', 'longest copy'],
    },
  },
  diverged: 'diverged',

  page: {
    title: 'dissipa compare: networks on the same text',
    nothing: 'Nothing has been compared yet.',
    footer: 'Made by dissipa compare. All figures in full are embedded below, as in compare.json.',
    facts: {
      text: 'text',
      trained: 'trained on',
      scored: 'scored on',
      symbols: 'symbols',
      budget: 'budget',
      size: 'size',
      window: 'window',
      seeds: 'seeds',
      engine: 'backend',
      begun: 'begun',
    },
    texts: (many: number): string => `${count(many)} texts`,
    characters: (many: number): string => counted(many, 'character'),
    scored: (many: number): string => `${count(many)} held-out characters`,
    budget: ({
      characters,
      minutes,
    }: {
      readonly characters?: number | undefined;
      readonly minutes?: number | undefined;
    }): string =>
      characters === undefined
        ? `${short(minutes ?? 0)} ${plural(minutes ?? 0, 'minute')} each`
        : `${counted(characters, 'character')} each`,
    size: (layers: number, hidden: number, match: 'hidden' | 'parameters'): string =>
      `${layers}×${hidden}, same ${match === 'hidden' ? 'hidden size' : 'number of parameters as the LSTM'}`,
    window: (rows: number, timesteps: number): string =>
      `${counted(rows, 'sequence')} × ${counted(timesteps, 'timestep')}`,
    figures: 'The figures',
    columns:
      'Known words are those of the sample that occur in the training text; distinct-n is the share of runs of n words that differ; repeated are runs of 4 words said before; new are runs of 10 characters that the training text does not have; the longest copy is in characters. ± is the standard deviation over the seeds.',
    contenders: 'Contenders',
    contendersHead: ['contender', 'what it is'],
    learning: 'How they learn',
    ofSeed: (seed: number): string => `Drawn for the first seed, ${seed}.`,
    learningHow: (scored: number): string =>
      `Bits per character of the first ${count(scored)} held-out characters, scored during training while the clock stands still. In both charts the horizontal axis is logarithmic, and the top is log₂ of the number of symbols: a uniform guess.`,
    byCharacters: 'By characters trained on',
    bySeconds: 'By seconds of training',
    reach: 'How far back the gradient reaches',
    reachHow:
      "The gradient of the last timestep's loss alone, followed back: the norm √(‖∂h‖² + ‖∂c‖²) of the top layer's state by lag, relative to lag 0, the same window of held-out text for all.",
    atStart: 'At the start',
    atEnd: 'After training',
    samples: 'What they write',
    samplesHow: (characters: number): string =>
      `The first ${count(characters)} characters of each sample, temperature 0.8.`,
    baseline: 'What the "LSTM" of brain.js is',
    check: 'Its gradients against central differences, by tensor (relative difference)',
    tensor: 'tensor',
    right: 'right',
    wrong: 'wrong',
  },
};
