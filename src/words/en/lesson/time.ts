/** The last five sections in English: what happens from timestep to timestep. */
import { farEnd, VANISHES_AT } from '../../lesson/curve.js';
import { MARGIN_BITS } from '../../lesson/levels.js';
import { now } from '../../lesson/outcome.js';
import { furthest, reachOf, REPEATS } from '../../lesson/methods.js';
import { totalRange } from '../../lesson/misleading.js';
import { boundAtEnd } from '../../lesson/product.js';
import { recallsUpTo } from '../../lesson/recall.js';
import { probes } from '../probes.js';
import { arrivedWithoutRecall, at } from '../../lesson/facts.js';
import type { SectionsWords, Setup } from '../../lesson/words.js';
import {
  byStage,
  cells,
  contender,
  each,
  leftOut,
  numbers,
  conclusion,
  stepsBack,
  updates,
} from './shared.js';

const { bits, count, counted, listed, percent, plural, range, share, short } = numbers;

const attempts = ({ cases }: { readonly cases: number }): string => counted(cases, 'run');

export const timeSections = (
  setup: Setup,
): Pick<SectionsWords, 'product' | 'methods' | 'remedies' | 'misleading' | 'recall'> => {
  const { steps, window } = setup;
  const last = window - 1;
  return {
    product: {
      title: 'It is a product of many small factors',
      claim:
        'Each timestep back multiplies the gradient by the derivative of the activation and by W_hh; many factors below 1 make a product that is next to nothing.',
      how: [
        'The gradient of the last prediction in a network of one layer, step by step, each step split into its two parts. Beside the curve stands what theory allows at most: (σ₁γ)ᵏ, the largest stretch of W_hh times the largest derivative, k times over.',
        'A product of many small factors: nine in ten steps or more shrink the gradient, at the window’s far end at most 1% is left, and nowhere is the curve above the bound.',
      ],
      parts: { sigmoid: 'sigmoid', tanh: 'tanh', bound: 'the bound is kept' },
      found({ nets, outcome, parts }) {
        const { parts: labels } = timeSections(setup).product;
        return [
          ...byStage(steps, (stage) => {
            const found = at(nets, stage);
            if (found.length === 0) return null;
            return `a step keeps on average: ${each(found, ({ found: one }) => {
              return `${short(one.factor)} (derivative ${short(one.activation)}, W_hh ${short(one.weights)}), ${percent(one.shrinking)} of the steps shrink it, and ${stepsBack(one.curve.length - 1)} ${plural(one.curve.length - 1, 'makes', 'make')} ${share(farEnd(one.curve))}`;
            })}.`;
          }),
          ...byStage(steps, (stage) => {
            const found = at(nets, stage);
            if (found.length === 0) return null;
            return `the bound: ${each(found, ({ found: one }) => {
              if (!one.isBounded) return 'is broken by the curve, which cannot be: a defect of the program';
              const most = boundAtEnd(one);
              if (most === null) return 'σ₁γ is 0: nothing may be left';
              const sigma = `σ₁γ is ${short(10 ** (one.boundLog10 ?? 0))}`;
              if (most >= 0) return `${sigma}, not below 1, and so forbids nothing`;
              const allowed = `${sigma}, and so at most ${share(most)} may be left at lag ${last}; measured, it is ${share(farEnd(one.curve))}`;
              return most <= VANISHES_AT
                ? allowed
                : `${allowed}: it does not have to vanish within this window`;
            })}.`;
          }),
          ...leftOut(nets, ({ cell }) => cells[cell], setup),
          conclusion(outcome, parts, labels, {
            holds:
              'Nine in ten steps or more shrink the gradient, at most 1% is left, and the bound is kept: it is indeed a product of many small factors.',
            fails: 'In these networks it is not a product of many small factors, and the bound is broken.',
            open: 'Nothing was measured.',
          }),
        ];
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
      found({ contenders, outcome, parts }) {
        const { parts: labels } = timeSections(setup).methods;
        const best = furthest(contenders);
        const trained = contenders.flatMap(({ attempts, ...net }) =>
          attempts.map((one) => ({ ...one, net })),
        );
        return [
          ...byStage(steps, (stage) => {
            const found = contenders.flatMap(({ attempts, ...net }) => {
              const lasting = at(attempts, stage).map(({ found }) => farEnd(found.curve));
              return lasting.length === 0 ? [] : [`${contender(net)} ${range(lasting, share)}`];
            });
            return found.length === 0 ? null : `at lag ${last} this is left: ${found.join('; ')}.`;
          }),
          best === null
            ? 'None of the others has learnt as much as sigmoid, or more than the frequency of each symbol.'
            : `Of those that are neither sigmoid nor tanh, have learnt and predict no worse than sigmoid, ${contender(best)} reaches furthest (first seed): ${share(reachOf(best.attempts[0]))} is left at lag ${last}${lossOf(best.attempts[0].validationLossNats)}.`,
          ...leftOut(trained, ({ net, seed }) => `${contender(net)} with seed ${seed}`, setup),
          conclusion(outcome, parts, labels, {
            holds:
              'The gradient of sigmoid and tanh vanishes, and that of another kind of network, trained in the same way, reaches further: networks as such are not the cause.',
            fails: 'Within this window the gradient of sigmoid and tanh does not vanish.',
            open: 'None of the others has learnt, or tanh keeps its gradient within this window: there is nothing to compare with.',
          }),
        ];
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
      found({ remedies, tanh, outcome, parts }) {
        const { parts: labels } = timeSections(setup).remedies;
        return [
          ...remedies.flatMap((remedy) => {
            const { trials, attempts: all } = remedy;
            if (trials.length === 0) return [];
            const number = (holds: (trial: (typeof trials)[number]) => boolean): number =>
              trials.filter(holds).length;
            const prices = [
              [number(({ dies }) => dies), 'many units died'],
              [number(({ explodes }) => explodes), 'the gradient exploded'],
              [number(({ isBehind }) => isBehind), 'it predicts worse than tanh'],
            ] as const;
            const paid = prices
              .filter(([many]) => many > 0)
              .map(([many, what]) => `${what} (${many} of ${trials.length})`);
            const left = at(all, 'end').map(({ found }) => farEnd(found.curve));
            const many = attempts({ cases: trials.length });
            const reach =
              left.length === 0
                ? `in none of ${many} it has learnt`
                : `at lag ${last} ${range(left, share)} is left (tanh ${range(tanh.attempts.map(reachOf), share)}); in ${count(number(({ hasLearnt }) => hasLearnt))} of ${many} it has learnt, in ${count(number(({ reaches }) => reaches))} it also reaches further`;
            return [
              `${contender(remedy)}: ${reach}. ${paid.length === 0 ? 'It pays none of the prices' : `Its price: ${listed(paid)}`}.`,
            ];
          }),
          ...remedies.flatMap((remedy) => {
            if (remedy.cell !== 'lstm' || !remedy.attempts[0].hasLearnt || !tanh.attempts[0].hasLearnt)
              return [];
            const [attempt] = remedy.attempts;
            const [tanhTail] = tanh.attempts.map((one) => now(one).memory.tail);
            const { drop, tail } = now(attempt).memory;
            if (!drop || !tail || !tanhTail) return [];
            return [
              `The curve of the LSTM (first seed) drops by ${short(drop.decades)} powers of ten within ${stepsBack(drop.lag)}; from there on a step changes it by ${short(tail.decadesPerStep)}. The tail of tanh changes by ${short(tanhTail.decadesPerStep)} a step.`,
            ];
          }),
          conclusion(outcome, parts, labels, {
            holds: 'ReLU works in every run, with both initialisations, and pays none of the prices.',
            ...(parts.some(({ outcome, held, cases }) => outcome === 'partly' && held === cases) && {
              partly: 'What works in every run and yet holds only in part pays a price.',
            }),
            fails: 'ReLU works in no run, with neither initialisation.',
            open: 'There is no tanh network that has learnt and whose gradient vanishes: there is nothing to remedy. More --steps, or a longer --window, may show one.',
          }),
        ];
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
      found({ nets, outcome, parts }) {
        const { parts: labels } = timeSections(setup).misleading;
        const varies = (decades: number): string =>
          decades === Infinity
            ? 'is exactly 0 somewhere in the window'
            : `varies over the window by a factor of ${short(10 ** decades)}`;
        return [
          ...byStage(steps, (stage) => {
            const found = at(nets, stage);
            return found.length === 0
              ? null
              : `${found
                  .map(
                    ({ cell, found: one }) =>
                      `the total of ${cells[cell]} ${varies(totalRange(one))}, while ${share(one.leftLog10 ?? -Infinity)} of the last loss’s gradient is left`,
                  )
                  .join('; ')}.`;
          }),
          ...leftOut(nets, ({ cell }) => cells[cell], setup),
          conclusion(outcome, parts, labels, {
            holds: 'Whoever looks at the total alone sees nothing of it.',
            fails: 'Here the total is not level: it does not mislead.',
            open: 'Nothing vanishes within this window, and so there is nothing to hide.',
          }),
        ];
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
      found({ nets, outcome, parts, concordance, updates: many, chance }) {
        const { parts: labels } = timeSections(setup).recall;
        const furthestBack = nets.map((one) => {
          const k = recallsUpTo(one);
          return `${contender(one)} ${k === null ? 'not even 1' : count(k)}`;
        });
        const apart = (['start', 'end'] as const).flatMap((stage) => {
          const { together, pairs } = concordance[stage];
          return pairs === 0
            ? []
            : [
                `Of ${count(pairs)} pairs of networks for the same k of which one recalls and the other does not, the one that recalls had more gradient at the letter ${stage === 'start' ? 'before training' : 'after it'} in ${count(together)} (${percent(together / pairs)}).`,
              ];
        });
        return [
          `After ${updates(many)}, most networks of a kind recall up to this k: ${furthestBack.join('; ')} (longest sequence: k = ${count(Math.max(...nets.flatMap(({ byK }) => byK.map(({ k }) => k))))}; chance: ${percent(chance)}).`,
          ...apart,
          ...arrivedWithoutRecall(nets).map(
            ({ net, k, arrived }) =>
              `Reach alone is not enough: with ${contender(net)} ${range(arrived, share)} arrived at k = ${count(k)} before training, and yet most of these networks do not recall it, while those of another kind do.`,
          ),
          conclusion(outcome, parts, labels, {
            holds: 'Reach and recall go together, before training and after.',
            fails:
              'Reach and recall do not go together: of such pairs, in half or more it is the other way round.',
            open: 'For each k either all networks recall or none does: nothing tells them apart. More --steps, or a longer --window, may.',
          }),
        ];
      },
      tryIt: 'The whole lesson with twice the updates: does what is recalled reach further back?',
    },
  };
};

const lossOf = (nats: number | null): string => (nats === null ? '' : ` (${bits(nats)} per character)`);
