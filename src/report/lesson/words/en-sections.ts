/** The lesson's six sections in English. */
import {
  besideUsual,
  exploded,
  farEnd,
  furthest,
  methodsParts,
  type Norms,
} from '../../../study/lesson/methods.js';
import { totalRange } from '../../../study/lesson/misleading.js';
import { SQUASHES_BELOW } from '../../../study/lesson/squashing.js';
import { plural } from '../../../base/words.js';
import { listed } from '../../numbers.js';
import { HEADINGS } from '../../page/headings.js';
import { depthShares, endShares, gaps, now, nudgeLags, nudgeShares, type CellShare } from './facts.js';
import { numbersIn } from './language.js';
import type { Stage, Words } from './words.js';

const { count, counted, fixed, percent, power, share, short } = numbersIn('en');

export const cells: Words['cells'] = {
  sigmoid: 'sigmoid',
  tanh: 'tanh',
  relu: 'ReLU',
  lstm: 'LSTM',
  gru: 'GRU',
};
export const contender: Words['contender'] = ({ cell, init }) =>
  init === 'identity' ? `${cells[cell]} (identity)` : cells[cell];

/** `sigmoid 10⁻⁴, tanh 13% and ReLU 98%` */
const perCell = (found: readonly CellShare[]): string =>
  listed(found.map(({ cell, log10 }) => `${cells[cell]} ${log10 === null ? '–' : share(log10)}`));

const besideInWords = (factor: string): string =>
  factor === '1' ? 'the usual one' : `${factor} times the usual one`;

const STAGES: readonly Stage[] = ['start', 'end'];
const stepsBack = (lag: number): string => counted(lag, 'timestep', 'timesteps');

/** `Before training` and `After 1,000 updates`, each with what is said of it. */
const byStage = (steps: number, say: (stage: Stage) => string | null): string[] =>
  STAGES.flatMap((stage) => {
    const said = say(stage);
    return said === null
      ? []
      : [
          `${stage === 'start' ? 'Before training' : `After ${counted(steps, 'update', 'updates')}`}, ${said}`,
        ];
  });

