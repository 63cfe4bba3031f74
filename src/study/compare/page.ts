/** A comparison as one page: tables, curves, samples side by side, and what brain.js's net is. */
import { counted } from '../../base/words.js';
import type { Comparison } from './comparison.js';
import { CONTENDERS } from './contenders.js';
import { CURVE_CHARACTERS } from './job.js';
import { standingsOf, type Standing } from './standing.js';
import { contendersLag, learningCurves } from './chart.js';
import { markup, type Html } from '../../ui/html.js';
import { count, short } from '../../words/numbers.js';
import { figure, grid, said, section, soft, tableOf } from '../../ui/page/blocks.js';
import { htmlPage } from '../../ui/page/document.js';
import { aboutBaseline, findingsOf } from './findings.js';
import { QUALITY, REACH, SCORES, type Columns } from './tables.js';

/** Characters of each sample that are shown. */
const SHOWN = 400;

const STYLE = `
.sample { font: 14px/1.5 ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 12px 14px; margin: 0;
  white-space: pre-wrap; overflow-wrap: anywhere; }
`;

/** The whole page. Pure: the same comparison gives the same text. */
export function comparisonPage(comparison: Comparison): string {
  const standings = standingsOf(comparison);
  const [headline = 'Nothing has been compared yet.', ...findings] = findingsOf(comparison);
  const body = [
    tables(standings, findings),
    learning(standings, comparison),
    reach(standings, comparison),
    samples(standings),
    baseline(standings, comparison),
  ];
  return htmlPage({
    language: 'en',
    title: 'dissipa compare: networks on the same text',
    body: [
      head(comparison, headline),
      markup`<main>
${body}
</main>
<footer>Made by dissipa compare. All figures in full are embedded below, as in compare.json.</footer>`,
    ],
    data: { comparison },
    style: STYLE,
  });
}

function head(
  { options, texts, symbols, characters, engine, createdAt }: Comparison,
  headline: string,
): Html {
  const budget =
    options.characters === undefined
      ? `${counted(short(options.minutes ?? 0), 'minute')} each`
      : `${counted(count(options.characters), 'character')} each`;
  const facts: readonly (readonly [string, string])[] = [
    ['text', texts.length === 1 ? texts[0].path : `${texts.length} texts`],
    ['trained on', counted(count(characters.training), 'character')],
    ['scored on', `${count(Math.min(options.scored, characters.validation))} held-out characters`],
    ['symbols', String(symbols)],
    ['budget', budget],
    [
      'size',
      `${options.layers}×${options.hidden}, same ${options.match === 'hidden' ? 'hidden size' : 'number of parameters as the LSTM'}`,
    ],
    ['window', `${counted(options.batch, 'row')} × ${counted(options.window, 'timestep')}`],
    ['seeds', String(options.seeds)],
    ['engine', engine],
    ['begun', createdAt.slice(0, 10)],
  ];
  return markup`<header>
<h1>dissipa compare</h1>
<p class="headline">${headline}</p>
<ul class="facts">${facts.map(([label, value]) => markup`<li>${label} <b>${value}</b></li>`)}</ul>
</header>`;
}

function columns(standings: readonly Standing[], { title, head: names, rowOf }: Columns): Html | null {
  const rows = standings.flatMap((standing) => rowOf(standing) ?? []);
  if (rows.length === 0) return null;
  return markup`<h3>${title}</h3>${tableOf(names, rows)}`;
}

function tables(standings: readonly Standing[], findings: readonly string[]): Html {
  const legend = standings.map(({ name, about }) => [name, about]);
  return section(
    'The figures',
    said(findings),
    columns(standings, SCORES),
    columns(standings, REACH),
    columns(standings, QUALITY),
    soft(
      'Known words occur in the training text; distinct-n is the share of runs of n words that differ; repeated are runs of 4 words said before; new are runs of 10 characters that the training text does not have; the longest copy is in characters. ± is the standard deviation over the seeds.',
    ),
    markup`<details><summary>Who is who</summary>${tableOf(['contender', 'what it is'], legend, [0, 1])}</details>`,
  );
}

