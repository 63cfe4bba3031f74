/** The lesson in English: its frame. */
import { LETTERS } from '../../lesson/recall.js';
import { SECTIONS } from '../../lesson/figures.js';
import type { LessonWords } from '../../lesson/words.js';
import { layerSections } from './layers.js';
import { lesson as names } from './names.js';
import { pictures } from './pictures.js';
import { cells, common, contender, inits, numbers, updates } from './shared.js';
import { timeSections } from './time.js';

const { bits, count, counted } = numbers;

const BUNDLED = 'the bundled corpus';
const CLAIMS = SECTIONS.length;
const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const claims = NUMBERS.at(CLAIMS) ?? String(CLAIMS);

export const lesson: LessonWords = {
  language: 'en',
  locale: 'en',
  numbers,
  ...names,
  title: 'The vanishing gradient: a lesson with measurements',
  headline: {
    sentence: (lag, tanh, left, other) =>
      `${counted(lag, 'timestep', 'timesteps')} back, ${tanh} has ${left} of its gradient left${other}.`,
    tanh: { trained: 'a tanh network', untrained: 'an untrained tanh network' },
    other: (one, left) => `; with ${one}, ${left}`,
  },
  introduction: [
    `${claims.charAt(0).toUpperCase()}${claims.slice(1)} claims that lessons on the vanishing gradient make, each measured just now on this machine, on networks that were trained for a few seconds to predict the next character of a text. Each verdict is computed from the figures: where a measurement does not bear a claim out, or depends on the initialisation or the seed, the page says so; and nothing is concluded from a network that has learnt nothing.`,
    'A recurrent network reads one character at each timestep. Training sends the error of its predictions back, through the layers and through the timesteps (backpropagation through time), and what arrives is the gradient. The weights are the same at every timestep, so they go on learning from what is near; where no gradient arrives, what depends on long ago is not learnt.',
  ],
  bundled: BUNDLED,
  facts: ({ text, characters, symbols, hidden, window, rows, steps, batch, seed, engine, levels }) => [
    ['text', text ?? BUNDLED],
    ['characters', count(characters)],
    ['symbols', count(symbols)],
    ['units per layer', count(hidden)],
    ['window', `${counted(rows, 'sequence', 'sequences')} × ${counted(window, 'timestep', 'timesteps')}`],
    ['each run', `${updates(steps)}, batches of ${counted(batch, 'sequence', 'sequences')}`],
    ['first seed', String(seed)],
    ['uniform guess', `${bits(levels.even)} per character`],
    ['guess by the frequency of symbols', `${bits(levels.unigram)} per character`],
    ['backend', engine],
  ],
  insteadOf: ({ text, characters, needed }) =>
    `${text} is too short for this lesson (${counted(characters, 'character', 'characters')}; it takes ${count(needed)}): measured on the bundled corpus instead.`,
  cells,
  inits,
  contender,
  outcomes: {
    holds: 'holds',
    partly: 'holds in part',
    fails: 'does not hold',
    open: 'inconclusive',
  },
  heldOf: (held, all) => `${count(held)} of ${count(all)}`,
  verdict: 'Verdict',
  beside: 'beside them:',
  tryIt: 'Try it yourself',
  overview: `The ${claims} claims`,
  footer:
    'Made by dissipa lesson. Every figure, unrounded, is embedded in this page; dissipa lesson --json prints them.',
  glossary: {
    title: 'Glossary',
    summary: 'What each term means',
    entries: [
      ['gradient', 'How much, and in which direction, the loss changes when a number in the network does.'],
      ['timestep', 'One reading of one character; the state h carries what was read to the next one.'],
      [
        'lag k',
        'So many timesteps back. What is left there: ‖∂ℓ/∂h‖ of the last prediction’s loss ℓ at timestep T − 1 − k, along every path that leads there, relative to lag 0.',
      ],
      ['vanishing', 'Within the window the gradient falls to a hundredth of what it was at lag 0.'],
      [
        'exploding',
        'It grows a hundredfold instead; or, during training, it once reaches a hundred times its usual size.',
      ],
      [
        'initialisation',
        'How the weights are drawn at random before training: uniform in ±1/√H (as in PyTorch), Glorot, orthogonal, normal, identity.',
      ],
      [
        'has learnt',
        'On the held-out text a network is at least 0.1 bits per character better than guessing by the frequency of each symbol.',
      ],
      ['W_ih, W_hh', 'The weights by which a layer’s input, and its state one timestep earlier, enter it.'],
      ['readout', 'The output layer: the weights that make predictions from the last layer’s state.'],
      [
        'saturated',
        'A unit is saturated where the derivative of its activation is below 0.05: at most a twentieth of a gradient passes.',
      ],
      ['σ₁, γ', 'The largest singular value of W_hh; the largest derivative of the activation.'],
      ['powers of ten', 'Losing two of them leaves a hundredth.'],
      ['chance', `The share of right answers by guessing: one in ${LETTERS}.`],
    ],
  },
  common,
  sections: (setup) => ({ ...layerSections(setup), ...timeSections }),
  pictures,
  progress: {
    begin: ({ characters, symbols, hidden, window, steps, engine }) =>
      `${counted(characters, 'character', 'characters')}, ${counted(symbols, 'symbol', 'symbols')} · ${claims} claims, networks of ${counted(hidden, 'unit', 'units')}, ` +
      `windows of ${counted(window, 'timestep', 'timesteps')}, ${updates(steps)} each · ${engine}`,
    doing({ doing }, number, of) {
      const { spec, kind, detail = 0, done, of: all } = doing;
      const what = `${contender(spec)}, ${counted(spec.layers, 'layer', 'layers')}`;
      const frozen = detail > 0 ? `layer ${detail} alone` : detail === 0 ? 'the readout alone' : 'all layers';
      const said = {
        training: `training ${what}${spec.clip ? '' : ', never clipped'}: update ${count(done)} of ${count(all)}`,
        changing: `changing ${what}: ${count(done)} of ${count(all)}`,
        drawing: `drawing ${what}: ${count(done)} of ${count(all)}`,
        freezing: `training ${frozen} of ${what}: update ${count(done)} of ${count(all)}`,
        recalling: `recalling ${detail} back, ${contender(spec)}: update ${count(done)} of ${count(all)}`,
      }[kind];
      return `claim ${number} of ${of} · ${said}`;
    },
    left: (time) => `${time} left`,
    done: (file, kilobytes) => `wrote ${file} (${count(kilobytes)} KiB): open it in a browser`,
    figures: (file) => `wrote ${file}: the figures`,
  },
};
