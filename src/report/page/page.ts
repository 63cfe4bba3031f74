/** An inspection as one page. Charts are SVG already; the only script colours the text under a hand. */
import { counted } from '../../base/words.js';
import { headline, timestepsOf } from '../findings.js';
import { extraOf, layersWith, type InspectionData } from '../inspection.js';
import { count } from '../numbers.js';
import { markup, raw, type Html } from '../html.js';
import { htmlPage } from './document.js';
import { levelsOf } from './passage.js';
import { SCRIPT, SCRIPT_HASH } from './script.js';
import type { Section } from './blocks.js';
import * as sections from './sections.js';
import { progress, training } from './sections-training.js';

const ORDER: readonly Section[] = [
  sections.reach,
  sections.totalAndLag,
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
  const memory = layersWith(data, 'memory');
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
<p class="headline">${memory ? headline(memory.value, timestepsOf(memory.value)) : 'No gradient has been logged or measured yet.'}</p>
<ul class="facts">${facts.map(([label, value]) => value !== undefined && markup`<li>${label} <b>${value}</b></li>`)}</ul>
</header>`;
}

const word = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '?';

const words = raw(`<section><h2>Words</h2><details><summary>What each quantity means</summary><dl>
<dt>lag k</dt><dd>Timesteps the gradient has travelled back from the last loss ℓ: ‖∂ℓ/∂h‖ and ‖∂ℓ/∂c‖ at timestep T − 1 − k, total derivatives through everything later and above.</dd>
<dt>total</dt><dd>‖∂L/∂h_t‖ with L the mean loss of the whole window.</dd>
<dt>state norm</dt><dd>√(‖∂h‖² + ‖∂c‖²), over all rows and units; c is the cell state of an LSTM.</dd>
<dt>vanishing</dt><dd>The state norm falls to a hundredth of lag 0 within the window. <b>exploding</b>: it rises to a hundredfold. <b>preserved</b>: neither.</dd>
<dt>saturation</dt><dd>The share of units whose activation has a derivative below 0.05 (ReLU: is at 0).</dd>
<dt>decade</dt><dd>A power of ten: −0.3 decades a step is half.</dd>
</dl></details></section>`);
