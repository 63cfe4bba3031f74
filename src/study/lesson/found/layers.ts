/** What the first five sections found, from layer to layer: which sentences stand, and with which figures. */
import { WORSE_BELOW } from '../../../words/lesson/depth.js';
import { gains } from '../../../words/lesson/freezing.js';
import { MARGIN_BITS } from '../../../words/lesson/levels.js';
import { hardlyFrom } from '../../../words/lesson/sensitivity.js';
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
} from '../facts.js';
import { sentencesIn, type Finders } from './sentences.js';

export const foundByLayer: Finders<'sensitivity' | 'squashing' | 'regions' | 'depth' | 'freezing'> = {
  sensitivity(figures, section, words, setup) {
    const { says } = section;
    const { each, ofNets, leftOut, conclusion } = sentencesIn(words, setup);
    const { count, listed, moved, range, share } = words.numbers;
    const { layers, nets } = figures;
    const first = (change: 'small' | 'redrawn'): string =>
      each(nets, (net) => {
        const shares = drawnShares(net, change, 'layer');
        return shares.length === 0 ? says.unseen : range(shares, share);
      });
    return [
      says.drawn(layers, first('small'), first('redrawn')),
      ...ofNets(nets, (nets) =>
        says.ends(
          each(nets, ({ found }) => {
            const ends = movesAtEnds(found.byLayer, 'redrawn');
            return listed([moved(ends.first), moved(ends.last)]);
          }),
        ),
      ),
      ...ofNets(nets, (nets) => {
        const lags = (change: 'small' | 'redrawn'): string =>
          each(nets, ({ found }) => {
            const lag = hardlyFrom(found, change);
            return lag === null ? says.nowhere : count(lag);
          });
        return says.hardly(lags('small'), lags('redrawn'));
      }),
      ...leftOut(nets, ({ cell }) => words.cells[cell]),
      conclusion(figures, section),
    ];
  },

  squashing(figures, section, words, setup) {
    const { says } = section;
    const { each, ofNets, leftOut, conclusion } = sentencesIn(words, setup);
    const { listed, percent, short } = words.numbers;
    const { nets } = figures;
    return [
      ...ofNets(nets, (nets) =>
        says.derivatives(
          each(nets, ({ found }) => short(found.slope)),
          each(nets, ({ found }) => percent(found.flat)),
        ),
      ),
      ...ofNets(nets, (nets) =>
        says.factors(
          each(nets, ({ found: { factors } }) => {
            const { activation, weights } = factors;
            const most = weights >= 1 ? 'derivativeAlone' : activation < weights ? 'derivative' : 'weights';
            return `${listed([short(activation), short(weights)])}: ${says.takes[most]}`;
          }),
        ),
      ),
      ...leftOut(nets, ({ cell }) => words.cells[cell]),
      conclusion(figures, section),
    ];
  },

  regions(figures, section, words, setup) {
    const { says } = section;
    const { conclusion } = sentencesIn(words, setup);
    const { listed, range, share } = words.numbers;
    const { nets, parts, layers } = figures;
    return [
      ...nets.flatMap((net) => {
        const left = leftByInit(net);
        const byInit = left.map(({ init, left }) => `${words.inits[init]} ${range(left, share)}`).join('; ');
        return left.length === 0 ? [] : [says.left(net.cell, layers, byInit)];
      }),
      says.smaller(listed(parts.map((part) => says.cases(words.heldOf(part.held, part.cases), part.name)))),
      conclusion(figures, section),
    ];
  },

  depth(figures, section, words, setup) {
    const { says } = section;
    const { byStage, leftOut, conclusion } = sentencesIn(words, setup);
    const { bits, range, share } = words.numbers;
    const { nets, lags } = figures;
    const trained = nets.flatMap(({ cell, trained }) => trained.map((one) => ({ ...one, cell })));
    return [
      ...nets.map((deep) => {
        const byInit = shareByInit(deep).map(
          ({ init, shares }) => `${words.inits[init]} ${range(shares, share)}`,
        );
        return says.shares(deep.cell, byInit.join('; '));
      }),
      ...learntWithLittle(nets, WORSE_BELOW).map((one) =>
        says.learnt(one.cell, share(Math.log10(one.share)), bits(one.lossNats)),
      ),
      ...leftOut(trained, ({ cell, layers }) => says.network(cell, layers)),
      ...byStage(
        (stage) =>
          at([lags], stage).flatMap(({ found }) => {
            const gap = gaps(found.layers);
            return gap === null ? [] : [{ ...found, gap }];
          }),
        ([{ layers, crossing, gap }]) => {
          const near = says.near(layers.length, share(-gap.near));
          return crossing === null
            ? says.far(near, setup.window - 1, share(-gap.far))
            : says.crossing(near, crossing);
        },
      ),
      conclusion(figures, section),
    ];
  },

  freezing(figures, section, words, setup) {
    const { says } = section;
    const { conclusion } = sentencesIn(words, setup);
    const { bits, short } = words.numbers;
    const { nets } = figures;
    const { unigram } = setup.levels;
    const loss = (nats: number | null): string => (nats === null ? says.diverged : bits(nats));
    return [
      ...nets.map(({ cell, start, alone }) =>
        says.alone(cell, loss(start), loss(alone[0].lossNats), loss(alone[alone.length - 1].lossNats)),
      ),
      ...(onlyFrequencies(figures, unigram) ? [says.frequencies(bits(unigram))] : []),
      ...nets.map((net) => {
        const { cell, withReadout, readout, without, all } = net;
        if (gains(withReadout, without) === null)
          return says.nothing(cell, short(MARGIN_BITS), loss(without));
        const [first, last] = [withReadout[0], withReadout[withReadout.length - 1]];
        return says.withReadout(
          cell,
          loss(first.lossNats),
          loss(last.lossNats),
          loss(readout.lossNats),
          firstBeatsAll(net) ? says.together(loss(all.lossNats)) : '',
        );
      }),
      conclusion(figures, section),
    ];
  },
};
