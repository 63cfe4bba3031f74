/** The last five sections in English: what happens from timestep to timestep. */
import { MARGIN_BITS } from '../../lesson/levels.js';
import { REPEATS } from '../../lesson/methods.js';
import { probes } from '../probes.js';
import type { SectionsWords } from '../../lesson/words.js';
import { cells, numbers, stepsBack, updates } from './shared.js';

const { count, counted, plural, short } = numbers;

export const timeSections: Pick<SectionsWords, 'product' | 'methods' | 'remedies' | 'misleading' | 'recall'> =
  {
    product: {
      title: 'It is a product of many small factors',
      claim:
        'Each timestep back multiplies the gradient by the derivative of the activation and by W_hh; many factors below 1 make a product that is next to nothing.',
      how: [
        'The gradient of the last prediction in a network of one layer, step by step, each step split into its two parts. Beside the curve stands what theory allows at most: (σ₁γ)ᵏ, the largest stretch of W_hh times the largest derivative, k times over.',
        'A product of many small factors: nine in ten steps or more shrink the gradient, at the window’s far end at most 1% is left, and nowhere is the curve above the bound.',
      ],
      parts: { sigmoid: 'sigmoid', tanh: 'tanh', bound: 'the bound is kept' },
      says: {
        steps: (byCell) => `a step keeps on average: ${byCell}.`,
        step: ({ factor, derivative, weights, shrinking, steps, left }) =>
          `${factor} (derivative ${derivative}, W_hh ${weights}), ${shrinking} of the steps shrink it, and ${stepsBack(steps)} ${plural(steps, 'makes', 'make')} ${left}`,
        bound: (byCell) => `the bound: ${byCell}.`,
        broken: 'is broken by the curve, which cannot be: a defect of the program',
        nothing: 'σ₁γ is 0: nothing may be left',
        sigma: (sigma) => `σ₁γ is ${sigma}`,
        noLimit: (sigma) => `${sigma}, not below 1, and so sets no limit`,
        limit: (sigma, most, lag, left) =>
          `${sigma}, and so at most ${most} may be left at lag ${lag}; measured, it is ${left}`,
        lasting: (limit) => `${limit}: it does not have to vanish within this window`,
      },
      concludes: {
        holds:
          'Nine in ten steps or more shrink the gradient, at most 1% is left, and the bound is kept: it is indeed a product of many small factors.',
        fails: 'In these networks it is not a product of many small factors, and the bound is broken.',
        open: 'Nothing was measured.',
      },
      tryIt: `The page shows the same split under “${probes.split.view.heading}”, and σ₁ under “${probes.theory.view.heading}”.`,
    },

    methods: {
      title: 'It is the method and the activation, not networks as such',
      claim:
        'That the gradient vanishes is a matter of how a network is built, initialised and trained, and not of networks as such: with other activations, initialisations and cells it reaches further.',
      how: [
        `The same text, the same number of units, one layer each, ${REPEATS} seeds: sigmoid and tanh; ReLU with the usual uniform initialisation and with W_hh as the identity matrix; LSTM and GRU, whose gates let a state pass unchanged. The curves are those of the first seed.`,
        'It vanishes where at most 1% is left at the window’s far end. Another reaches further where it loses at most half as many powers of ten as tanh does, has learnt, and predicts no worse than sigmoid.',
      ],
      parts: {
        vanish: 'the gradient of sigmoid and tanh vanishes',
        reach: 'another that has learnt reaches further',
      },
      says: {
        left: (lag, byContender) => `at lag ${lag} this is left: ${byContender}.`,
        none: 'None of the others has learnt as much as sigmoid, or more than the frequency of each symbol.',
        best: (one, lag, left, loss) =>
          `Of those that are neither sigmoid nor tanh, have learnt and predict no worse than sigmoid, ${one} reaches furthest (first seed): ${left} is left at lag ${lag}${loss}.`,
        loss: (bits) => ` (${bits} per character)`,
        withSeed: (one, seed) => `${one} with seed ${seed}`,
      },
      concludes: {
        holds:
          'The gradient of sigmoid and tanh vanishes, and that of another kind of network, trained in the same way, reaches further: networks as such are not the cause.',
        fails: 'Within this window the gradient of sigmoid and tanh does not vanish.',
        open: 'None of the others has learnt, or tanh keeps its gradient within this window: there is nothing to compare with.',
      },
      tryIt:
        'A GRU, trained and inspected. With --cell relu --init identity instead (and another --out) it is the ReLU of the table, and with --cell lstm the LSTM.',
    },

    remedies: {
      title: 'ReLU is the remedy',
      claim: 'ReLU does not squash; with it in place of sigmoid and tanh the gradient does not vanish.',
      how: [
        `The networks of section 7, beside tanh with the same seed. A remedy works where the gradient loses at most half as many powers of ten over the window as with tanh, and the network has learnt. Its price: a tenth of the units or more are dead (0 at every timestep of the window: no gradient passes); the gradient explodes (it once reached a hundred times its usual size, with clipping at a norm of 5 or without); it predicts worse than tanh by more than ${short(MARGIN_BITS)} bits per character.`,
        'LSTM and GRU stand beside it. The curve of a gated cell has two parts: a drop over the first timesteps, and a tail that falls slowly; the tail is the straight line through the later half of the window.',
      ],
      parts: {
        'relu uniform': 'ReLU, uniform initialisation',
        'relu identity': 'ReLU, identity initialisation',
        lstm: 'LSTM',
        gru: 'GRU',
      },
      says: {
        prices: {
          dies: 'many units died',
          explodes: 'the gradient exploded',
          isBehind: 'it predicts worse than tanh',
        },
        paid: (prices) => `Its price: ${prices}`,
        free: 'It pays none of the prices',
        unlearnt: (runs) => `in none of ${counted(runs, 'run')} it has learnt`,
        reach: ({ lag, left, tanh, learnt, runs, reaching }) =>
          `at lag ${lag} ${left} is left (tanh ${tanh}); in ${learnt} of ${counted(runs, 'run')} it has learnt, in ${reaching} it also reaches further`,
        curve: (decades, lag, step, tanhStep) =>
          `The curve of the LSTM (first seed) drops by ${decades} powers of ten within ${stepsBack(lag)}; from there on a step changes it by ${step}. The tail of tanh changes by ${tanhStep} a step.`,
      },
      concludes: {
        holds: 'ReLU works in every run, with both initialisations, and pays none of the prices.',
        partly: 'What works in every run and yet holds only in part pays a price.',
        fails: 'ReLU works in no run, with neither initialisation.',
        open: 'There is no tanh network that has learnt and whose gradient vanishes: there is nothing to remedy. More --steps, or a longer --window, may show one.',
      },
      tryIt:
        'A ReLU network with the identity initialisation, trained and inspected: its memory, its units at 0 and its clipped updates.',
    },

    misleading: {
      title: 'The flat curve that misleads',
      claim:
        'The gradient that most tools plot, by timestep and of the whole loss, is level however much has vanished; only that of a single loss shows it.',
      how: [
        'Every timestep has a prediction and a loss of its own, and each adds a fresh gradient there: the total ‖∂L/∂h‖ can stay level, however little of it has come from far away. Beside it, for the same network, timesteps and scale: the gradient of the last loss alone.',
        'The total misleads where it varies by a factor of 10 at most, while of the last loss’s gradient 1% or less is left.',
      ],
      parts: { tanh: 'tanh', sigmoid: 'sigmoid' },
      says: {
        total: (cell, varying, left) =>
          `the total of ${cells[cell]} ${varying}, while ${left} of the last loss’s gradient is left`,
        isZero: 'is exactly 0 somewhere in the window',
        varies: (factor) => `varies over the window by a factor of ${factor}`,
      },
      concludes: {
        holds: 'Whoever looks at the total alone sees nothing of it.',
        fails: 'Here the total is not level: it does not mislead.',
        open: 'Nothing vanishes within this window, and so there is nothing to hide.',
      },
      tryIt: `Both curves stand under “${probes.total.view.heading}”.`,
    },

    recall: {
      title: 'What no longer arrives is not remembered',
      claim: 'The further back its gradient reaches, the further back a network learns to remember.',
      how: [
        'A network reads a sequence of random letters, of eight kinds, and at the end must name the one that stood k timesteps back. The loss is that of this answer alone, so whatever the network learns has travelled k timesteps back. Each cell and each k has networks of its own, three seeds, with new sequences at each update; then we measure how often they are right on sequences they have never seen.',
        'Beside it, for the same networks: how much of the answer’s gradient is left at the letter, before training and after. A network recalls where it is right more often than halfway between chance and always.',
      ],
      parts: {
        start: 'the gradient before training tells which network recalls',
        end: 'the gradient after training tells which network recalls',
      },
      says: {
        upTo: (many, byContender, longest, chance) =>
          `After ${updates(many)}, most networks of a kind recall up to this k: ${byContender} (longest sequence: k = ${longest}; chance: ${chance}).`,
        none: 'not even 1',
        pairs: (pairs, stage, together, share) =>
          `Of ${count(pairs)} pairs of networks for the same k of which one recalls and the other does not, the one that recalls had more gradient at the letter ${{ start: 'before training', end: 'after training' }[stage]} in ${together} (${share}).`,
        alone: (one, arrived, k) =>
          `Reach alone is not enough: with ${one} ${arrived} arrived at k = ${k} before training, and yet most of these networks do not recall it, while those of another kind do.`,
      },
      concludes: {
        holds: 'Reach and recall go together, before training and after.',
        fails:
          'Reach and recall do not go together: of such pairs, in half or more it is the other way round.',
        open: 'For each k either all networks recall or none does: nothing tells them apart. More --steps, or a longer --window, may.',
      },
      tryIt: 'The whole lesson with twice the updates: does what is recalled reach further back?',
    },
  };
