/** A sweep in a terminal: its best setting, what each axis does, the settings in their order. */
import type { Ansis } from 'ansis';
import { flagOf } from '../../base/options.js';
import { plain } from '../../ui/palette.js';
import { table } from '../../ui/terminal/table.js';
import { wrap } from '../../ui/terminal/wrap.js';
import type { Words } from '../../words/words.js';
import type { GridPoint } from './grid.js';
import type { ResultLine } from './folder.js';
import type { SweepPlan } from './options.js';
import { axesOf, settingAxes, settingsOf, type Setting, type CountedSpread } from './standing.js';

/** Settings that are listed; the files have them all. */
const MOST_SHOWN = 10;

const axisName = (name: string): string => flagOf(name).slice(2);

/** `cell=gru layers=2`, in the order of the axes. */
export const pointInWords = (point: GridPoint): string =>
  Object.entries(point)
    .map(([name, value]) => `${axisName(name)}=${value}`)
    .join(' ');

/** Seeds are no settings: a sweep of nothing else has one setting, and no axis to tell of. */
export const isAnyAxis = (plan: SweepPlan): boolean => settingAxes(plan).length > 0;

/** A spread stands beside some figure, of a setting or of a value of an axis. */
export const isAnySpread = (plan: SweepPlan, results: readonly ResultLine[]): boolean =>
  [...settingsOf(plan, results), ...axesOf(plan, results).flatMap(({ values }) => values)].some(
    ({ loss }) => loss !== null && loss.deviation !== null,
  );

/** `Best setting: cell=gru · 2.135±0.012 bits/char` */
export function bestOf({ point, loss }: Setting, words: Words, colours: Ansis = plain): string {
  const { best, one, head } = words.sweep;
  const figure = `${bits(loss, words)} ${head.loss}`;
  return Object.keys(point).length === 0
    ? `${colours.bold(one)}: ${figure}`
    : `${colours.bold(best)}: ${pointInWords(point)} · ${figure}`;
}

/** 2.135±0.012 */
export function bits(loss: CountedSpread | null, words: Words): string {
  if (loss === null) return '–';
  const { mean, deviation } = loss;
  return words.numbers.spread({ mean: mean / Math.LN2, deviation: deviation && deviation / Math.LN2 }, 3);
}

export interface ToldSweep {
  readonly plan: SweepPlan;
  readonly results: readonly ResultLine[];
  readonly words: Words;
  /** The command that makes the best setting as a training of its own; null where there is none. */
  readonly commandFor: (setting: Setting) => string;
  readonly colours?: Ansis;
  readonly width: number;
}

export function sweepReport({ plan, results, words, commandFor, colours = plain, width }: ToldSweep): string {
  const told = words.sweep;
  const settings = settingsOf(plan, results);
  const best = settings.at(0);
  if (best === undefined) return `${told.nothing}\n`;
  const parts = [
    ...(best.loss === null
      ? []
      : [`${wrap(bestOf(best, words, colours), width)}\n${told.command}\n  ${commandFor(best)}`]),
    ...(isAnyAxis(plan)
      ? [`${colours.bold(wrap(told.axes, width))}\n\n${table(axisRows(plan, results, words), [0, 1], width)}`]
      : []),
    ...(settings.length === 1 && best.loss !== null
      ? []
      : [
          `${colours.bold(wrap(told.settings(Math.min(MOST_SHOWN, settings.length), settings.length), width))}\n\n${table(
            settingRows(plan, settings.slice(0, MOST_SHOWN), words),
            [...settingAxes(plan).keys()],
            width,
          )}`,
        ]),
    wrap(told.lower(isAnySpread(plan, results)), width),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** With its head: axis, value, mean, best, runs. */
export function axisRows(plan: SweepPlan, results: readonly ResultLine[], words: Words): string[][] {
  const { axisHead, diverged } = words.sweep;
  const rows = axesOf(plan, results).flatMap(({ name, values }) =>
    values.map(({ value, loss, best, diverged: lost }, i) => [
      i === 0 ? axisName(name) : '',
      String(value),
      bits(loss, words),
      best === null ? '–' : words.numbers.fixed(best / Math.LN2, 3),
      `${words.numbers.count((loss?.count ?? 0) + lost)}${diverged(lost)}`,
    ]),
  );
  return [[axisHead.axis, axisHead.value, axisHead.mean, axisHead.best, axisHead.runs], ...rows];
}

/** With its head: a column for each axis but the seed, then the loss. */
export function settingRows(plan: SweepPlan, settings: readonly Setting[], words: Words): string[][] {
  const { head, states } = words.sweep;
  const names = settingAxes(plan).map(({ name }) => name);
  const rows = settings.map(({ point, loss, results, isWhole }) => [
    ...names.map((name) => String(point[name])),
    loss === null ? states.diverged : bits(loss, words),
    words.numbers.count(results.length),
    loss === null || isWhole ? '' : states.stopped,
  ]);
  // Where none was stopped early there is nothing to say of the end.
  const isSaid = rows.some((row) => row.at(-1) !== '');
  return [[...names.map(axisName), head.loss, head.seeds, head.ended], ...rows].map((row) =>
    isSaid ? row : row.slice(0, -1),
  );
}
