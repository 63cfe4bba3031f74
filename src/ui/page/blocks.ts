/** What the page's sections are built of: headings, figures, tables, sentences. */
import type { Words } from '../../words/words.js';
import type { InspectionData } from '../inspection.js';
import { markup, type Fragment, type Html } from '../html.js';

export type Section = (data: InspectionData, words: Words) => Html | null;

/** A sentence in which no line ends within a flag: `--lr` would be a dash and a word. */
export const prose = (text: string): Fragment =>
  text
    .split(/(?<![\w-])(--[a-z][a-z0-9-]*)/)
    .map((part, i) => (i % 2 === 0 ? part : markup`<span class="flag">${part}</span>`));

export const section = (title: string, ...body: readonly (Html | null)[]): Html =>
  markup`<section><h2>${title}</h2>${body}</section>`;
/** One that waits to be opened: what most readers can do without. On paper it is open. */
export const folded = (title: string, ...body: readonly (Html | null)[]): Html =>
  markup`<section class="folded"><details><summary><h2>${title}</h2></summary>${body}</details></section>`;
/** What a page begins with: its name, one sentence above all others, and the facts it rests on. */
export const pageHead = (name: string, headline: string, facts: Facts): Html => markup`<header>
<h1>${name}</h1>
<p class="headline">${prose(headline)}</p>
${factList(facts)}
</header>`;
export type Facts = readonly (readonly [label: string, value: string | undefined])[];
/** Without those that are not known. */
export const factList = (facts: Facts): Html =>
  markup`<ul class="facts">${facts.map(([label, value]) => value !== undefined && markup`<li>${label} <b>${value}</b></li>`)}</ul>`;
/** The rest of it. */
export const pageMain = (footer: string, ...body: readonly Fragment[]): Html => markup`<main>
${body}
</main>
<footer>${prose(footer)}</footer>`;
export const soft = (text: string): Html => markup`<p class="soft">${prose(text)}</p>`;
export const said = (sentences: readonly string[]): Html | null =>
  sentences.length === 0
    ? null
    : markup`<ul class="said">${sentences.map((one) => markup`<li>${prose(one)}</li>`)}</ul>`;
export const grid = (items: readonly Html[], size: '' | 'small' = ''): Html =>
  markup`<div class="figures ${size}">${items}</div>`;
/** A figure or table, and beside it where there is room what is to be said of it. */
export const beside = (first: Html | null, ...rest: readonly (Html | null)[]): Html =>
  markup`<div class="beside"><div>${first}</div><div>${rest}</div></div>`;

/** Commands to be typed, a line each. */
export const commands = (lines: readonly string[]): Html =>
  markup`<pre class="command"><code>${lines.map((line, i) => [
    i === 0 ? '' : '\n',
    line.split(' ').map((word, k) => [k === 0 ? '' : ' ', markup`<span class="word">${word}</span>`]),
  ])}</code></pre>`;

export function tableOf(
  head: readonly string[],
  rows: readonly (readonly (string | Html)[])[],
  left: readonly number[] = [0],
): Html {
  const cell = (tag: 'th' | 'td', value: string | Html, i: number): Html => {
    const className = left.includes(i) ? 'left' : '';
    return tag === 'th'
      ? markup`<th scope="col" class="${className}">${value}</th>`
      : markup`<td class="${className}">${value}</td>`;
  };
  return markup`<div class="table"><table><thead><tr>${head.map((value, i) => cell('th', value, i))}</tr></thead><tbody>${rows.map((row) => markup`<tr>${row.map((value, i) => cell('td', value, i))}</tr>`)}</tbody></table></div>`;
}

export function figure(title: string, explanation: string | null, ...body: readonly (Html | null)[]): Html {
  return markup`<figure><figcaption><h3>${title}</h3>${explanation !== null && markup`<p>${prose(explanation)}</p>`}</figcaption>${body}</figure>`;
}
