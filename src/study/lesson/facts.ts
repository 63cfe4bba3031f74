/** Figures that sentences, charts and tables are made of. */
import { mean } from '../../base/figures.js';
import type { CellName } from '../../model/shape.js';
import type { Change } from '../../words/lesson/changes.js';
import { type Initialisation, INITIALISATIONS } from '../../words/lesson/fresh.js';
import { MARGIN_NATS } from '../../words/lesson/levels.js';
import type { Stages, Stage } from '../../words/lesson/outcome.js';
import { keptByInit, type Deep } from '../../words/lesson/depth.js';
import { gains, type Frozen, type FreezingFigures } from '../../words/lesson/freezing.js';
import { leftInLast, type Regions, type RegionsFigures } from '../../words/lesson/regions.js';
import { recallsUpTo, type Recalling } from '../../words/lesson/recall.js';
import { drawnShare, type Judged, type SensitivityFigures } from '../../words/lesson/sensitivity.js';

export const STAGES: readonly Stage[] = ['start', 'end'];

/** Of each network that something can be concluded from at this stage. */
export const at = <Net extends Stages<unknown>>(
  nets: readonly Net[],
  stage: Stage,
): (Net & { readonly found: Net['start'] })[] =>
  nets.flatMap((net) => {
    const found = stage === 'start' || net.hasLearnt ? net[stage] : null;
    return found === null ? [] : [{ ...net, found }];
  });

/** log10; −∞ of 0, which reads as it is. */
export const log10s = (values: readonly (number | null)[]): number[] =>
  values.flatMap((value) => (value === null ? [] : [Math.log10(value)]));

/** What a change of the first layer moves, beside the same one of the last, log10; of all networks as they are drawn in which both are seen. */
export const drawnShares = (
  { drawn }: SensitivityFigures['nets'][number],
  change: Judged,
  what: 'layer' | 'lag',
): number[] => log10s(drawn.map((ends) => drawnShare(ends, change, what))).filter(Number.isFinite);

/** What a change moves in the first and in the last layer. */
export const movesAtEnds = (
  byLayer: readonly Readonly<Record<Change, number | null>>[],
  change: Change,
): { readonly first: number | null; readonly last: number | null } => ({
  first: byLayer[0][change],
  last: byLayer[byLayer.length - 1][change],
});

/** By initialisation, with inputs as they are: what the last layer leaves of the distance that the first one makes. */
export const leftByInit = ({
  drawn,
}: RegionsFigures['nets'][number]): { init: Initialisation; left: number[] }[] =>
  INITIALISATIONS.map((init) => ({
    init,
    left: log10s(of(drawn, init, 1).map(({ layers }) => leftInLast(layers))).filter(Number.isFinite),
  })).filter(({ left }) => left.length > 0);

export const of = (drawn: readonly Regions[], init: Initialisation, input: Regions['input']): Regions[] =>
  drawn.filter((one) => one.init === init && one.input === input);

/** What a layer leaves of a distance, on average over the layers and networks: the activation's part, and that of the weights. */
export function factorsOfRegions(networks: readonly Regions[]): {
  readonly activation: number | null;
  readonly weights: number | null;
} {
  const meanOf = (values: readonly number[]): number | null => {
    const logs = values.map(Math.log).filter(Number.isFinite);
    return logs.length === 0 ? null : Math.exp(mean(logs));
  };
  return {
    activation: meanOf(networks.flatMap(({ layers }) => layers.map(({ before, after }) => after / before))),
    weights: meanOf(
      networks.flatMap(({ layers }) => layers.slice(1).map(({ before }, l) => before / layers[l].after)),
    ),
  };
}

/** By initialisation: what the first of 8 layers gets beside a single one, log10. */
export const shareByInit = (deep: Deep): { init: Initialisation; shares: number[] }[] =>
  keptByInit(deep)
    .map(({ init, kept }) => ({ init, shares: log10s(kept) }))
    .filter(({ shares }) => shares.length > 0);

/** Trained all the same: their first of most layers began with less than a tenth of what a single layer gets. */
export function learntWithLittle(
  nets: readonly Deep[],
  below: number,
): { cell: CellName; share: number; lossNats: number }[] {
  return nets.flatMap(({ cell, trained }) => {
    const [single, deepest] = [trained[0], trained[trained.length - 1]];
    const share = deepest.start.first / single.start.first;
    const lossNats = deepest.validationLossNats;
    return share < below && deepest.hasLearnt && lossNats !== null ? [{ cell, share, lossNats }] : [];
  });
}

/** Decades between the last and the first layer at lag 0 and at the furthest; null where one of them is exactly 0. */
export function gaps(layers: readonly (readonly (number | null)[])[]): {
  readonly near: number;
  readonly far: number;
} | null {
  const [first, last] = [layers[0], layers[layers.length - 1]];
  const gap = (lag: number): number | null => {
    const [a, b] = [first.at(lag) ?? null, last.at(lag) ?? null];
    return a === null || b === null ? null : b - a;
  };
  const [near, far] = [gap(0), gap(-1)];
  return near === null || far === null ? null : { near, far };
}

/** With everything else frozen no layer gets below the level of the frequencies, beyond the margin. */
export const onlyFrequencies = ({ nets }: FreezingFigures, unigram: number): boolean =>
  nets.every(({ alone }) =>
    alone.every(({ lossNats }) => lossNats === null || lossNats > unigram - MARGIN_NATS),
  );

/** Its first layer and the readout alone have learnt more than all layers together, beyond the margin. */
export const firstBeatsAll = ({ withReadout, all, without }: Frozen): boolean => {
  const [{ lossNats: first }] = withReadout;
  if (first === null || gains(withReadout, without) === null) return false;
  return all.lossNats === null || first < all.lossNats - MARGIN_NATS;
};

/** Where a tenth of the gradient or more arrives before training, and yet most networks of a cell do not recall, as those of another do. */
export function arrivedWithoutRecall(
  nets: readonly Recalling[],
): { readonly net: Recalling; readonly k: number; readonly arrived: readonly number[] }[] {
  return nets.flatMap((net) => {
    const upTo = recallsUpTo(net) ?? 0;
    const next = net.byK.find(({ k }) => k > upTo);
    const arrived = (next?.trained ?? []).flatMap(({ start }) => (start === null ? [] : [start]));
    if (next === undefined || arrived.length === 0 || Math.min(...arrived) < -1) return [];
    if (!nets.some((other) => (recallsUpTo(other) ?? 0) >= next.k)) return [];
    return [{ net, k: next.k, arrived }];
  });
}
