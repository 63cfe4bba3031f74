/** The first five sections in English: what happens from layer to layer. */
import { CASES, INITIALISATIONS, SEEDS } from '../../lesson/fresh.js';
import { MARGIN_BITS } from '../../lesson/levels.js';
import { probes } from '../probes.js';
import type { SectionsWords, Setup } from '../../lesson/words.js';
import { cells, numbers, updates } from './shared.js';

const { count, counted, short } = numbers;

const DRAWN = `${count(CASES)} freshly initialised networks of each kind (${INITIALISATIONS.length} initialisations with ${SEEDS} seeds each)`;

export const layerSections = ({
  steps,
}: Setup): Pick<SectionsWords, 'sensitivity' | 'squashing' | 'regions' | 'depth' | 'freezing'> => ({
  sensitivity: {
    title: 'A change at the beginning hardly moves the end',
    claim:
      'A change to an early parameter, even a large one, hardly moves the output; the same change late moves it.',
    how: [
      'No derivative is needed to see this. The weights of one layer are changed by 0.1%, 10% or 100% of their size in a random direction, or redrawn (the same numbers in a new random order); the network is run again, and its predictions are compared. The movement is the share of the predicted probability that goes to other symbols. Then the state h of the top layer is changed in the same way, k timesteps before the last prediction.',
      `An early change hardly counts where it moves the output by less than a tenth (layers) or a hundredth (timesteps) of what the same change does late. The smallest and the largest change are judged, in ${DRAWN} and in one trained network of each kind, if it has learnt. Where a curve ends, the change no longer shows in the sixteen digits of the output.`,
    ],
    parts: {
      'sigmoid layers': 'sigmoid, by layers',
      'sigmoid time': 'sigmoid, by timesteps',
      'tanh layers': 'tanh, by layers',
      'tanh time': 'tanh, by timesteps',
    },
    says: {
      drawn: (layers, small, redrawn) =>
        `In freshly initialised networks, a change of 0.1% to the first of ${layers} layers moves the output by this share of what the same change to the last one does: ${small}. With the whole layer redrawn: ${redrawn}.`,
      unseen: 'not seen',
      ends: (byCell) =>
        `the effect of redrawing the first layer and the last (share of the predicted probability that moves): ${byCell}.`,
      hardly: (small, redrawn) =>
        `a change of the state by 0.1% moves the last prediction by less than a hundredth of what it does at lag 0, from this lag on: ${small}. With the state redrawn: ${redrawn}.`,
      nowhere: 'nowhere in the window',
    },
    concludes: {
      holds:
        'Whatever its size, with sigmoid and tanh an early change counts for less than a tenth (layers) and a hundredth (timesteps) of a late one.',
      fails:
        'With sigmoid and tanh an early change counts for more than a tenth (layers) and a hundredth (timesteps) of a late one everywhere.',
      open: 'No change moved the output beyond its rounding: nothing can be compared.',
    },
    tryIt:
      'check compares the gradients of a freshly initialised network with finite differences, in float64: its column “largest |∂|” shows how little the weights of the first layer (in the names of tensors, _l0) count beside those of the last.',
  },

  squashing: {
    title: 'Sigmoid and tanh squash',
    claim:
      'Sigmoid and tanh squash whatever passes through them: their derivative is at most ¼ and 1, and next to nothing where a unit is saturated; the gradient is multiplied by it at every step back.',
    how: [
      'Each unit adds up its inputs (the pre-activation a) and sends the sum through the activation φ. On its way back the gradient is multiplied by the derivative φ′(a) at just that point, and then by the weights W_hh. Behind the curves is shown where the units of a network of one layer are, at every timestep of the window.',
      'An activation squashes where the typical derivative (root mean square) is below 0.9; it saturates where the derivative of a twentieth of the units is below 0.05.',
    ],
    parts: {
      sigmoid: 'sigmoid squashes',
      tanh: 'tanh squashes',
      saturated: 'trained units are saturated',
    },
    says: {
      derivatives: (typical, saturated) =>
        `the typical derivative is: ${typical}; saturated units: ${saturated}.`,
      factors: (byCell) =>
        `each step back leaves these shares of the gradient, by the derivative and by W_hh: ${byCell}.`,
      takes: {
        derivativeAlone: 'the derivative alone takes away, W_hh gives back',
        derivative: 'the derivative takes more than W_hh',
        weights: 'W_hh takes more than the derivative',
      },
    },
    concludes: {
      holds:
        'Both squash, before training and after, and trained units are saturated: the derivative takes from the gradient at every step.',
      fails: 'The typical derivatives are close to 1: nothing is squashed much.',
      open: 'Nothing was measured.',
    },
    tryIt: `With every probe, the page shows the saturation of the units by timestep, and its course over the run, under “${probes.saturation.view.heading}”.`,
  },

  regions: {
    title: 'Each layer maps a region to a smaller one',
    claim:
      'A layer of sigmoid or tanh maps a large region of its inputs to a small one, and the next layer that to a smaller one still.',
    how: [
      'Forward pass only: a freshly initialised network of 8 layers reads different texts side by side, and the distance between the states that they leave is measured in each layer (per unit, root mean square over pairs of texts). Where it shrinks from layer to layer, the network tells its inputs apart less and less.',
      `Of these there are ${DRAWN}; once with the inputs as they are, once with inputs a hundred times as large, since it is a large region that saturation squashes.`,
    ],
    parts: {
      sigmoid: 'sigmoid: smaller in every layer',
      tanh: 'tanh: smaller in every layer',
      relu: 'ReLU',
    },
    says: {
      left: (cell, layer, byInit) =>
        `With ${cells[cell]}, layer ${layer} has this share of the first layer’s distance: ${byInit}.`,
      smaller: (byCell) =>
        `The distance is smaller in every layer in ${byCell}. Where it grows, the weights stretch more than the activation squashes: the table has both factors.`,
      cases: (held, cell) => `${held} cases with ${cells[cell]}`,
    },
    concludes: {
      holds:
        'With sigmoid and tanh each layer maps a region to a smaller one, however the weights are drawn.',
      fails: 'Neither with sigmoid nor with tanh does the region shrink in every layer.',
      open: 'There is only one text in the window: no distance can be measured.',
    },
    tryIt: 'The whole lesson from another seed: the figures change, and the verdicts that are robust do not.',
  },

  depth: {
    title: 'It gets worse with every layer',
    claim: 'The more layers are stacked, the less gradient reaches the first one.',
    how: [
      `Networks of 1 to 8 layers, with sigmoid, tanh and ReLU: the norm of the gradient of the loss with respect to the weights of the first layer, in ${DRAWN}. It is worse with depth where the first of 8 layers gets less than a tenth of what a single layer gets.`,
      `Then some of them trained for ${updates(steps)}: what is left of that gradient, and whether the network has learnt. Below, one deep sigmoid network: the gradient of the last prediction in each of its layers, by timesteps back.`,
    ],
    parts: { sigmoid: 'sigmoid', tanh: 'tanh', relu: 'ReLU' },
    says: {
      shares: (cell, byInit) =>
        `With ${cells[cell]}, the first of 8 layers gets this share of what a single layer gets: ${byInit}.`,
      learnt: (cell, share, loss) =>
        `Little gradient at the start does not mean that nothing is learnt: ${cells[cell]} with 8 layers began with ${share} of what a single layer gets, and has learnt (${loss}). Adam divides each gradient by its own usual size.`,
      network: (cell, layers) => `${cells[cell]} with ${counted(layers, 'layer')}`,
      near: (layers, share) =>
        `in the sigmoid network of ${layers} layers the first one has ${share} of the last one’s gradient at lag 0`,
      far: (near, lag, share) => `${near}, and ${share} at lag ${lag}.`,
      crossing: (near, lag) => `${near}; its own falls more slowly, and from lag ${lag} on it has no less.`,
    },
    concludes: {
      holds: `With sigmoid and tanh the first of 8 layers gets less than a tenth, whatever the initialisation and the seed.`,
      partly: 'Those cases differ in nothing but the initialisation and the seed.',
      fails:
        'Neither with sigmoid nor with tanh does the first of 8 layers get less than a tenth: here depth alone does not do it.',
      open: 'The gradient is zero even in a single layer: nothing can be compared.',
    },
    tryIt:
      'Eight layers of tanh with another initialisation, trained and inspected: memory and gradient of each.',
  },

  freezing: {
    title: 'The early layers are hard to learn',
    claim: 'Since hardly any gradient reaches them, the early layers of a network are hard to learn.',
    how: [
      `In a network of 4 layers only one learns; the others stay as they were initialised (frozen). In one case the readout, which makes predictions from the last layer’s state, is frozen too; in the other it learns too. ${updates(Math.ceil(steps / 2))} each; then the loss on the held-out text is measured.`,
      `A layer is harder to learn than another where it gains less by more than ${short(MARGIN_BITS)} bits.`,
    ],
    parts: {
      'sigmoid alone': 'sigmoid, one layer alone',
      'tanh alone': 'tanh, one layer alone',
      'sigmoid readout': 'sigmoid, with the readout',
      'tanh readout': 'tanh, with the readout',
    },
    says: {
      diverged: 'NaN (it diverged)',
      alone: (cell, start, first, last) =>
        `With ${cells[cell]}, from ${start} before training, the first layer alone gets to ${first}, the last alone to ${last}.`,
      frequencies: (level) =>
        `None of these is better than guessing by the frequency of each symbol (${level}): with everything else frozen, no layer gets beyond that in so many updates.`,
      withReadout: (cell, first, last, readout, together) =>
        `With ${cells[cell]} and a readout that learns too, the first layer gets to ${first}, the last to ${last} (the readout by itself: ${readout})${together}.`,
      together: (loss) => `; all layers together, in as many updates: ${loss}`,
      nothing: (cell, margin, without) =>
        `With ${cells[cell]} and a readout that learns too, no layer gets ${margin} bits below ${without}, the better of the readout by itself and the frequency of each symbol.`,
    },
    concludes: {
      holds: 'The first layer gains less than the last, alone and with a readout that learns too.',
      fails: 'The first layer gains no less than the last, alone and with a readout that learns too.',
      open: 'No layer has learnt anything in so many updates: nothing can be compared. Take more --steps.',
    },
    tryIt:
      'All four layers together: with every probe, the page shows how far each update moves each layer’s weights.',
  },
});
