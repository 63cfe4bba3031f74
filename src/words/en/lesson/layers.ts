/** The first five sections in English: what happens from layer to layer. */
import { CASES, INITIALISATIONS, SEEDS } from '../../lesson/fresh.js';
import { MARGIN_BITS } from '../../lesson/levels.js';
import { WORSE_BELOW } from '../../lesson/depth.js';
import { gains } from '../../lesson/freezing.js';
import { hardlyFrom } from '../../lesson/sensitivity.js';
import { probes } from '../probes.js';
import {
  at,
  drawnShares,
  firstBeatsAll,
  gaps,
  learntWithLittle,
  leftByInit,
  movesAtEnds,
  onlyFrequencies,
  shareByInit,
} from '../../lesson/facts.js';
import type { SectionsWords, Setup } from '../../lesson/words.js';
import { byStage, cells, each, inits, leftOut, numbers, ofCases, conclusion, updates } from './shared.js';

const { bits, count, listed, moved, percent, range, share, short } = numbers;

const DRAWN = `${count(CASES)} freshly initialised networks of each kind (${INITIALISATIONS.length} initialisations with ${SEEDS} seeds each)`;

export const layerSections = (
  setup: Setup,
): Pick<SectionsWords, 'sensitivity' | 'squashing' | 'regions' | 'depth' | 'freezing'> => {
  const { steps, window, levels } = setup;
  return {
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
      found(figures) {
        const { layers, nets, outcome, parts } = figures;
        const { parts: labels } = layerSections(setup).sensitivity;
        const first = (change: 'small' | 'redrawn'): string =>
          each(nets, (net) => {
            const shares = drawnShares(net, change, 'layer');
            return shares.length === 0 ? 'not seen' : range(shares, share);
          });
        return [
          `In freshly initialised networks, a change of 0.1% to the first of ${layers} layers moves the output by this share of what the same change to the last one does: ${first('small')}. With the whole layer redrawn: ${first('redrawn')}.`,
          ...byStage(steps, (stage) => {
            const found = at(nets, stage);
            if (found.length === 0) return null;
            const shown = each(found, (net) => {
              const ends = movesAtEnds(net.found.byLayer, 'redrawn');
              return `${moved(ends.first)} and ${moved(ends.last)}`;
            });
            return `the effect of redrawing the first layer and the last (share of the predicted probability that moves): ${shown}.`;
          }),
          ...byStage(steps, (stage) => {
            const found = at(nets, stage);
            const lags = (change: 'small' | 'redrawn'): string =>
              each(found, (net) => {
                const lag = hardlyFrom(net.found, change);
                return lag === null ? 'nowhere in the window' : count(lag);
              });
            return found.length === 0
              ? null
              : `a change of the state by 0.1% moves the last prediction by less than a hundredth of what it does at lag 0, from this lag on: ${lags('small')}. With the state redrawn: ${lags('redrawn')}.`;
          }),
          ...leftOut(nets, ({ cell }) => cells[cell], setup),
          conclusion(outcome, parts, labels, {
            holds:
              'Whatever its size, with sigmoid and tanh an early change counts for less than a tenth (layers) and a hundredth (timesteps) of a late one.',
            fails:
              'With sigmoid and tanh an early change counts for more than a tenth (layers) and a hundredth (timesteps) of a late one everywhere.',
            open: 'No change moved the output beyond its rounding: nothing can be compared.',
          }),
        ];
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
      found({ nets, outcome, parts }) {
        const { parts: labels } = layerSections(setup).squashing;
        return [
          ...byStage(steps, (stage) => {
            const found = at(nets, stage);
            return found.length === 0
              ? null
              : `the typical derivative is: ${each(found, (net) => short(net.found.slope))}; saturated units: ${each(found, (net) => percent(net.found.flat))}.`;
          }),
          ...byStage(steps, (stage) => {
            const found = at(nets, stage);
            if (found.length === 0) return null;
            const factors = each(found, ({ found: { factors } }) => {
              const which =
                factors.weights >= 1
                  ? 'the derivative alone takes away, W_hh gives back'
                  : factors.activation < factors.weights
                    ? 'the derivative takes more than W_hh'
                    : 'W_hh takes more than the derivative';
              return `${short(factors.activation)} and ${short(factors.weights)}: ${which}`;
            });
            return `each step back leaves these shares of the gradient, by the derivative and by W_hh: ${factors}.`;
          }),
          ...leftOut(nets, ({ cell }) => cells[cell], setup),
          conclusion(outcome, parts, labels, {
            holds:
              'Both squash, before training and after, and trained units are saturated: the derivative takes from the gradient at every step.',
            fails: 'The typical derivatives are close to 1: nothing is squashed much.',
            open: 'Nothing was measured.',
          }),
        ];
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
      found({ nets, outcome, parts, layers }) {
        const { parts: labels } = layerSections(setup).regions;
        return [
          ...nets.flatMap((net) => {
            const left = leftByInit(net);
            if (left.length === 0) return [];
            const said = left.map(({ init, left }) => `${inits[init]} ${range(left, share)}`).join('; ');
            return [
              `With ${cells[net.cell]}, layer ${layers} has this share of the first layer’s distance: ${said}.`,
            ];
          }),
          `The distance is smaller in every layer in ${listed(parts.map((part) => `${ofCases(part)} cases with ${cells[part.name]}`))}. Where it grows, the weights stretch more than the activation squashes: the table has both factors.`,
          conclusion(outcome, parts, labels, {
            holds:
              'With sigmoid and tanh each layer maps a region to a smaller one, however the weights are drawn.',
            fails: 'Neither with sigmoid nor with tanh does the region shrink in every layer.',
            open: 'There is only one text in the window: no distance can be measured.',
          }),
        ];
      },
      tryIt:
        'The whole lesson from another seed: the figures change, and the verdicts that are robust do not.',
    },

    depth: {
      title: 'It gets worse with every layer',
      claim: 'The more layers are stacked, the less gradient reaches the first one.',
      how: [
        `Networks of 1 to 8 layers, with sigmoid, tanh and ReLU: the norm of the gradient of the loss with respect to the weights of the first layer, in ${DRAWN}. It is worse with depth where the first of 8 layers gets less than a tenth of what a single layer gets.`,
        `Then some of them trained for ${updates(steps)}: what is left of that gradient, and whether the network has learnt. Below, one deep sigmoid network: the gradient of the last prediction in each of its layers, by timesteps back.`,
      ],
      parts: { sigmoid: 'sigmoid', tanh: 'tanh', relu: 'ReLU' },
      found({ nets, lags, outcome, parts }) {
        const { parts: labels } = layerSections(setup).depth;
        const little = learntWithLittle(nets, WORSE_BELOW);
        const trained = nets.flatMap((deep) => deep.trained.map((one) => ({ ...one, cell: deep.cell })));
        return [
          ...nets.map((deep) => {
            const said = shareByInit(deep).map(
              ({ init, shares }) => `${inits[init]} ${range(shares, share)}`,
            );
            return `With ${cells[deep.cell]}, the first of 8 layers gets this share of what a single layer gets: ${said.join('; ')}.`;
          }),
          ...little.map(
            (one) =>
              `Little gradient at the start does not mean that nothing is learnt: ${cells[one.cell]} with 8 layers began with ${share(Math.log10(one.share))} of what a single layer gets, and has learnt (${bits(one.lossNats)}). Adam divides each gradient by its own usual size.`,
          ),
          ...leftOut(
            trained,
            ({ cell, layers }) => `${cells[cell]} with ${layers} ${layers === 1 ? 'layer' : 'layers'}`,
            setup,
          ),
          ...byStage(steps, (stage) => {
            const one = at([lags], stage).at(0)?.found;
            const gap = one && gaps(one.layers);
            if (!gap) return null;
            const begin = `in the sigmoid network of ${one.layers.length} layers the first one has ${share(-gap.near)} of the last one’s gradient at lag 0`;
            return one.crossing === null
              ? `${begin}, and ${share(-gap.far)} at lag ${window - 1}.`
              : `${begin}; its own falls more slowly, and from lag ${one.crossing} on it has no less.`;
          }),
          conclusion(outcome, parts, labels, {
            holds: `With sigmoid and tanh the first of 8 layers gets less than a tenth, whatever the initialisation and the seed.`,
            partly: 'Those cases differ in nothing but the initialisation and the seed.',
            fails:
              'Neither with sigmoid nor with tanh does the first of 8 layers get less than a tenth: here depth alone does not do it.',
            open: 'The gradient is zero even in a single layer: nothing can be compared.',
          }),
        ];
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
      found(figures) {
        const { nets, outcome, parts } = figures;
        const { parts: labels } = layerSections(setup).freezing;
        const loss = (nats: number | null): string => (nats === null ? 'NaN (it diverged)' : bits(nats));
        return [
          ...nets.map(
            ({ cell, start, alone }) =>
              `With ${cells[cell]}, from ${loss(start)} before training, the first layer alone gets to ${loss(alone[0].lossNats)}, the last alone to ${loss(alone[alone.length - 1].lossNats)}.`,
          ),
          ...(onlyFrequencies(figures, levels.unigram)
            ? [
                `None of these is better than guessing by the frequency of each symbol (${bits(levels.unigram)}): with everything else frozen, no layer gets beyond that in so many updates.`,
              ]
            : []),
          ...nets.map((net) => {
            const { cell, withReadout, readout, without, all } = net;
            if (gains(withReadout, without) === null)
              return `With ${cells[cell]} and a readout that learns too, no layer gets ${short(MARGIN_BITS)} bits below ${loss(without)}, the better of the readout by itself and the frequency of each symbol.`;
            const together = firstBeatsAll(net)
              ? `; all layers together, in as many updates: ${loss(all.lossNats)}`
              : '';
            return `With ${cells[cell]} and a readout that learns too, the first layer gets to ${loss(withReadout[0].lossNats)}, the last to ${loss(withReadout[withReadout.length - 1].lossNats)} (the readout by itself: ${loss(readout.lossNats)})${together}.`;
          }),
          conclusion(outcome, parts, labels, {
            holds: 'The first layer gains less than the last, alone and with a readout that learns too.',
            fails: 'The first layer gains no less than the last, alone and with a readout that learns too.',
            open: 'No layer has learnt anything in so many updates: nothing can be compared. Take more --steps.',
          }),
        ];
      },
      tryIt:
        'All four layers together: with every probe, the page shows how far each update moves each layer’s weights.',
    },
  };
};
