/** The lesson in English: its frame, its pictures. */
import { farEnd, furthest } from '../../../study/lesson/methods.js';
import { cells, contender, englishSections } from './en-sections.js';
import { now } from './facts.js';
import { numbersIn } from './language.js';
import type { Words } from './words.js';

const numbers = numbersIn('en');
const { count, counted, share } = numbers;

const BUNDLED = 'the bundled corpus';

export const en: Words = {
  language: 'en',
  locale: 'en',
  numbers,
  file: 'lesson',
  run: 'lesson',
  title: 'The vanishing gradient, a measured lesson',
  headline({ contenders }, lag) {
    const tanh = contenders.find(({ cell }) => cell === 'tanh');
    const best = furthest(contenders);
    const left = tanh ? share(farEnd(now(tanh))) : '–';
    const other = best?.end ? `; with ${contender(best)}, ${share(farEnd(best.end))}` : '';
    return `${counted(lag, 'timestep', 'timesteps')} back, a network of tanh has ${left} of its gradient left${other}.`;
  },
  introduction: [
    'Six claims that every lesson on recurrent networks makes, each measured just now on this machine, on networks that were trained for a few seconds to predict the next character of a text. Each verdict is computed from the figures: where a measurement does not bear a claim out, the page says so.',
    'A recurrent network reads one character at each timestep. Training sends the error of its predictions back, through the layers and through the timesteps (backpropagation through time), and what arrives is the gradient. Where nothing arrives, nothing is learnt.',
  ],
  bundled: BUNDLED,
  facts: ({ text, characters, symbols, hidden, window, rows, steps, batch, seed, engine }) => [
    ['text', text ?? BUNDLED],
    ['characters', count(characters)],
    ['symbols', count(symbols)],
    ['units in a layer', count(hidden)],
    ['window', `${counted(rows, 'row', 'rows')} × ${counted(window, 'timestep', 'timesteps')}`],
    ['each training', `${counted(steps, 'update', 'updates')}, ${counted(batch, 'row', 'rows')}`],
    ['seed', String(seed)],
    ['engine', engine],
  ],
  cells,
  contender,
  outcomes: { holds: 'holds', partly: 'holds in part', fails: 'does not hold' },
  verdict: 'Verdict',
  tryIt: 'Try it yourself',
  overview: 'The six claims',
  footer:
    'Made by dissipa lesson. Every figure, unrounded, is embedded in this page; dissipa lesson --json prints them.',
  glossary: {
    title: 'Words',
    summary: 'What each term means',
    entries: [
      ['gradient', 'How much, and in which direction, the loss changes when a number in the network does.'],
      ['timestep', 'One reading of one character; the state h carries what was read to the next one.'],
      [
        'timesteps back (lag k)',
        'How far the gradient of the last prediction has travelled: ‖∂ℓ/∂h‖ at timestep T − 1 − k, in every way that leads there.',
      ],
      ['vanishing', 'Within the window the gradient falls to a hundredth of what it was at lag 0.'],
      ['exploding', 'It grows a hundredfold instead.'],
      ['W_hh', 'The weights by which a layer’s state at one timestep enters the next.'],
      [
        'flat part',
        'Where the derivative of an activation is below 0.05: a twentieth of a gradient passes at most.',
      ],
      ['σ₁, γ', 'The largest singular value of W_hh; the largest derivative of the activation.'],
      ['decade', 'A power of ten.'],
    ],
  },
  sections: englishSections,
  pictures: ({ steps }) => {
    const before = 'before training';
    const after = `after ${counted(steps, 'update', 'updates')}`;
    const back = 'timesteps back (lag k)';
    const left = 'share that is left';
    return {
      sensitivity: {
        byLayer: {
          start: { title: `By layer, ${before}`, x: 'layer nudged', y: 'relative movement of the output' },
          end: { title: `By layer, ${after}`, x: 'layer nudged', y: 'relative movement of the output' },
        },
        byLag: {
          start: { title: `By timestep, ${before}`, x: back, y: 'movement beside lag 0' },
          end: { title: `By timestep, ${after}`, x: back, y: 'movement beside lag 0' },
        },
      },
      squashing: {
        title: (cell) => `${cells[cell]}, ${after}`,
        curve: 'the activation φ(a)',
        slope: 'its derivative φ′(a)',
        units: 'where the units are (relative frequency)',
        flat: 'flat part: φ′ below 0.05',
        x: 'pre-activation a',
        head: [
          '',
          'typical slope at the start',
          'after training',
          'on the flat parts at the start',
          'after training',
        ],
      },
      depth: {
        first: {
          start: {
            title: `Gradient of the first layer, ${before}`,
            x: 'layers in the network',
            y: '‖∂L/∂W‖ of the first layer',
          },
          end: {
            title: `Gradient of the first layer, ${after}`,
            x: 'layers in the network',
            y: '‖∂L/∂W‖ of the first layer',
          },
        },
        lags: {
          start: { title: `One sigmoid network layer by layer, ${before}`, x: back, y: '‖∂ℓ/∂h‖' },
          end: { title: `The same network, ${after}`, x: back, y: '‖∂ℓ/∂h‖' },
        },
        layer: (number) => `layer ${number}`,
        head: [
          '',
          'layers',
          'first layer at the start',
          'last layer',
          'first layer after training',
          'last layer',
        ],
      },
      product: {
        curve: (cell) => ({
          title: `${cells[cell]}: what is left, and what may be at most`,
          x: back,
          y: left,
        }),
        parts: (cell) => ({
          title: `${cells[cell]}: the factors, multiplied up`,
          x: back,
          y: 'decades gained or lost',
        }),
        factors: { title: 'The factor of each step', x: back, y: 'factor' },
        table: 'On average over the window',
        measured: 'measured',
        bound: 'bound (σ₁γ)ᵏ',
        derivative: 'derivative',
        weights: 'W_hh',
        together: 'together',
        head: ['', 'factor of a step', 'the derivative’s part', 'the part of W_hh', 'σ₁γ'],
      },
      methods: {
        curves: {
          start: { title: `What is left, ${before}`, x: back, y: left },
          end: { title: `What is left, ${after}`, x: back, y: left },
        },
        costs: 'What each reaches, and what it costs',
        head: [
          '',
          '1% left at lag',
          'left at the end',
          'bits per character',
          'dead units',
          'updates that were clipped',
          'largest gradient, beside the usual',
          'the same, never clipped',
        ],
        beyond: (lag) => `beyond ${lag}`,
        diverged: (step) => `no number at update ${count(step)}`,
        notTried: '–',
      },
      misleading: {
        curve: (cell) => ({
          title: `${cells[cell]}: two gradients of the same network`,
          x: 'timestep t',
          y: 'relative to the last timestep',
        }),
        total: 'total',
        last: 'last loss',
      },
    };
  },
  progress: {
    begin: ({ characters, symbols, hidden, window, steps, engine }) =>
      `${counted(characters, 'character', 'characters')}, ${counted(symbols, 'symbol', 'symbols')} · six claims, networks of ${counted(hidden, 'unit', 'units')}, ` +
      `windows of ${counted(window, 'timestep', 'timesteps')}, ${counted(steps, 'update', 'updates')} each · ${engine}`,
    doing({ doing }, number, of) {
      const { spec } = doing;
      const what = `${contender(spec)}, ${counted(spec.layers, 'layer', 'layers')}`;
      const limit = spec.clip ? '' : ', never clipped';
      return doing.kind === 'training'
        ? `claim ${number} of ${of} · training ${what}${limit}: update ${count(doing.step)} of ${count(doing.steps)}`
        : `claim ${number} of ${of} · nudging ${what}: ${doing.done} of ${doing.of}`;
    },
    left: (time) => `${time} left`,
    done: (file, kilobytes) => `wrote ${file} (${count(kilobytes)} KiB): open it in a browser`,
    figures: (file) => `wrote ${file}: the figures`,
  },
};
