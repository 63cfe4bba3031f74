/** What the last five sections found, from timestep to timestep: which sentences stand, and with which figures. */
import { farEnd, VANISHES_AT } from '../../../words/lesson/curve.js';
import { furthest, reachOf } from '../../../words/lesson/methods.js';
import { totalRange } from '../../../words/lesson/misleading.js';
import { now } from '../../../words/lesson/outcome.js';
import { boundAtEnd, type Product } from '../../../words/lesson/product.js';
import { recallsUpTo } from '../../../words/lesson/recall.js';
import type { Trial } from '../../../words/lesson/remedies.js';
import { arrivedWithoutRecall, at, STAGES } from '../facts.js';
import { sentencesIn, type Finders } from './sentences.js';

export const foundByTime: Finders<'product' | 'methods' | 'remedies' | 'misleading' | 'recall'> = {
  product(figures, section, words, setup) {
    const { says } = section;
    const { each, ofNets, leftOut, conclusion } = sentencesIn(words, setup);
    const { percent, share, short } = words.numbers;
    const { nets } = figures;
    const bound = (product: Product): string => {
      if (!product.isBounded) return says.broken;
      const most = boundAtEnd(product);
      if (most === null) return says.nothing;
      const sigma = says.sigma(short(10 ** (product.boundLog10 ?? 0)));
      if (most >= 0) return says.noLimit(sigma);
      const limit = says.limit(sigma, share(most), setup.window - 1, share(farEnd(product.curve)));
      return most <= VANISHES_AT ? limit : says.lasting(limit);
    };
    return [
      ...ofNets(nets, (nets) =>
        says.steps(
          each(nets, ({ found: one }) =>
            says.step({
              factor: short(one.factor),
              derivative: short(one.activation),
              weights: short(one.weights),
              shrinking: percent(one.shrinking),
              steps: one.curve.length - 1,
              left: share(farEnd(one.curve)),
            }),
          ),
        ),
      ),
      ...ofNets(nets, (nets) => says.bound(each(nets, ({ found }) => bound(found)))),
      ...leftOut(nets, ({ cell }) => words.cells[cell]),
      conclusion(figures, section),
    ];
  },

  methods(figures, section, words, setup) {
    const { says } = section;
    const { byStage, leftOut, conclusion } = sentencesIn(words, setup);
    const { bits, range, share } = words.numbers;
    const { contenders } = figures;
    const last = setup.window - 1;
    const best = furthest(contenders);
    const loss = (nats: number | null): string => (nats === null ? '' : says.loss(bits(nats)));
    const trained = contenders.flatMap(({ attempts, ...net }) => attempts.map((one) => ({ ...one, net })));
    return [
      ...byStage(
        (stage) =>
          contenders.flatMap(({ attempts, ...net }) => {
            const left = at(attempts, stage).map(({ found }) => farEnd(found.curve));
            return left.length === 0 ? [] : [`${words.contender(net)} ${range(left, share)}`];
          }),
        (found) => says.left(last, found.join('; ')),
      ),
      best === null
        ? says.none
        : says.best(
            words.contender(best),
            last,
            share(reachOf(best.attempts[0])),
            loss(best.attempts[0].validationLossNats),
          ),
      ...leftOut(trained, ({ net, seed }) => says.withSeed(words.contender(net), seed)),
      conclusion(figures, section),
    ];
  },

  remedies(figures, section, words, setup) {
    const { says, concludes } = section;
    const { conclusion } = sentencesIn(words, setup);
    const { count, listed, range, share, short } = words.numbers;
    const { remedies, tanh, parts } = figures;
    const hasPrice = parts.some(({ outcome, held, cases }) => outcome === 'partly' && held === cases);
    return [
      ...remedies.flatMap((remedy) => {
        const { trials, attempts } = remedy;
        if (trials.length === 0) return [];
        const number = (what: keyof Trial): number => trials.filter((trial) => trial[what]).length;
        const prices = (['dies', 'explodes', 'isBehind'] as const)
          .filter((price) => number(price) > 0)
          .map((price) => `${says.prices[price]} (${words.heldOf(number(price), trials.length)})`);
        const left = at(attempts, 'end').map(({ found }) => farEnd(found.curve));
        const reach =
          left.length === 0
            ? says.unlearnt(trials.length)
            : says.reach({
                lag: setup.window - 1,
                left: range(left, share),
                tanh: range(tanh.attempts.map(reachOf), share),
                learnt: count(number('hasLearnt')),
                runs: trials.length,
                reaching: count(number('reaches')),
              });
        const price = prices.length === 0 ? says.free : says.paid(listed(prices));
        return [`${words.contender(remedy)}: ${reach}. ${price}.`];
      }),
      ...remedies.flatMap(({ cell, attempts: [attempt] }) => {
        const [tanhs] = tanh.attempts;
        if (cell !== 'lstm' || !attempt.hasLearnt || !tanhs.hasLearnt) return [];
        const { drop, tail } = now(attempt).memory;
        const tanhTail = now(tanhs).memory.tail;
        if (!drop || !tail || !tanhTail) return [];
        return [
          says.curve(
            short(drop.decades),
            drop.lag,
            short(tail.decadesPerStep),
            short(tanhTail.decadesPerStep),
          ),
        ];
      }),
      conclusion(figures, {
        ...section,
        concludes: hasPrice ? concludes : { ...concludes, partly: '' },
      }),
    ];
  },

  misleading(figures, section, words, setup) {
    const { says } = section;
    const { ofNets, leftOut, conclusion } = sentencesIn(words, setup);
    const { share, short } = words.numbers;
    const { nets } = figures;
    const varying = (decades: number): string =>
      decades === Infinity ? says.isZero : says.varies(short(10 ** decades));
    return [
      ...ofNets(
        nets,
        (nets) =>
          `${nets
            .map(({ cell, found }) =>
              says.total(cell, varying(totalRange(found)), share(found.leftLog10 ?? -Infinity)),
            )
            .join('; ')}.`,
      ),
      ...leftOut(nets, ({ cell }) => words.cells[cell]),
      conclusion(figures, section),
    ];
  },

  recall(figures, section, words, setup) {
    const { says } = section;
    const { conclusion } = sentencesIn(words, setup);
    const { count, percent, range, share } = words.numbers;
    const { nets, concordance, updates, chance } = figures;
    const furthestBack = nets.map((one) => {
      const k = recallsUpTo(one);
      return `${words.contender(one)} ${k === null ? says.none : count(k)}`;
    });
    const longest = Math.max(...nets.flatMap(({ byK }) => byK.map(({ k }) => k)));
    return [
      says.upTo(updates, furthestBack.join('; '), count(longest), percent(chance)),
      ...STAGES.flatMap((stage) => {
        const { together, pairs } = concordance[stage];
        return pairs === 0 ? [] : [says.pairs(pairs, stage, count(together), percent(together / pairs))];
      }),
      ...arrivedWithoutRecall(nets).map(({ net, k, arrived }) =>
        says.alone(words.contender(net), range(arrived, share), count(k)),
      ),
      conclusion(figures, section),
    ];
  },
};
