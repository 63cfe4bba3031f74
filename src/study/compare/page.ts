/** A comparison as one page: tables, curves, samples side by side, and what brain.js's net is. */
import type { Comparison } from './comparison.js';
import { contenderLabel } from './contenders.js';
import { CURVE_CHARACTERS } from './job.js';
import { standingsOf, type Standing } from './standing.js';
import { contendersLag, learningCurves } from './chart.js';
import { markup, type Html } from '../../ui/html.js';
import { sentenceOf, type CompareFinding } from '../../words/compare.js';
import type { Words } from '../../words/words.js';
import {
  beside,
  figure,
  grid,
  pageHead,
  pageMain,
  said,
  section,
  soft,
  tableOf,
  type Facts,
} from '../../ui/page/blocks.js';
import { htmlPage } from '../../ui/page/document.js';
import { glossarySection } from '../../ui/page/glossary.js';
import { aboutBaseline, findingsOf } from './findings.js';
import { comparedTable, TABLES } from './tables.js';

/** Characters of each sample that are shown. */
const SHOWN = 400;

const STYLE = `
.sample { font: 14px/1.5 ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 12px 14px; margin: 0;
  white-space: pre-wrap; overflow-wrap: anywhere; }
`;

/** The whole page. Pure: the same comparison gives the same text. */
export function comparisonPage(comparison: Comparison, words: Words): string {
  const standings = standingsOf(comparison);
  const { page } = words.compare;
  const [headline = page.nothing, ...findings] = told(findingsOf(comparison), words);
  const body = [
    tables(standings, findings, words),
    learning(standings, comparison, words),
    reach(standings, comparison, words),
    samples(standings, words),
    baseline(standings, comparison, words),
    glossarySection(words),
  ];
  return htmlPage({
    language: words.locale,
    title: page.title,
    body: [head(comparison, headline, words), pageMain(page.footer, body)],
    data: { comparison },
    style: STYLE,
  });
}

const told = (findings: readonly CompareFinding[], { compare }: Words): string[] =>
  findings.map((one) => sentenceOf(compare.findings, one));

function head(
  { options, texts, symbols, characters, engine, createdAt }: Comparison,
  headline: string,
  { compare: { page }, numbers: { count, date } }: Words,
): Html {
  const labels = page.facts;
  const facts: Facts = [
    [labels.text, texts.length === 1 ? texts[0].path : page.texts(texts.length)],
    [labels.trained, page.characters(characters.training)],
    [labels.scored, page.scored(Math.min(options.scored, characters.validation))],
    [labels.symbols, count(symbols)],
    [labels.budget, page.budget(options)],
    [labels.size, page.size(options.layers, options.hidden, options.match)],
    [labels.window, page.window(options.batch, options.window)],
    [labels.seeds, count(options.seeds)],
    [labels.engine, engine],
    [labels.begun, date(createdAt)],
  ];
  return pageHead('dissipa compare', headline, facts);
}

function tables(standings: readonly Standing[], findings: readonly string[], words: Words): Html {
  const { contenders, page } = words.compare;
  const legend = standings.map(({ name }) => [name, contenderLabel(name, contenders)]);
  return section(
    page.figures,
    said(findings),
    markup`<div class="tables">${TABLES.map((columns) => {
      const { title, head: names, rows } = comparedTable(columns, standings, words);
      return rows.length === 0 ? null : markup`<div><h3>${title}</h3>${tableOf(names, rows)}</div>`;
    })}</div>`,
    soft(page.columns),
    markup`<details><summary>${page.contenders}</summary>${tableOf(page.contendersHead, legend, [0, 1])}</details>`,
  );
}

const firstOf = (standings: readonly Standing[]) => standings.map(({ results }) => results[0]);

/** What a section shows, and of which seed. */
const shown = (how: string, { options }: Comparison, { compare }: Words): Html =>
  soft(options.seeds > 1 ? `${how} ${compare.page.ofSeed(options.seed)}` : how);

function learning(standings: readonly Standing[], comparison: Comparison, words: Words): Html | null {
  const results = firstOf(standings);
  if (results.length === 0) return null;
  const { page } = words.compare;
  const scored = Math.min(CURVE_CHARACTERS, comparison.options.scored, comparison.characters.validation);
  const curves = (by: 'characters' | 'seconds', title: string): Html =>
    figure(title, null, learningCurves(results, by, comparison.symbols, title, words));
  return section(
    page.learning,
    shown(page.learningHow(scored), comparison, words),
    grid([curves('characters', page.byCharacters), curves('seconds', page.bySeconds)]),
  );
}

function reach(standings: readonly Standing[], comparison: Comparison, words: Words): Html | null {
  const results = firstOf(standings).filter(({ start }) => start !== null);
  if (results.length === 0) return null;
  const { page } = words.compare;
  const trained = results.filter(({ end }) => end !== null);
  const curves = (of: typeof results, when: 'start' | 'end', title: string): Html =>
    figure(title, null, contendersLag(of, when, title, words));
  return section(
    page.reach,
    shown(page.reachHow, comparison, words),
    grid([
      curves(results, 'start', page.atStart),
      ...(trained.length === 0 ? [] : [curves(trained, 'end', page.atEnd)]),
    ]),
  );
}

function samples(standings: readonly Standing[], { compare }: Words): Html | null {
  const written = firstOf(standings).filter(({ sample }) => sample !== '');
  if (written.length === 0) return null;
  return section(
    compare.page.samples,
    soft(compare.page.samplesHow(SHOWN)),
    grid(
      written.map(({ contender, sample }) =>
        figure(
          contender,
          contenderLabel(contender, compare.contenders),
          markup`<p class="sample">${Array.from(sample).slice(0, SHOWN).join('')}</p>`,
        ),
      ),
      'small',
    ),
  );
}

function baseline(standings: readonly Standing[], comparison: Comparison, words: Words): Html | null {
  const about = told(aboutBaseline(comparison), words);
  if (about.length === 0) return null;
  const { page } = words.compare;
  const checks = standings.flatMap(({ name, results }) => {
    const check = results[0].gradientCheck;
    return check ? [{ name, check }] : [];
  });
  const tensors = [...new Set(checks.flatMap(({ check }) => check.map(({ tensor }) => tensor)))];
  const verdict = (check: (typeof checks)[number]['check'], tensor: string): Html => {
    const found = check.find((one) => one.tensor === tensor);
    if (!found) return markup`–`;
    return markup`<span class="${found.right ? 'preserved' : 'vanishing'}">${found.right ? page.right : page.wrong}</span> (${words.numbers.short(found.relativeDifference)})`;
  };
  return section(
    page.baseline,
    beside(
      markup`<h3>${page.check}</h3>${tableOf(
        [page.tensor, ...checks.map(({ name }) => name)],
        tensors.map((tensor) => [tensor, ...checks.map(({ check }) => verdict(check, tensor))]),
      )}`,
      said(about),
    ),
  );
}
