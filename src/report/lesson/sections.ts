/** The lesson's sections: the claim, the picture, the figures, the verdict, a command to try. */
import { SECTIONS, type LessonFigures, type SectionName } from '../../study/lesson/lesson.js';
import { besideUsual, farEnd, type Norms } from '../../study/lesson/methods.js';
import type { Outcome } from '../../study/lesson/outcome.js';
import type { LessonOptions } from '../../study/lesson/setup.js';
import { markup, type Html } from '../html.js';
import { figure, grid, said, soft, tableOf } from '../page/blocks.js';
import * as charts from './charts.js';
import { commandsFor, type TextWords } from './commands.js';
import { now } from './words/facts.js';
import { squashChart } from './squash-chart.js';
import type { PictureWords, Stage, Words } from './words/words.js';

const STAGES: readonly Stage[] = ['start', 'end'];
/** Beside the word, so that no verdict is told by its colour alone. */
const SIGNS: Readonly<Record<Outcome, string>> = { holds: '✓', partly: '◐', fails: '✗' };

export const outcomeBadge = (outcome: Outcome, words: Words): Html =>
  markup`<b class="badge ${outcome}">${SIGNS[outcome]} ${words.outcomes[outcome]}</b>`;

/** The same for a terminal. */
export const outcomeText = (outcome: Outcome, words: Words): string =>
  `${SIGNS[outcome]} ${words.outcomes[outcome]}`;

const pairs = (...charts: readonly (Html | null)[]): Html => grid(charts.filter((chart) => chart !== null));

type Picture<Name extends SectionName> = (
  figures: LessonFigures[Name],
  words: Words,
  pictures: PictureWords,
) => Html;

const PICTURES: { readonly [Name in SectionName]: Picture<Name> } = {
  sensitivity: (figures, words, pictures) =>
    pairs(...STAGES.flatMap((stage) => charts.sensitivityCharts(figures, stage, words, pictures))),

  squashing(figures, words, pictures) {
    const { short, percent } = words.numbers;
    const drawn = figures.nets.map((one) => squashChart(one.cell, now(one), figures, words, pictures));
    const rows = figures.nets.map(({ cell, start, end }) => [
      words.cells[cell],
      short(start.slope),
      end ? short(end.slope) : '–',
      percent(start.flat),
      end ? percent(end.flat) : '–',
    ]);
    return markup`${pairs(...drawn)}${tableOf(pictures.squashing.head, rows)}`;
  },

  depth(figures, words, pictures) {
    const { short } = words.numbers;
    const rows = figures.nets.flatMap(({ cell, byDepth }) =>
      byDepth.flatMap(({ start, end }, i) =>
        // Each doubling of the depth: the chart has the others.
        Number.isInteger(Math.log2(i + 1))
          ? [
              [
                words.cells[cell],
                String(i + 1),
                short(start.first),
                short(start.last),
                end ? short(end.first) : '–',
                end ? short(end.last) : '–',
              ],
            ]
          : [],
      ),
    );
    return markup`${pairs(
      ...STAGES.map((stage) => charts.depthChart(figures, stage, words, pictures)),
      ...STAGES.map((stage) => charts.layersChart(figures, stage, words, pictures)),
    )}${tableOf(pictures.depth.head, rows)}`;
  },

  product(figures, words, pictures) {
    const { short } = words.numbers;
    const rows = figures.nets.map((one) => [
      words.cells[one.cell],
      short(one.factor),
      short(one.activationFactor),
      short(one.weightsFactor),
      one.boundLog10 === null ? '0' : short(10 ** one.boundLog10),
    ]);
    return pairs(
      charts.factorsChart(figures, words, pictures),
      figure(pictures.product.table, null, tableOf(pictures.product.head, rows)),
      ...figures.nets.flatMap((one) => charts.productCharts(one, words, pictures)),
    );
  },

  methods(figures, words, pictures) {
    const { percent, share, fixed, short } = words.numbers;
    const { head, costs, beyond, diverged, notTried } = pictures.methods;
    const spread = (norms: Norms): string =>
      norms.divergedAt === null ? `× ${short(besideUsual(norms))}` : diverged(norms.divergedAt);
    const rows = figures.contenders.map((one) => {
      const { memory, dead, curve } = now(one);
      return [
        words.contender(one),
        memory.lag1pct === null ? beyond(curve.length - 1) : String(memory.lag1pct),
        share(farEnd({ curve })),
        one.validationLossNats === null ? '–' : fixed(one.validationLossNats / Math.LN2, 2),
        dead === null ? '–' : percent(dead),
        percent(one.clipped),
        spread(one.clippedNorms),
        one.freeNorms === null ? notTried : spread(one.freeNorms),
      ];
    });
    return markup`${pairs(
      ...STAGES.map((stage) => charts.methodsChart(figures, stage, words, pictures)),
    )}${figure(costs, null, tableOf(head, rows))}`;
  },

  misleading: (figures, words, pictures) =>
    pairs(...figures.nets.map((one) => charts.misleadingChart(one, words, pictures))),
};

/** @param figures those of the section `name` */
export function lessonSection<Name extends SectionName>(
  name: Name,
  figures: LessonFigures[Name],
  options: LessonOptions,
  words: Words,
  texts: TextWords,
): Html {
  const number = SECTIONS.indexOf(name) + 1;
  const { title, claim, how, found, tryIt } = words.sections(options)[name];
  const commands = commandsFor(name, number, options, texts, words.run);
  return markup`<section id="${name}">
<h2>${number}. ${title}</h2>
<p class="claim">${claim}</p>
${how.map(soft)}
${PICTURES[name](figures, words, words.pictures(options))}
<div class="verdict"><h3>${words.verdict}: ${outcomeBadge(figures.outcome, words)}</h3>${said(found(figures))}</div>
<div class="try"><h3>${words.tryIt}</h3><p class="soft">${tryIt}</p><pre><code>${commands.join('\n')}</code></pre></div>
</section>`;
}
