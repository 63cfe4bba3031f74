/** The field's terms, folded, at the end of a page. */
import type { Words } from '../../words/words.js';
import { markup, type Html } from '../html.js';

/** `**thin**` in bold. */
const rich = (text: string): Html[] =>
  text.split('**').map((part, i) => (i % 2 === 0 ? markup`${part}` : markup`<b>${part}</b>`));

export const glossarySection = ({ glossary: { title, summary, entries } }: Words): Html =>
  markup`<section><h2>${title}</h2><details><summary>${summary}</summary><dl>${entries.map(([term, meaning]) => markup`<dt>${term}</dt><dd>${rich(meaning)}</dd>`)}</dl></details></section>`;
