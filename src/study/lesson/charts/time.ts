/** The pictures of the last five sections: what happens from timestep to timestep. */
import { now, type Stages, type Stage } from '../../../words/lesson/outcome.js';
import type { MethodsFigures } from '../../../words/lesson/methods.js';
import type { Misleading, MisleadingPart } from '../../../words/lesson/misleading.js';
import type { Product, ProductFigures } from '../../../words/lesson/product.js';
import type { RecallFigures } from '../../../words/lesson/recall.js';
import type { RemediesFigures } from '../../../words/lesson/remedies.js';
import { addedUp } from '../../../probe/split.js';
import { pointsOf } from '../../../probe/view.js';
import type { Series } from '../../../ui/charts/lines.js';
import type { Html } from '../../../ui/html.js';
import { median, mean, numbersOf } from '../../../base/figures.js';
import { at } from '../facts.js';
import type { AxisWords, PictureWords, LessonWords } from '../../../words/lesson/words.js';
import { logChart, titledChart, fewTicks } from './log.js';

/** `end` where that is what is shown. */
export const stageOf = ({ hasLearnt, end }: Pick<Stages<unknown>, 'hasLearnt' | 'end'>): Stage =>
  hasLearnt && end !== null ? 'end' : 'start';

export function productCharts(
  net: ProductFigures['nets'][number],
  words: LessonWords,
  { product }: PictureWords,
): (Html | null)[] {
  const found = now<Product>(net);
  const stage = stageOf(net);
  const last = found.curve.length - 1;
  const { boundLog10 } = found;
  const bound: Series[] =
    boundLog10 === null
      ? []
      : [
          {
            label: product.bound,
            isReference: true,
            points: [0, last].map((x) => ({ x, y: x * boundLog10 })),
          },
        ];
  const parts = product.parts(net.cell, stage);
  const together = found.activations.map((part, k) => {
    const weights = found.weightsBySteps.at(k) ?? null;
    return part === null || weights === null ? null : part + weights;
  });
  const added = [
    { label: product.derivative, points: addedUp(found.activations) },
    { label: product.weights, points: addedUp(found.weightsBySteps) },
    { label: product.together, isReference: true, points: addedUp(together) },
  ];
  return [
    logChart(words, {
      words: product.curve(net.cell, stage),
      series: [...bound, { label: product.measured, points: pointsOf(found.curve) }],
    }),
    titledChart(parts.title, words.numbers, {
      x: { label: parts.x, figures: 'count', ...fewTicks(added) },
      y: { label: parts.y, ticks: 6 },
      rules: [{ y: 0, text: '' }],
      series: added,
    }),
  ];
}

/** Each step's factor by itself, of all networks; 1 would keep the gradient as it is. */
export function factorsChart(
  { nets }: ProductFigures,
  words: LessonWords,
  { product, stages }: PictureWords,
): Html {
  const { title, x, y } = product.factors;
  const series = nets.map((net) => {
    const { activations, weightsBySteps } = now<Product>(net);
    return {
      label: `${words.cells[net.cell]}, ${stages[stageOf(net)]}`,
      points: activations.map((part, k) => {
        const other = weightsBySteps.at(k) ?? null;
        return { x: k + 1, y: part === null || other === null ? null : 10 ** (part + other) };
      }),
    };
  });
  const highest = Math.max(1, ...series.flatMap(({ points }) => numbersOf(points.map((point) => point.y))));
  return titledChart(title, words.numbers, {
    x: { label: x, figures: 'count', ...fewTicks(series) },
    y: { label: y, domain: [0, 1.1 * highest], ticks: 6 },
    rules: [{ y: 1, text: '' }],
    series,
  });
}

/** The first seed's curves; after training of those alone that have learnt. */
export const methodsChart = (
  { contenders }: MethodsFigures,
  stage: Stage,
  words: LessonWords,
  { methods }: PictureWords,
): Html | null =>
  logChart(words, {
    words: methods.curves[stage],
    height: 360,
    series: contenders.flatMap((one) =>
      at(one.attempts.slice(0, 1), stage).map(({ found }) => ({
        label: words.contender(one),
        points: pointsOf(found.curve),
      })),
    ),
  });

export const remediesChart = (
  { remedies, tanh }: RemediesFigures,
  words: LessonWords,
  pictures: PictureWords,
): Html | null =>
  logChart(words, {
    words: pictures.remedies.curves,
    height: 360,
    series: [tanh, ...remedies].flatMap((one) =>
      at(one.attempts.slice(0, 1), 'end').map(({ found }) => ({
        label: words.contender(one),
        points: pointsOf(found.curve),
      })),
    ),
  });

export function misleadingChart(
  net: { readonly cell: MisleadingPart } & Stages<Misleading>,
  words: LessonWords,
  { misleading }: PictureWords,
): Html | null {
  const found = now<Misleading>(net);
  return logChart(words, {
    words: misleading.curve(net.cell, stageOf(net)),
    series: [
      { label: misleading.total, points: pointsOf(found.total, 1) },
      { label: misleading.last, points: pointsOf(found.last, 1) },
    ],
  });
}

export function recallCharts(
  { nets, chance }: RecallFigures,
  words: LessonWords,
  { recall }: PictureWords,
): (Html | null)[] {
  const distances = nets[0].byK.map(({ k }) => k);
  const { title, x, y } = recall.accuracy;
  const left = (stage: 'start' | 'end', axis: AxisWords): Html | null =>
    logChart(words, {
      words: axis,
      marks: distances,
      isDoubling: distances.length > 1,
      series: nets.map((net) => ({
        label: words.contender(net),
        points: net.byK.map(({ k, trained }) => {
          const levels = numbersOf(trained.map((one) => one[stage]));
          return { x: k, y: levels.length === 0 ? null : median(levels) };
        }),
      })),
    });
  return [
    titledChart(title, words.numbers, {
      x: {
        label: x,
        ticks: distances,
        figures: 'count',
        ...(distances.length > 1 && { scale: 'log' as const, base: 2 }),
      },
      y: { label: y, domain: [0, 1], ticks: 5, figures: 'percent' },
      rules: [{ y: chance, text: recall.chance }],
      series: nets.map((net) => ({
        label: words.contender(net),
        points: net.byK.map(({ k, trained }) => {
          const right = numbersOf(trained.map(({ accuracy }) => accuracy));
          return { x: k, y: right.length === 0 ? null : mean(right) };
        }),
      })),
    }),
    left('start', recall.start),
    left('end', recall.end),
  ];
}
