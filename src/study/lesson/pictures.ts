/** Each section's pictures and tables. */
import { farEnd } from '../../words/lesson/curve.js';
import { INITIALISATIONS } from '../../words/lesson/fresh.js';
import type { Lesson } from '../../words/lesson/lesson.js';
import type { LessonFigures, SectionName } from '../../words/lesson/figures.js';
import { now } from '../../words/lesson/outcome.js';
import type { Learnt } from '../../words/lesson/freezing.js';
import { besideUsual } from './sections/methods.js';
import type { MethodNets, Norms } from '../../words/lesson/methods.js';
import { boundAtEnd } from '../../words/lesson/product.js';
import { recallsUpTo } from '../../words/lesson/recall.js';
import { shrinks } from './sections/regions.js';
import type { Region } from '../../words/lesson/regions.js';
import { markup, type Html } from '../../ui/html.js';
import { median, numbersOf } from '../../base/figures.js';
import { figure, grid, tableOf } from '../../ui/page/blocks.js';
import * as layers from './charts/layers.js';
import { squashChart } from './charts/squash.js';
import * as time from './charts/time.js';
import { at, factorsOfRegions, of, STAGES } from './facts.js';
import type { PictureWords, LessonWords } from '../../words/lesson/words.js';

const pairs = (...charts: readonly (Html | null)[]): Html => grid(charts.filter((chart) => chart !== null));

type Picture<Name extends SectionName> = (
  figures: LessonFigures[Name],
  setup: Lesson['setup'],
  words: LessonWords,
  pictures: PictureWords,
) => Html;

const NONE = '–';

const bitsOf = (nats: number | null, { numbers }: LessonWords): string =>
  nats === null ? NONE : numbers.fixed(nats / Math.LN2, 2);

/** The smallest and the largest of several seeds. */
const spread = (
  values: readonly (number | null)[],
  { numbers }: LessonWords,
  write: (value: number) => string,
): string => {
  const found = numbersOf(values);
  return found.length === 0 ? NONE : numbers.range(found, write);
};

const lossSpread = ({ attempts }: MethodNets, words: LessonWords): string =>
  spread(
    attempts.map(({ validationLossNats }) => validationLossNats),
    words,
    (nats) => bitsOf(nats, words),
  );

/** Of how many cases it holds in how many. */
const heldIn = <T>(cases: readonly T[], holds: (one: T) => boolean, words: LessonWords): string =>
  cases.length === 0 ? '' : words.heldOf(cases.filter(holds).length, cases.length);

const learntOf = ({ attempts }: MethodNets, words: LessonWords): string =>
  heldIn(attempts, ({ hasLearnt }) => hasLearnt, words);

