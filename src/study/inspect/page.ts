/** An inspection as one page. Charts are SVG already; the only script colours the text under a hand. */
import { extraOf, type InspectionData } from '../../ui/inspection.js';
import { headlineOf } from './headline.js';
import { glossarySection } from '../../ui/page/glossary.js';
import type { Words } from '../../words/words.js';
import type { Html } from '../../ui/html.js';
import { htmlPage } from '../../ui/page/document.js';
import { levelsOf } from '../../ui/page/passage.js';
import { SCRIPT, SCRIPT_HASH } from '../../ui/page/script.js';
import { pageHead, pageMain, section, type Facts, type Section } from '../../ui/page/blocks.js';
import { declared, declaredSections } from './declared.js';
import { reach } from './sections-reach.js';
import { progress, training } from './sections-training.js';

/** What most readers come for, then what is folded. */
const ORDER: readonly Section[] = [
  reach,
  declared('total', section),
  training,
  declared('split', section),
  declared('listen', section),
  progress,
  declared('theory'),
  declared('matrix'),
  declared('audit'),
  declared('saturation'),
  declared('activation'),
  ...declaredSections,
];

/** The whole page. Pure: the same data give the same text. */
export function inspectionPage(data: InspectionData, words: Words): string {
  const { page } = words.inspect;
  const listen = extraOf(data, 'listen');
  // In the page's order, one for each passage.
  const levels = listen && listen.value.symbols.length > 0 ? [levelsOf(listen.value)] : [];
  return htmlPage({
    language: words.locale,
    title: page.title(data.name),
    body: [
      head(data, words),
      pageMain(
        page.footer,
        ORDER.map((show) => [show(data, words), '\n']),
        glossarySection(words),
      ),
    ],
    data: { measured: data.measured, listening: levels },
    script: { source: SCRIPT, hash: SCRIPT_HASH },
  });
}

function head(data: InspectionData, words: Words): Html {
  const { facts: labels, ...page } = words.inspect.page;
  const { name, model, measured, history } = data;
  const { cell, layers, hidden } = { ...history?.info.options, ...model };
  const last = history?.updates.at(-1);
  const facts: Facts = [
    [labels.model, cell === undefined ? undefined : `${word(cell)} ${word(layers)}×${word(hidden)}`],
    [labels.symbols, word(model?.symbols ?? history?.info.symbols)],
    [labels.window, measured ? page.window(measured.window.rows, measured.window.timesteps) : undefined],
    [labels.text, measured?.text],
    [labels.loss, measured ? page.loss(measured.loss.window) : undefined],
    [labels.trained, last && page.trained(last.step)],
    [labels.engine, history?.info.engine],
    [labels.begun, history ? words.numbers.date(history.info.createdAt) : undefined],
  ];
  return pageHead(`dissipa inspect ${name}`, headlineOf(data, words), facts);
}

const word = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '?';
