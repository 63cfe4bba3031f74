/** The pictures of the first five sections: what happens from layer to layer. */
import { median } from '../../../base/figures.js';
import { ALL_CHANGES } from '../changes.js';
import { type Case, INITIALISATIONS } from '../../../words/lesson/fresh.js';
import { kept, type Deep, type DepthFigures } from '../../../words/lesson/depth.js';
import { DEEPEST_NET } from '../sections/depth.js';
import type { FreezingFigures, Learnt } from '../../../words/lesson/freezing.js';
import { INPUTS, type RegionsFigures } from '../../../words/lesson/regions.js';
import { JUDGED, relativeMoves, type SensitivityFigures } from '../../../words/lesson/sensitivity.js';
import { pointsOf } from '../../../probe/view.js';
import type { Html } from '../../../ui/html.js';
import { at, of } from '../facts.js';
import type { PictureWords, Setup, LessonWords } from '../../../words/lesson/words.js';
import type { Stage } from '../../../words/lesson/outcome.js';
import { counting, DEEPEST_DRAWN, log10OrNull, logChart, titledChart } from './log.js';

/** Lags of the layers' curves that are drawn: where they cross they do so early, and further on lie close. */
const CROSSING_SHOWN = 17;

/** The smallest and the largest change, of each network. */
export function sensitivityCharts(
  figures: SensitivityFigures,
  stage: Stage,
  words: LessonWords,
  { sensitivity }: PictureWords,
): (Html | null)[] {
  const measured = at(figures.nets, stage).flatMap(({ cell, found }) =>
    JUDGED.map((change) => ({
      change,
      found,
      label: `${words.cells[cell]}, ${sensitivity.changes[change]}`,
    })),
  );
  return [
    logChart(words, {
      words: sensitivity.byLayer[stage],
      marks: counting(figures.layers),
      series: measured.map(({ label, found, change }) => ({
        label,
        points: found.byLayer.map((moved, layer) => ({ x: layer + 1, y: log10OrNull(moved[change]) })),
      })),
    }),
    logChart(words, {
      words: sensitivity.byLag[stage],
      series: measured.map(({ label, found, change }) => ({
        label,
        points: relativeMoves(found, change).map(({ lag, moved }) => ({ x: lag, y: log10OrNull(moved) })),
      })),
    }),
  ];
}

/** Rows of the tables of changes: the ends of each network. */
export function sensitivityRows(
  { nets }: SensitivityFigures,
  words: LessonWords,
  { stages }: PictureWords,
): { readonly layers: string[][]; readonly lags: string[][] } {
  const write = (moves: Readonly<Record<string, number | null>>): string[] =>
    ALL_CHANGES.map((change) => words.numbers.moved(moves[change]));
  const found = (['start', 'end'] as const).flatMap((stage) =>
    at(nets, stage).map((net) => ({ ...net, name: `${words.cells[net.cell]}, ${stages[stage]}` })),
  );
  return {
    layers: found.flatMap(({ name, found: { byLayer } }) =>
      [0, byLayer.length - 1].map((l) => [name, words.numbers.count(l + 1), ...write(byLayer[l])]),
    ),
    lags: found.flatMap(({ name, found: { byLag } }) =>
      [byLag[0], byLag[byLag.length - 1]].map(({ lag, moved }) => [
        name,
        words.numbers.count(lag),
        ...write(moved),
      ]),
    ),
  };
}

/** The initialisation that is usual, and one that is meant to keep the distances. */
const DRAWN_INITS: readonly Case['init'][] = ['uniform', 'glorot'];

export const regionsCharts = (
  { nets, layers }: RegionsFigures,
  words: LessonWords,
  { regions }: PictureWords,
): (Html | null)[] =>
  INPUTS.map((input) =>
    logChart(words, {
      words: regions.curves[input],
      marks: [0, ...counting(layers)],
      series: nets.flatMap(({ cell, drawn }) =>
        DRAWN_INITS.flatMap((init) => {
          const networks = of(drawn, init, input);
          if (networks.length === 0) return [];
          const entering = median(networks.map((one) => one.layers[0].before));
          const after = counting(layers).map((layer) =>
            median(networks.map((one) => one.layers[layer - 1].after)),
          );
          return [
            {
              label: `${words.cells[cell]}, ${words.inits[init]}`,
              points: pointsOf([entering, ...after].map(log10OrNull)),
            },
          ];
        }),
      ),
    }),
  );

export const depthChart = (deep: Deep, words: LessonWords, { depth }: PictureWords): Html | null =>
  logChart(words, {
    words: depth.drawn(deep.cell),
    marks: counting(DEEPEST_NET),
    series: INITIALISATIONS.map((init) => {
      const networks = deep.drawn.filter((one) => one.init === init);
      return {
        label: words.inits[init],
        points: counting(DEEPEST_NET).flatMap((layers) => {
          const shares = networks
            .map(({ byDepth }) => kept(byDepth.slice(0, layers)))
            .filter((x) => x !== null);
          return shares.length === 0 ? [] : [{ x: layers, y: log10OrNull(median(shares)) }];
        }),
      };
    }),
  });

export function layersChart(
  { lags }: DepthFigures,
  stage: Stage,
  words: LessonWords,
  { depth }: PictureWords,
): Html | null {
  const one = at([lags], stage).at(0);
  return one === undefined
    ? null
    : logChart(words, {
        words: depth.lags[stage],
        deepest: 2 * DEEPEST_DRAWN,
        series: one.found.layers.map((curve, layer) => ({
          label: depth.layer(layer + 1),
          points: pointsOf(curve.slice(0, CROSSING_SHOWN)),
        })),
      });
}

/** Loss by the layer that learns; a dashed line is what knowing the frequencies gives. */
export function freezingChart(
  { nets, layers }: FreezingFigures,
  which: 'alone' | 'withReadout',
  { levels }: Setup,
  words: LessonWords,
  { freezing }: PictureWords,
): Html {
  const { title, x, y } = freezing.curves[which];
  const bits = ({ lossNats }: Learnt): number | null => (lossNats === null ? null : lossNats / Math.LN2);
  return titledChart(title, words.numbers, {
    x: { label: x, ticks: counting(layers), figures: 'count' },
    y: { label: y, ticks: 6 },
    rules: [{ y: levels.unigram / Math.LN2, text: freezing.level }],
    series: nets.map((net) => ({
      label: words.cells[net.cell],
      points: net[which].map((learnt, l) => ({ x: l + 1, y: bits(learnt) })),
    })),
  });
}