export const PICTURES: { readonly [Name in SectionName]: Picture<Name> } = {
  sensitivity(figures, _setup, words, pictures) {
    const rows = layers.sensitivityRows(figures, words, pictures);
    const { sensitivity } = pictures;
    return markup`${pairs(
      ...STAGES.flatMap((stage) => layers.sensitivityCharts(figures, stage, words, pictures)),
    )}<div class="tables">${figure(sensitivity.layers.title, null, tableOf(sensitivity.layers.head, rows.layers))}${figure(sensitivity.lags.title, null, tableOf(sensitivity.lags.head, rows.lags))}</div>`;
  },

  squashing(figures, _setup, words, pictures) {
    const { short, percent } = words.numbers;
    const drawn = figures.nets.map((one) =>
      squashChart(one.cell, time.stageOf(one), now(one), figures, words, pictures),
    );
    const rows = STAGES.flatMap((stage) =>
      at(figures.nets, stage).map(({ cell, found, validationLossNats }) => [
        `${words.cells[cell]}, ${pictures.stages[stage]}`,
        short(found.slope),
        percent(found.flat),
        short(found.factors.factor),
        short(found.factors.activation),
        short(found.factors.weights),
        stage === 'start' ? NONE : bitsOf(validationLossNats, words),
      ]),
    );
    return markup`${pairs(...drawn)}${tableOf(pictures.squashing.head, rows)}`;
  },

  regions(figures, _setup, words, pictures) {
    const { short } = words.numbers;
    const rows = figures.nets.flatMap(({ cell, drawn }) =>
      INITIALISATIONS.flatMap((init) => {
        const [usual, large] = [of(drawn, init, 1), of(drawn, init, 100)];
        if (usual.length === 0) return [];
        const { activation, weights } = factorsOfRegions(usual);
        const ends = (networks: typeof usual): string[] => {
          const distance = (pick: (layers: readonly Region[]) => Region): string =>
            short(median(networks.map((one) => pick(one.layers).after)));
          return [distance((all) => all[0]), distance((all) => all[all.length - 1])];
        };
        const smaller = (networks: typeof usual): string =>
          heldIn(networks, (one) => shrinks(one.layers), words);
        return [
          [
            words.cells[cell],
            words.inits[init],
            ...ends(usual),
            activation === null ? NONE : short(activation),
            weights === null ? NONE : short(weights),
            smaller(usual),
            ...ends(large),
            smaller(large),
          ],
        ];
      }),
    );
    const { table, head } = pictures.regions;
    return markup`${pairs(...layers.regionsCharts(figures, words, pictures))}${rows.length > 0 && figure(table, null, tableOf(head, rows))}`;
  },

  depth(figures, _setup, words, pictures) {
    const { short } = words.numbers;
    const rows = figures.nets.flatMap(({ cell, trained }) =>
      trained.map((one) => [
        words.cells[cell],
        String(one.layers),
        short(one.start.first),
        short(one.start.last),
        one.end ? short(one.end.first) : NONE,
        one.end ? short(one.end.last) : NONE,
        bitsOf(one.validationLossNats, words),
        one.hasLearnt ? '✓' : '✗',
      ]),
    );
    const { table, head } = pictures.depth;
    return markup`${pairs(
      ...figures.nets.map((deep) => layers.depthChart(deep, words, pictures)),
      ...STAGES.map((stage) => layers.layersChart(figures, stage, words, pictures)),
    )}${figure(table, null, tableOf(head, rows))}`;
  },

  freezing(figures, setup, words, pictures) {
    const bits = ({ lossNats }: Learnt): string => bitsOf(lossNats, words);
    const { head, table, rows: names } = pictures.freezing;
    const rows = figures.nets.flatMap((net) => [
      [words.cells[net.cell], names.alone, ...net.alone.map(bits), bitsOf(net.start, words), NONE],
      [
        words.cells[net.cell],
        names.withReadout,
        ...net.withReadout.map(bits),
        bits(net.readout),
        bits(net.all),
      ],
    ]);
    return markup`${pairs(
      layers.freezingChart(figures, 'alone', setup, words, pictures),
      layers.freezingChart(figures, 'withReadout', setup, words, pictures),
    )}${figure(table, null, tableOf(head, rows))}`;
  },

  product(figures, _setup, words, pictures) {
    const { short, share } = words.numbers;
    const rows = STAGES.flatMap((stage) =>
      at(figures.nets, stage).map(({ cell, found }) => {
        const most = boundAtEnd(found);
        return [
          `${words.cells[cell]}, ${pictures.stages[stage]}`,
          short(found.factor),
          short(found.activation),
          short(found.weights),
          found.boundLog10 === null ? '0' : short(10 ** found.boundLog10),
          share(most ?? -Infinity),
        ];
      }),
    );
    return markup`${pairs(
      ...figures.nets.flatMap((one) => time.productCharts(one, words, pictures)),
      time.factorsChart(figures, words, pictures),
    )}${figure(pictures.product.table, null, tableOf(pictures.product.head, rows))}`;
  },

  methods(figures, setup, words, pictures) {
    const { count, share } = words.numbers;
    const { head, table, beyond } = pictures.methods;
    const rows = figures.contenders.map((one) => {
      const learnt = at(one.attempts, 'end').map(({ found }) => found);
      const lags = learnt.map(({ memory }) => memory.lag1pct ?? setup.window);
      return [
        words.contender(one),
        spread(lags, words, (lag) => (lag === setup.window ? beyond(setup.window - 1) : count(lag))),
        spread(
          learnt.map(({ curve }) => farEnd(curve)),
          words,
          share,
        ),
        lossSpread(one, words),
        learntOf(one, words),
      ];
    });
    return markup`${pairs(
      ...STAGES.map((stage) => time.methodsChart(figures, stage, words, pictures)),
    )}${figure(table, null, tableOf(head, rows))}`;
  },

  remedies(figures, _setup, words, pictures) {
    const { percent, short, count } = words.numbers;
    const { effect, price, diverged, drop } = pictures.remedies;
    const largest = (norms: readonly (Norms | null)[]): string => {
      const tried = norms.filter((one) => one !== null);
      const nan = tried.find(({ divergedAt }) => divergedAt !== null)?.divergedAt ?? null;
      if (nan !== null) return diverged(nan);
      return spread(tried.map(besideUsual), words, (factor) => `× ${short(factor)}`);
    };
    const all = [figures.tanh, ...figures.remedies];
    const effects = all.map((one) => {
      const trials = figures.remedies.find((remedy) => remedy === one)?.trials ?? [];
      const { drop: lost, tail } = now(one.attempts[0]).memory;
      return [
        words.contender(one),
        trials.length === 0 ? NONE : heldIn(trials, ({ reaches }) => reaches, words),
        learntOf(one, words),
        lossSpread(one, words),
        lost === null ? NONE : drop(short(lost.decades), count(lost.lag)),
        tail === null ? NONE : short(tail.decadesPerStep),
      ];
    });
    const prices = all.map(({ cell, init, attempts }) => [
      words.contender({ cell, init }),
      spread(
        attempts.map(({ start, end }) => (end ?? start).dead),
        words,
        percent,
      ),
      spread(
        attempts.map(({ clipped }) => clipped),
        words,
        percent,
      ),
      largest(attempts.map(({ clippedNorms }) => clippedNorms)),
      largest(attempts.map(({ freeNorms }) => freeNorms)),
    ]);
    return markup`${pairs(
      time.remediesChart(figures, words, pictures),
    )}<div class="tables">${figure(effect.title, null, tableOf(effect.head, effects))}${figure(price.title, null, tableOf(price.head, prices))}</div>`;
  },

  misleading: (figures, _setup, words, pictures) =>
    pairs(...figures.nets.map((one) => time.misleadingChart(one, words, pictures))),

  recall(figures, _setup, words, pictures) {
    const { percent, count } = words.numbers;
    const { head, table, none } = pictures.recall;
    const rows = figures.nets.map((one) => {
      const k = recallsUpTo(one);
      return [
        words.contender(one),
        ...one.byK.map(({ trained }) =>
          spread(
            trained.map(({ accuracy }) => accuracy),
            words,
            percent,
          ),
        ),
        k === null ? none : count(k),
      ];
    });
    const distances = figures.nets[0].byK.map(({ k }) => count(k));
    return markup`${pairs(...time.recallCharts(figures, words, pictures))}${figure(table, null, tableOf(head(distances), rows))}`;
  },
};
