/** Rows of words as columns of characters. */
import { widthOf } from './width.js';

type Rows = readonly (readonly string[])[];

const GAP = 2;

/**
 * Columns as wide as their widest cell, two spaces apart: the first to the left, the others to the right unless `left`
 * names them. No line ends in a space. Where that is wider than `width`, titles (the first row, unless there is none) and
 * words of the columns to the left stand in several lines; and where it still is, further columns stand below, beside the
 * first ones again that are to the left.
 */
export function table(rows: Rows, left: readonly number[] = [0], width = Infinity, hasTitles = true): string {
  const titles = hasTitles ? 0 : -1;
  const widths = widthsOf(rows);
  if (totalOf(widths) <= width) return laidOut(rows, left, widths, titles);
  const narrow = narrowed(rows, left, widths, titles, width);
  if (totalOf(narrow) <= width) return laidOut(rows, left, narrow, titles);
  return blocksOf(narrow, left, width)
    .map((columns) => {
      const part = rows.map((row) => columns.map((column) => row.at(column) ?? ''));
      const isLeft = columns.flatMap((column, i) => (left.includes(column) ? [i] : []));
      return laidOut(
        part,
        isLeft,
        columns.map((column) => narrow[column]),
        titles,
      );
    })
    .join('\n\n');
}

const totalOf = (widths: readonly number[]): number =>
  widths.reduce((sum, one) => sum + one, 0) + GAP * Math.max(0, widths.length - 1);

const widest = (words: readonly string[]): number => Math.max(0, ...words.map(widthOf));

const widthsOf = (rows: Rows): number[] =>
  Array.from({ length: Math.max(0, ...rows.map((row) => row.length)) }, (_, i) =>
    widest(rows.map((row) => row.at(i) ?? '')),
  );

/** Widths that fit, where breaking between words makes them so; else as narrow as that makes them. */
function narrowed(
  rows: Rows,
  left: readonly number[],
  widths: readonly number[],
  titles: number,
  most: number,
): readonly number[] {
  const least = widths.map((_, i) =>
    widest(
      rows.flatMap((row, r) => {
        const cell = row.at(i) ?? '';
        const indent = indentOf(cell);
        return r === titles || left.includes(i) ? wordsOf(cell).map((word) => indent + word) : [cell];
      }),
    ),
  );
  const narrow = [...widths];
  while (totalOf(narrow) > most) {
    const spare = narrow.map((one, i) => (one > least[i] ? one : 0));
    const longest = Math.max(...spare);
    if (longest === 0) break;
    narrow[spare.indexOf(longest)]--;
  }
  return narrow;
}

/** Columns that stand side by side, those that say what a row is in each block. */
function blocksOf(widths: readonly number[], left: readonly number[], most: number): number[][] {
  const columns = Array.from(widths.keys());
  const last = columns.findIndex((column) => !left.includes(column));
  const keys = columns.slice(0, Math.max(1, last));
  const blocks: number[][] = [[...keys]];
  for (const column of columns.slice(keys.length)) {
    const block = blocks[blocks.length - 1];
    const total = totalOf([...block, column].map((one) => widths[one]));
    if (block.length === keys.length || total <= most) block.push(column);
    else blocks.push([...keys, column]);
  }
  return blocks;
}

function laidOut(rows: Rows, left: readonly number[], widths: readonly number[], titles: number): string {
  return rows
    .flatMap((row, r) => {
      const cells = row.map((cell, i) => broken(cell, widths[i]));
      const height = Math.max(1, ...cells.map((lines) => lines.length));
      return Array.from({ length: height }, (_, at) =>
        cells
          .map((lines, i) => {
            // Titles stand on their figures.
            const text = lines[r === titles ? at - height + lines.length : at] ?? '';
            const gap = ' '.repeat(Math.max(0, widths[i] - widthOf(text)));
            return left.includes(i) ? `${text}${gap}` : `${gap}${text}`;
          })
          .join(' '.repeat(GAP))
          .trimEnd(),
      );
    })
    .join('\n');
}

function broken(cell: string, width: number): string[] {
  if (widthOf(cell) <= width) return [cell];
  const indent = indentOf(cell);
  const lines: string[] = [];
  for (const word of wordsOf(cell)) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + 1 + widthOf(word) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(indent + word);
  }
  return lines;
}

const indentOf = (cell: string): string => /^ */.exec(cell)?.[0] ?? '';
const wordsOf = (cell: string): string[] => cell.split(' ').filter((word) => word !== '');

const BARS = '▁▂▃▄▅▆▇█';

/** Shares from 0 to 1 as a row of bars. */
export const sparkline = (shares: readonly (number | null)[]): string =>
  shares
    .map((share) =>
      share === null ? '·' : BARS[Math.min(BARS.length - 1, Math.floor(Math.max(0, share) * BARS.length))],
    )
    .join('');
