/** An inspection as one page. Charts are SVG already; the only script colours the text under a hand. */
import { counted } from '../../base/words.js';
import { timestepsOf } from './findings.js';
import { flagFindings } from '../../ui/flags.js';
import { extraOf, layersNow, layersWith, type InspectionData } from '../../ui/inspection.js';
import { headline } from './memory.js';
import { count } from '../../words/numbers.js';
import { markup, raw, type Html } from '../../ui/html.js';
import { htmlPage } from '../../ui/page/document.js';
import { levelsOf } from '../../ui/page/passage.js';
import { SCRIPT, SCRIPT_HASH } from '../../ui/page/script.js';
import type { Section } from '../../ui/page/blocks.js';
import * as sections from './sections.js';
import { reach, totalAndLag } from './sections-reach.js';
import { progress, training } from './sections-training.js';

const ORDER: readonly Section[] = [
  reach,
  totalAndLag,
  training,
  sections.parts,
  sections.theory,
  sections.listening,
  sections.matrix,
  sections.audit,
  sections.saturation,
  sections.activation,
  progress,
];

/** The whole page. Pure: the same data give the same text. */
export function inspectionPage(data: InspectionData): string {
  const listen = extraOf(data, 'listen');
  // In the page's order, one for each passage.
  const levels = listen && listen.value.symbols.length > 0 ? [levelsOf(listen.value)] : [];
  return htmlPage({
    language: 'en',
    title: `${data.name}: the gradient on its way back`,
    body: [
      head(data),
      markup`<main>
${ORDER.map((section) => section(data)).flatMap((section) => [section, '\n'])}${words}
</main>
<footer>Made by dissipa inspect. Figures in full: dissipa inspect --json, --csv, --parquet; the window's are embedded below.</footer>`,
    ],
    data: { measured: data.measured, listening: levels },
    script: { source: SCRIPT, hash: SCRIPT_HASH },
  });
}

function head(data: InspectionData): Html {
  const { name, model, measured, history } = data;
  const { cell, layers, hidden } = { ...history?.info.options, ...model };
  const last = history?.updates.at(-1);
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['model', cell === undefined ? undefined : `${word(cell)} ${word(layers)}×${word(hidden)}`],
    ['symbols', word(model?.symbols ?? history?.info.symbols)],
    [
      'window',
      measured
        ? `${counted(measured.window.rows, 'row')} × ${counted(measured.window.timesteps, 'timestep')}`
        : undefined,
    ],
    ['text', measured?.text],
    ['loss', measured ? `${(measured.loss.window / Math.LN2).toFixed(3)} bits/char` : undefined],
    ['trained', last && counted(count(last.step), 'step')],
    ['engine', history?.info.engine],
    ['begun', history?.info.createdAt.slice(0, 10)],
  ];
  return markup`<header>
<h1>dissipa inspect ${name}</h1>
<p class="headline">${headlineOf(data)}</p>
<ul class="facts">${facts.map(([label, value]) => value !== undefined && markup`<li>${label} <b>${value}</b></li>`)}</ul>
</header>`;
}

function headlineOf(data: InspectionData): string {
  const memory = layersWith(data, 'memory');
  if (memory) return headline(memory.value, timestepsOf(memory.value), layersNow(data).length);
  return flagFindings(layersNow(data)).at(0) ?? 'No gradient has been logged or measured yet.';
}

const word = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '?';

const words = raw(`<section><h2>Words</h2><details><summary>What each quantity means</summary><dl>
<dt>lag k</dt><dd>Timesteps the gradient has travelled back from the last loss ℓ: ‖∂ℓ/∂h‖ and ‖∂ℓ/∂c‖ at timestep T − 1 − k, total derivatives through everything later and above.</dd>
<dt>total</dt><dd>‖∂L/∂h_t‖ with L the mean loss of the whole window.</dd>
<dt>state norm</dt><dd>√(‖∂h‖² + ‖∂c‖²), over all rows and units; c is the cell state of an LSTM.</dd>
<dt>tail, drop</dt><dd>The tail is a straight line through the logarithms of the second half of the lags; the drop is what is lost before the curve comes to that line. ± is the standard error over the rows.</dd>
<dt>vanishing</dt><dd>The state norm falls to a hundredth of lag 0, and its tail falls on, by a decade or more over the window. <b>thin</b>: less than a hundredth is left, but that lasts. <b>preserved</b>: more is left. <b>exploding</b>: it rises to a hundredfold, or its tail by two decades over the window. <b>dead</b>: 95% or more of the units of a ReLU layer are at 0. <b>not finite</b>: the numbers have overflowed. <b>unresolved</b>: the network is chaotic, and arithmetic cannot follow it.</dd>
<dt>saturation</dt><dd>The share of units whose activation has a derivative below 0.05 (ReLU: is at 0).</dd>
<dt>decade</dt><dd>A power of ten: −0.3 decades a step is half.</dd>
</dl></details></section>`);