export const englishSections: Words['sections'] = ({ steps, window }) => ({
  sensitivity: {
    title: 'A change at the beginning hardly moves the end',
    claim:
      'A small change to an early parameter, in the first layer or many timesteps back, hardly moves the output; the same change late moves it.',
    how: [
      'No derivative is needed to see this. The weights W_hh of one layer are nudged by a thousandth of their size, in random directions; the network is run again, and its outputs are compared. Then the state h of the top layer is nudged in the same way, k timesteps before the last prediction.',
      'Where a curve ends, the nudge is no longer to be seen in the sixteen digits of the output.',
    ],
    found(figures) {
      const { layers, outcome } = figures;
      return [
        ...byStage(steps, (stage) => {
          const found = nudgeShares(figures, stage);
          return found.length === 0
            ? null
            : `a nudge of the first of ${layers} layers moves the output by this share of what one of the last layer does: ${perCell(found)}.`;
        }),
        ...byStage(steps, (stage) => {
          const found = nudgeLags(figures, stage).map(
            ({ cell, lag }) => `${cells[cell]} ${lag ?? 'nowhere in the window'}`,
          );
          return found.length === 0
            ? null
            : `a nudge of the state moves the last prediction less than a hundredth of what one at the last timestep does, from this many timesteps back on: ${found.join('; ')}.`;
        }),
        {
          holds:
            'With sigmoid and tanh an early change counts for less than a tenth (layers) and a hundredth (timesteps), before training and after.',
          partly:
            'It counts for less than a tenth (layers) and a hundredth (timesteps) in part of the cases with sigmoid and tanh, and in others for more: how little depends on the activation and on what training has made of the weights.',
          fails:
            'With sigmoid and tanh an early change counts for more than a tenth (layers) and a hundredth (timesteps) everywhere.',
        }[outcome],
      ];
    },
    tryIt:
      'check holds the gradients of a fresh network to nudges, in float64: its column “largest |∂|” shows how little the weights of layer 0 (the first) count beside the last one’s.',
  },
  squashing: {
    title: 'Sigmoid and tanh squash',
    claim:
      'Sigmoid and tanh squash whatever passes through them: the slope is never above ¼ and 1, and on the flat parts next to nothing; the gradient is multiplied by it.',
    how: [
      'Each unit adds up its inputs (the pre-activation a) and sends the sum through the activation φ. On its way back the gradient is multiplied by the slope φ′(a) at just this place. Behind the curves: where the units of a network of one layer are, after training, at every timestep of the window.',
    ],
    found({ nets, outcome }) {
      const trained = nets.map((one) => ({ cell: one.cell, ...now(one) }));
      return [
        `The typical slope (root of the mean square) is ${listed(trained.map(({ cell, slope }) => `${short(slope)} with ${cells[cell]}`))}; at the start it was ${listed(nets.map(({ start }) => short(start.slope)))}.`,
        `On the flat parts, where the slope is below 0.05, there are ${listed(trained.map(({ cell, flat }) => `${percent(flat)} of the units with ${cells[cell]}`))}.`,
        {
          holds:
            'Both take from the gradient at every step, and the flat parts are inhabited: squashing and saturation both show.',
          partly: trained.every(({ slope }) => slope < SQUASHES_BELOW)
            ? 'Both squash, but hardly any unit is on a flat part: it is not saturation that makes the gradient vanish here; a slope below 1, time after time, is enough.'
            : 'Not both of them squash: with one the slope is close to 1 on the whole, since its units stay where the curve is steep.',
          fails:
            'In these networks the slopes are close to 1 and hardly any unit is on a flat part: nothing is squashed much.',
        }[outcome],
      ];
    },
    tryIt: `With every probe, the page shows the saturation of the units by timestep, and its course over the training, under “${HEADINGS.saturation}”.`,
  },
  depth: {
    title: 'It gets worse with every layer',
    claim: 'The more layers are stacked, the less gradient reaches the first one.',
    how: [
      'Networks of 1 to 8 layers, with sigmoid, tanh and ReLU: the norm of the gradient of the loss by the weights of the first layer, on a logarithmic scale.',
      'Below them, one deep sigmoid network: the gradient of the last prediction in each of its layers, by timesteps back.',
    ],
    found(figures) {
      const { nets, lags, outcome } = figures;
      return [
        ...byStage(steps, (stage) => {
          const found = depthShares(figures, stage);
          return found.length === 0
            ? null
            : `the first of 8 layers gets this share of what a single layer gets: ${perCell(found)}.`;
        }),
        ...byStage(steps, (stage) => {
          const found = endShares(nets, stage);
          return found.length === 0
            ? null
            : `beside the last layer of the same network, the first of 8 gets: ${perCell(found)}.`;
        }),
        ...byStage(steps, (stage) => {
          const one = lags[stage];
          const gap = one && gaps(one.layers);
          if (!one || !gap) return null;
          const begin = `in the network of ${one.layers.length} layers the first one has ${share(-gap.near)} of the last one’s gradient at lag 0`;
          return one.crossing === null
            ? `${begin}, and ${share(-gap.far)} at lag ${window - 1}: the curves do not cross.`
            : `${begin}; but its own falls more slowly, and from lag ${one.crossing} on it has no less.`;
        }),
        'Down is not back: what reaches a lower layer far back has many paths, some steps back in each of the layers above, and they add up. So the first layer starts much lower and may yet lose less with each timestep.',
        {
          holds:
            'At the start, sigmoid and tanh leave the first of 8 layers less than a tenth: with every layer there is less to learn from.',
          partly:
            'At the start, one of sigmoid and tanh leaves the first of 8 layers less than a tenth, the other more: depth costs gradient, and how much is up to the activation.',
          fails:
            'At the start, neither sigmoid nor tanh leaves the first of 8 layers less than a tenth: here depth alone does not do it.',
        }[outcome],
      ];
    },
    tryIt:
      'Eight layers of sigmoid, trained and inspected: memory and gradient of each (inspect counts layers from 0).',
  },
  product: {
    title: 'It is a product of many small factors',
    claim:
      'Each timestep back multiplies the gradient by the slope of the activation and by W_hh; many factors below 1 make a product that is next to nothing.',
    how: [
      'The gradient of the last prediction in a trained network of one layer, step by step, each split into its two parts. Beside the curve stands what theory allows at most: (σ₁γ)ᵏ, the largest stretch of W_hh times the steepest slope, k times over.',
    ],
    found({ nets, outcome }) {
      return [
        ...nets.map(({ cell, factor, activationFactor, weightsFactor, curve, shrinking }) => {
          const end = curve.at(-1) ?? null;
          const product = end === null ? 'exactly 0' : power(Math.round(end));
          return `With ${cells[cell]} a step keeps ${short(factor)} on average (${short(activationFactor)} by the derivative, times ${short(weightsFactor)} by W_hh); ${percent(shrinking)} of the steps shrink it. ${stepsBack(curve.length - 1)} ${plural(curve.length - 1, 'makes', 'make')} ${product}.`;
        }),
        ...nets.map(({ cell, boundLog10, isBounded }) => {
          if (!isBounded)
            return `With ${cells[cell]} the curve is above the bound: that cannot be, and is a defect of the program.`;
          const bound = boundLog10 === null ? '0' : short(10 ** boundLog10);
          return boundLog10 !== null && boundLog10 >= 0
            ? `With ${cells[cell]} σ₁γ is ${bound}: not below 1, so the bound alone forbids nothing. It says what could happen at worst; what does happen on this text stays below.`
            : `With ${cells[cell]} σ₁γ is ${bound}, below 1: that it vanishes was certain before anything was measured.`;
        }),
        {
          holds:
            'Nine in ten steps and more shrink the gradient, and the bound is kept: a product of many small factors it is.',
          partly:
            'Not all of it shows: in one of the networks more than a tenth of the steps do not shrink the gradient.',
          fails:
            'More than a tenth of the steps do not shrink the gradient, in either network: here it is no product of small factors alone.',
        }[outcome],
      ];
    },
    tryIt: `The page shows the same split under “${HEADINGS.parts}”, and σ₁ under “${HEADINGS.theory}”.`,
  },
  methods: {
    title: 'It is the method and the activation, not networks as such',
    claim:
      'That the gradient vanishes is a matter of how a network is built, started and trained, and not of networks as such: with other activations, starts and cells it reaches further. ReLU has its price.',
    how: [
      'The same text, the same number of units, one layer each; ReLU with the usual uniform start and with W_hh as the identity; LSTM and GRU, whose gates let a state pass unchanged. All on the same axes.',
      'A unit is dead that is 0 at every timestep of the whole window: no gradient passes. The limit to the gradient (clipping, at a norm of 5) is left out in a second training of tanh and ReLU.',
    ],
    found({ contenders, outcome }) {
      const squashing = contenders.filter(({ cell }) => cell === 'sigmoid' || cell === 'tanh');
      const best = furthest(contenders);
      const reach = (one: (typeof contenders)[number]): string => {
        const { lag1pct } = now(one).memory;
        return lag1pct === null
          ? `with ${contender(one)} more than 1% is left at lag ${window - 1}`
          : `with ${contender(one)} 1% is left after ${stepsBack(lag1pct)}`;
      };
      const bits = (nats: number | null): string =>
        nats === null ? '' : ` (${fixed(nats / Math.LN2, 2)} bits per character)`;
      const price = contenders
        .filter(({ cell }) => cell === 'relu')
        .map((one) => {
          const { dead } = now(one);
          const size = (norms: Norms): string =>
            norms.divergedAt === null
              ? besideInWords(short(besideUsual(norms)))
              : `no number at update ${count(norms.divergedAt)}, where its training ended`;
          const free = one.freeNorms ? ` (where it was never clipped: ${size(one.freeNorms)})` : '';
          const explodes = [one.clippedNorms, one.freeNorms].some((norms) => norms && exploded(norms));
          return `${contender(one)}: ${percent(dead ?? 0)} of the units are dead, ${percent(one.clipped)} of the updates had to be clipped, and the largest gradient was ${size(one.clippedNorms)}${free}${explodes ? ': it explodes' : ''}${bits(one.validationLossNats)}.`;
        });
      return [
        `After training, ${squashing.map(reach).join(', ')}.`,
        best?.end
          ? `Of those that have learnt no less than sigmoid, ${contender(best)} reaches furthest: ${share(farEnd(best.end))} is left at lag ${window - 1}${bits(best.validationLossNats)}.`
          : 'None of the others has learnt as much as sigmoid in the same time.',
        ...price,
        {
          holds:
            'Sigmoid and tanh vanish, and another kind of network keeps more than a hundred times what tanh does: it is not fate.',
          partly: methodsParts(contenders).vanish
            ? 'Sigmoid and tanh vanish, but no other that has learnt keeps a hundred times what tanh does: a longer training may tell them apart.'
            : 'Another keeps a hundred times what tanh does, but sigmoid and tanh do not both vanish within this window: a longer one may show it.',
          fails:
            'Neither do sigmoid and tanh vanish here, nor does another keep much more: these figures do not tell them apart.',
        }[outcome],
      ];
    },
    tryIt:
      'A GRU, trained and inspected. With --cell relu --init identity instead (and another --out) it is the ReLU of the table, and with --cell lstm the LSTM.',
  },
  misleading: {
    title: 'The flat curve that misleads',
    claim:
      'The gradient that most tools plot, by timestep and of the whole loss, is level however much has vanished; only that of a single loss shows it.',
    how: [
      'Every timestep has a prediction and a loss of its own, and each adds a fresh gradient there: the total ‖∂L/∂h‖ stays level, however little of it has come from far away. Beside it, for the same network, timesteps and scale: the gradient of the last loss alone.',
    ],
    found({ nets, outcome }) {
      const varies = (decades: number): string =>
        decades === Infinity
          ? 'is exactly 0 somewhere in the window'
          : `varies over the window by a factor of ${short(10 ** decades)}`;
      return [
        ...nets.map(
          (one) =>
            `With ${cells[one.cell]} the total ${varies(totalRange(one))}, while ${share(one.leftLog10 ?? -Infinity)} of the last loss’s gradient is left at its beginning.`,
        ),
        {
          holds: 'Who looks at the total alone sees nothing of it.',
          partly:
            'In one of the networks the total is level and hides it; in the other it is not, or there is not much to hide.',
          fails: 'Here the total is not level, or nothing vanishes behind it: it does not mislead.',
        }[outcome],
      ];
    },
    tryIt: `Both curves stand under “${HEADINGS.total}”.`,
  },
});