const firstOf = (standings: readonly Standing[]) => standings.map(({ results }) => results[0]);

const ofSeed = ({ options }: Comparison): string =>
  options.seeds > 1 ? ` Drawn for the first seed, ${options.seed}.` : '';

function learning(standings: readonly Standing[], comparison: Comparison): Html | null {
  const results = firstOf(standings);
  if (results.length === 0) return null;
  const [byCharacters, bySeconds] = ['By characters trained on', 'By seconds of training'];
  const scored = count(
    Math.min(CURVE_CHARACTERS, comparison.options.scored, comparison.characters.validation),
  );
  return section(
    'How they learn',
    soft(
      `Bits per character of the first ${scored} held-out characters, scored on the way while the clock stands still; both charts are logarithmic in what has been spent, and end above at log₂ of the symbols, which is guessing.${ofSeed(comparison)}`,
    ),
    grid([
      figure(byCharacters, null, learningCurves(results, 'characters', comparison.symbols, byCharacters)),
      figure(bySeconds, null, learningCurves(results, 'seconds', comparison.symbols, bySeconds)),
    ]),
  );
}

function reach(standings: readonly Standing[], comparison: Comparison): Html | null {
  const results = firstOf(standings).filter(({ start }) => start !== null);
  if (results.length === 0) return null;
  const trained = results.filter(({ end }) => end !== null);
  const [atStart, atEnd] = ['At the start', 'After training'];
  return section(
    'How far back the gradient reaches',
    soft(
      `The gradient of the last timestep's loss alone, followed back: the norm √(‖∂h‖² + ‖∂c‖²) of the top layer's state by lag, relative to lag 0, the same window of held-out text for all.${ofSeed(comparison)}`,
    ),
    grid([
      figure(atStart, null, contendersLag(results, 'start', atStart)),
      ...(trained.length === 0 ? [] : [figure(atEnd, null, contendersLag(trained, 'end', atEnd))]),
    ]),
  );
}

function samples(standings: readonly Standing[]): Html | null {
  const shown = firstOf(standings).filter(({ sample }) => sample !== '');
  if (shown.length === 0) return null;
  return section(
    'What they write',
    soft(`The first ${SHOWN} characters of each sample, temperature 0.8.`),
    grid(
      shown.map(({ contender, sample }) =>
        figure(
          contender,
          CONTENDERS[contender].about,
          markup`<p class="sample">${Array.from(sample).slice(0, SHOWN).join('')}</p>`,
        ),
      ),
      'small',
    ),
  );
}

function baseline(standings: readonly Standing[], comparison: Comparison): Html | null {
  const about = aboutBaseline(comparison);
  if (about.length === 0) return null;
  const checks = standings.flatMap(({ name, results }) => {
    const check = results[0].gradientCheck;
    return check ? [{ name, check }] : [];
  });
  const tensors = [...new Set(checks.flatMap(({ check }) => check.map(({ tensor }) => tensor)))];
  const verdict = (check: (typeof checks)[number]['check'], tensor: string): Html => {
    const found = check.find((one) => one.tensor === tensor);
    if (!found) return markup`–`;
    return markup`<span class="${found.right ? 'preserved' : 'vanishing'}">${found.right ? 'right' : 'wrong'}</span> (${short(found.relativeDifference)})`;
  };
  return section(
    'What the "LSTM" of brain.js is',
    said(about),
    markup`<h3>Its gradients against central differences, by tensor (relative difference)</h3>`,
    tableOf(
      ['tensor', ...checks.map(({ name }) => name)],
      tensors.map((tensor) => [tensor, ...checks.map(({ check }) => verdict(check, tensor))]),
    ),
  );
}
