/** A page as one file: it needs no network (its policy forbids it), works from disk, in light and dark and on paper. */
import { sha256 } from '../../base/digest.js';
import { embeddedJson, escapeHtml, type Html } from '../html.js';
import { CHART_SCRIPT } from './chart-script.js';
import { STYLE } from './style.js';

export interface Page {
  /** As in HTML's `lang`. */
  readonly language: string;
  readonly title: string;
  readonly body: readonly (Html | null)[];
  /** Embedded as JSON, by id. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The only script that may run beside that of the charts, and what its policy knows it by. */
  readonly script?: {
    readonly source: string;
    readonly hash: string;
    /** It compiles WebAssembly in a worker of its own. */
    readonly isComputing?: boolean;
  };
  /** Text that a script reads, by id; HTML nowhere, `<` in none. */
  readonly packed?: Readonly<Record<string, string>>;
  /** Rules beside those that all pages have. */
  readonly style?: string;
}

/** As a content security policy names a script. */
export function hashOf(source: string): string {
  const hex = sha256().add(source).hex();
  const bytes = hex.match(/../g)?.map((byte) => String.fromCharCode(parseInt(byte, 16))) ?? [];
  return `sha256-${btoa(bytes.join(''))}`;
}

export function htmlPage({ language, title, body, data, script, packed = {}, style = '' }: Page): string {
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(CHART_SCRIPT)}'${script ? ` '${script.hash}'` : ''}${script?.isComputing ? " 'wasm-unsafe-eval'" : ''}`,
    ...(script?.isComputing ? ['worker-src blob:'] : []),
    // A chart becomes a PNG by way of an image.
    'img-src data:',
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const embedded = Object.entries(data).map(
    ([id, value]) => `<script type="application/json" id="${id}">${embeddedJson(value).text}</script>\n`,
  );
  const texts = Object.entries(packed).map(
    ([id, text]) => `<script type="text/plain" id="${id}">${text}</script>\n`,
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
${[...embedded, ...texts].join('')}<script>${CHART_SCRIPT}</script>
${script ? `<script>${script.source}</script>\n` : ''}</body>
</html>
`;
}
