/** A sweep as one page: every training as a line, what each axis does, the settings in their order. */
import {
  commands,
  figure,
  pageHead,
  pageMain,
  section,
  soft,
  tableOf,
  type Facts,
} from '../../ui/page/blocks.js';
import { htmlPage } from '../../ui/page/document.js';
import { markup, type Html } from '../../ui/html.js';
import type { Words } from '../../words/words.js';
import { parallelCoordinates } from './chart.js';
import type { ResultLine, SweepInfo } from './folder.js';
import type { SweepPlan } from './options.js';
import { finalResults } from './running.js';
import { axisRows, bestOf, isAnyAxis, isAnySpread, settingRows } from './show.js';
import { settingAxes, settingsOf, type Setting } from './standing.js';

/** Texts that are named. */
const MOST_NAMED = 3;
/** Settings in the page's table; the data below have them all. */
const MOST_SHOWN = 100;

const STYLE = `
.command { font-size: 14px; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 12px 14px; margin: 0; }
.wide svg { min-width: 760px; width: 100%; height: auto; }
`;

export interface SweepPage {
  readonly plan: SweepPlan;
  readonly info: SweepInfo;
  readonly results: readonly ResultLine[];
  readonly words: Words;
  /** The command that makes a setting as a training of its own. */
  readonly commandFor: (setting: Setting) => string;
}

/** Texts as they were given, where they are few; else how many. */
function textIn({ texts, sources, textCount = texts.length }: SweepInfo, words: Words): string {
  const { bundled, texts: count } = words.sweep.page;
  const named = sources ?? texts.map(({ path }) => path);
  if (named.length === 0) return `${bundled}, ${count(textCount)}`;
  if (named.length > MOST_NAMED) return count(textCount);
  return [...named, ...(named.length < textCount ? [count(textCount)] : [])].join(', ');
}

/** The whole page. Pure: the same sweep gives the same text. */
export function sweepPage({ plan, info, results, words, commandFor }: SweepPage): string {
  const { page, lower, nothing } = words.sweep;
  const made = finalResults(results);
  const settings = settingsOf(plan, results);
  const best = settings.find(({ loss }) => loss !== null);
  const diverged = made.filter(({ ended }) => ended === 'diverged').length;
  const { facts } = page;
  const told: Facts = [
    [facts.text, textIn(info, words)],
    [facts.runs, words.numbers.count(made.length)],
    [facts.settings, words.numbers.count(settings.length)],
    [facts.engine, info.engine],
    [facts.begun, words.numbers.date(info.createdAt)],
  ];
  const headline = best === undefined ? nothing : bestOf(best, words);
  const rows = (table: readonly (readonly string[])[], left: readonly number[]): Html =>
    tableOf(table[0], table.slice(1), left);
  return htmlPage({
    language: words.locale,
    title: page.title,
    style: STYLE,
    body: [
      pageHead(page.title, headline, told),
      pageMain(
        page.footer,
        best === undefined
          ? null
          : markup`<section>${soft(words.sweep.command)}${commands([commandFor(best)])}</section>`,
        best === undefined || !isAnyAxis(plan)
          ? null
          : section(
              page.parallel,
              figure(
                '',
                page.parallelHow(made.some(({ ended }) => ended === 'halving')),
                markup`<div class="table wide">${parallelCoordinates(plan, made, page.loss, page.parallelLabel(made.length - diverged), words.numbers)}</div>`,
              ),
              diverged > 0 ? soft(page.diverged(diverged)) : null,
            ),
        markup`<div class="tables">${[
          isAnyAxis(plan)
            ? section(page.byAxis, soft(words.sweep.axes), rows(axisRows(plan, results, words), [0, 1]))
            : null,
          section(
            page.settings,
            soft(words.sweep.settings(Math.min(MOST_SHOWN, settings.length), settings.length)),
            rows(settingRows(plan, settings.slice(0, MOST_SHOWN), words), [...settingAxes(plan).keys()]),
            soft(lower(isAnySpread(plan, results))),
          ),
        ]}</div>`,
      ),
    ],
    data: { sweep: { info, results: made } },
  });
}
