/** A page as one file: it needs no network (its policy forbids it), works from disk, in light and dark and on paper. */
import { embeddedJson, escapeHtml, type Html } from '../html.js';
import { STYLE } from './style.js';

export interface Page {
  /** As in HTML's `lang`. */
  readonly language: string;
  readonly title: string;
  readonly body: readonly (Html | null)[];
  /** Embedded as JSON, by id. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The only script that may run, and what its policy knows it by. */
  readonly script?: { readonly source: string; readonly hash: string };
  /** Rules beside those that all pages have. */
  readonly style?: string;
}

export function htmlPage({ language, title, body, data, script, style = '' }: Page): string {
  const policy = [
    "default-src 'none'",
    ...(script ? [`script-src '${script.hash}'`] : []),
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const embedded = Object.entries(data).map(
    ([id, value]) => `<script type="application/json" id="${id}">${embeddedJson(value).text}</script>\n`,
  );
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="dissipa">
<title>${escapeHtml(title)}</title>
<style>${STYLE}${style}</style>
</head>
<body>
${body.map((part) => part?.text ?? '').join('\n')}
${embedded.join('')}${script ? `<script>${script.source}</script>\n` : ''}</body>
</html>
`;
}
