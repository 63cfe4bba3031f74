/** Prose in lines: how wide they are, and where they break. Charts and tables have widths of their own. */
import { filled } from '../lines.js';
import { signs, widthOf } from './width.js';

const NARROWEST = 40;
const USUAL = 80;
const WIDEST = 100;

/** Columns for prose. @param columns of the terminal; undefined or 0 where there is none, or none that says */
export const textWidth = (columns?: number): number =>
  columns === undefined || columns === 0 ? USUAL : Math.min(WIDEST, Math.max(NARROWEST, columns));

/** Words in lines of at most `width`, each line after `indent`. */
export const wrap = (text: string, width: number, indent = ''): string =>
  filled(text.split(/\s+/), ' ', width, widthOf, indent);

/** Facts in lines of at most `width`, ` · ` between those of a line; one that is longer by itself is wrapped. */
export const wrapFacts = (facts: readonly string[], width: number): string =>
  filled(facts, ' · ', width, widthOf)
    .split('\n')
    .map((line) => wrap(line, width))
    .join('\n');

/** Where a command to be typed begins; broken in two it would be two. */
const COMMAND = /(?:npx )?dissipa [a-z]+ /;

/**
 * Lines that a terminal would break anywhere, broken between words; a command at the end of one has a line of its own.
 * @param columns of the terminal; undefined or 0 where there is none, or none that says
 */
export const fold = (text: string, columns?: number): string =>
  columns === undefined || columns === 0
    ? text
    : text
        .split('\n')
        .map((line) => folded(line, columns))
        .join('\n');

function folded(line: string, columns: number): string {
  if (widthOf(line) <= columns) return line;
  const indent = /^ */.exec(line)?.[0] ?? '';
  const { index = line.length } = COMMAND.exec(line) ?? {};
  const [prose, command] = [line.slice(0, index).trim(), line.slice(index)];
  return [
    ...(prose === '' ? [] : [wrap(prose, textWidth(columns), indent)]),
    ...(command === '' ? [] : [`${indent}${prose === '' ? '' : '  '}${command}`]),
  ].join('\n');
}

const HANGING = '    ';

/** A text as it is, each line after `indent`; the rest of one that is too wide stands further in, so that lines can be told. */
export const foldVerse = (text: string, width: number, indent = ''): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? '' : verse(line, width, indent)))
    .join('\n');

function verse(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = indent;
  let columns = widthOf(indent);
  const add = (piece: string, wide: number): void => {
    line += piece;
    columns += wide;
  };
  const next = (): void => {
    lines.push(line.trimEnd());
    line = indent + HANGING;
    columns = widthOf(line);
  };
  for (const word of text.split(/(?<= )(?! )/)) {
    const wide = widthOf(word.trimEnd());
    if (columns + wide <= width) {
      add(word, widthOf(word));
      continue;
    }
    if (columns > widthOf(indent + HANGING)) next();
    for (const { segment } of signs.segment(word)) {
      const one = widthOf(segment);
      if (columns + one > width && segment.trim() !== '') next();
      add(segment, one);
    }
  }
  lines.push(line.trimEnd());
  return lines.join('\n');
}
