/** HTML out of values that may be hostile: what is interpolated is escaped, unless it is HTML already. */

/** Text that is HTML, made by `markup` or `raw` alone. */
export class Html {
  constructor(readonly text: string) {}
}

export type Fragment = string | number | Html | readonly Fragment[] | null | undefined | false;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Fit for the content of an element and for a quoted attribute. */
export const escapeHtml = (text: string): string =>
  text
    .replace(/[&<>"']/g, (sign) => ESCAPES[sign])
    // Control characters that HTML does not allow; below, halves of surrogate pairs.

    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '\uFFFD')
    .replace(/\p{Surrogate}/gu, '\uFFFD');

function render(value: Fragment): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(render).join('');
  return escapeHtml(String(value));
}

export const markup = (strings: TemplateStringsArray, ...values: readonly Fragment[]): Html =>
  new Html(strings.reduce((text, string, i) => `${text}${render(values[i - 1])}${string}`));

/** HTML from a source that escapes by itself. */
export const raw = (text: string): Html => new Html(text);

/** JSON inside a script element: no `<` that could end it, no line separators that old readers trip over. */
export const embeddedJson = (value: unknown): Html =>
  new Html(
    JSON.stringify(value)
      .replaceAll('<', '\\u003c')
      .replaceAll('\u2028', '\\u2028')
      .replaceAll('\u2029', '\\u2029'),
  );
