/** The charts of a page as files of their own: with the colours and letters that the page's style sheet gives them. */
import { STYLE } from '../page/style.js';

export interface Picture {
  /** Of the file, without a folder: its number on the page, and what it shows. */
  readonly name: string;
  readonly svg: string;
}

/** The light one is that of paper too. */
export type Theme = 'light' | 'dark';

type Colours = ReadonlyMap<string, string>;

/** What the page's style sheet says of a theme; what the dark one does not name is as in the light one. */
const [light, dark] = [/:root\s*\{([^}]*)\}/, /prefers-color-scheme: dark\)\s*\{\s*:root\s*\{([^}]*)\}/].map(
  (rule) =>
    [...(rule.exec(STYLE)?.[1] ?? '').matchAll(/--([\w-]+):\s*(#[0-9a-f]+)/gi)].map(
      ([, name, colour]) => [name, colour] as const,
    ),
);
const COLOURS: Readonly<Record<Theme, Colours>> = {
  light: new Map(light),
  dark: new Map([...light, ...dark]),
};

/** Letters and signs that may stand in a file's name anywhere. */
const fileName = (label: string): string =>
  label
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/['’]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-|-$/g, '');

const unescaped = (text: string): string =>
  text
    .replace(/&(?:quot|#34);/g, '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

function standalone(svg: string, colours: Colours): string {
  const colour = (name: string): string => colours.get(name) ?? '#000';
  const [, attributes = '', body = ''] = /^<svg([^>]*)>([^]*)$/.exec(svg) ?? [];
  const resolved = (text: string): string =>
    text
      .replace(/var\(--([\w-]+)\)/g, (_, name: string) => colour(name))
      .replaceAll('currentColor', colour('ink'))
      // What HTML has a name for and XML has none.
      .replaceAll('&nbsp;', '&#160;');
  // An attribute may stand there once.
  const added = Object.entries({
    xmlns: 'http://www.w3.org/2000/svg',
    'font-family': 'system-ui, sans-serif',
    color: colour('ink'),
  })
    .filter(([name]) => !attributes.includes(` ${name}="`))
    .map(([name, value]) => ` ${name}="${value}"`);
  const head = resolved(attributes).replaceAll('font-family: inherit', 'font-family: system-ui, sans-serif');
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg${added.join('')}${head}><rect width="100%" height="100%" fill="${colour('paper')}"/>${resolved(body)}
`;
}

/** @param page HTML, of ours */
export function picturesOf(page: string, theme: Theme = 'light'): Picture[] {
  const charts = [...page.matchAll(/<svg role="img" aria-label="([^"]*)"[^]*?<\/svg>/g)].filter(
    // The key of a map is no picture by itself.
    ([svg]) => !svg.slice(0, svg.indexOf('>')).includes('data-small'),
  );
  return charts.map(([svg, label], i) => ({
    name: `${String(i + 1).padStart(2, '0')}-${fileName(unescaped(label)) || 'chart'}.svg`,
    svg: standalone(svg, COLOURS[theme]),
  }));
}
