/**
 * Text that is not ours (names, alphabets, files' contents, other programs' messages) on its way to a terminal: what a
 * terminal would obey instead of showing it is shown as a code point, as in `<U+001B>`. Everything else stays as it is,
 * and what has been made visible is not changed again.
 *
 * Shown: control characters (C0, DEL, C1: all escape sequences begin with one), the controls that turn the direction
 * of writing, the separators of lines and paragraphs, halves of surrogate pairs.
 */

const OBEYED = '\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Bidi_Control}';
const IN_A_LINE = new RegExp(`[${OBEYED}]`, 'gu');
const IN_LINES = new RegExp(`(?![\\n\\t])[${OBEYED}]`, 'gu');

/** Bold, dim, colours of letters, the end of each: all that a sentence of this program brings along. */
const OUR_OWN = '\\x1b\\[(?:0|1|2|22|39|3[0-7]|9[0-7]|38;5;\\d{1,3}|38;2(?:;\\d{1,3}){3})m';
const IN_OUR_OWN = new RegExp(`${OUR_OWN}|(?![\\n\\t])[${OBEYED}]`, 'gu');

/** U+0061 */
export const codePointOf = (symbol: string): string =>
  `U+${(symbol.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

const shown = (symbol: string): string => `<${codePointOf(symbol)}>`;

/** For a text of several lines: line feeds and tabs stay. @param text whole code points, where it comes in pieces */
export const visible = (text: string): string => text.replace(IN_LINES, shown);

/** For bytes, each a symbol U+0000 … U+00FF: ASCII that can be seen, line feeds and tabs stay, the rest as in `\\xE7`. */
export const visibleBytes = (symbols: string): string =>
  symbols.replace(
    /[^\n\t -~]/gu,
    (symbol) => `\\x${symbol.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );

/** For a name or a message within a line: line feeds and tabs are shown as well. */
export const visibleInLine = (text: string): string => text.replace(IN_A_LINE, shown);

/**
 * For all that is sent to a terminal, our own colours among it: a second net under `visible`, which a forgotten name
 * falls into. Colours of a foreign text would pass: it has to be made visible before it is put in a sentence.
 */
export const visibleButColours = (text: string): string =>
  text.replace(IN_OUR_OWN, (found) => (found.length > 1 ? found : shown(found)));

const IN_JSON = /[\x7f-\x9f\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/** JSON of the same value, in which no character is one that a terminal obeys (JSON itself escapes C0 only). */
export const visibleJson = (json: string): string =>
  json.replace(IN_JSON, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Beyond this a name tells nobody anything more. */
const LONGEST_NAME = 80;

/** A name out of a file, as an error or a table shows it: in one line, and cut to a readable length. */
export function shownName(name: string): string {
  const cut =
    name.length <= LONGEST_NAME ? name : `${Array.from(name.slice(0, LONGEST_NAME)).slice(0, -1).join('')}…`;
  return visibleInLine(cut);
}
