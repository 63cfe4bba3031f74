/** Rows of words as columns of characters. */

/**
 * Columns as wide as their widest cell, two spaces apart: the first to the left, the others to the right unless `left`
 * names them. No line ends in a space.
 */
export function table(rows: readonly (readonly string[])[], left: readonly number[] = [0]): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, i) =>
    Math.max(...rows.map((row) => widthOf(row.at(i) ?? ''))),
  );
  return rows
    .map((row) =>
      row
        .map((cell, i) => {
          const gap = ' '.repeat(widths[i] - widthOf(cell));
          return left.includes(i) ? `${cell}${gap}` : `${gap}${cell}`;
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** In columns of a terminal, for the letters and signs that the reports are made of. */
export const widthOf = (text: string): number => Array.from(text).length;

const BARS = '▁▂▃▄▅▆▇█';

/** Shares from 0 to 1 as a row of bars. */
export const sparkline = (shares: readonly (number | null)[]): string =>
  shares
    .map((share) =>
      share === null ? '·' : BARS[Math.min(BARS.length - 1, Math.floor(Math.max(0, share) * BARS.length))],
    )
    .join('');
