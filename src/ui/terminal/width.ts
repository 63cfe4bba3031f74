/** Columns that a text takes in a terminal: two for a CJK character or an emoji, none for a combining mark or a colour. */
import stringWidth from 'string-width';

export const widthOf = (text: string): number => stringWidth(text);

/** Where signs that are to be shown as one, as emoji of several are, are shown one by one. */
const mostWidthOf = (text: string): number =>
  Math.max(
    widthOf(text),
    Array.from(text).reduce((sum, symbol) => sum + widthOf(symbol), 0),
  );

/** What is seen as one. */
export const signs = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** As much of it as `width` columns have room for in any terminal; what is cut ends in `…`. */
export function cutTo(text: string, width: number): string {
  if (mostWidthOf(text) <= width) return text;
  let cut = '';
  let columns = 1;
  for (const { segment } of signs.segment(text)) {
    columns += mostWidthOf(segment);
    if (columns > width) break;
    cut += segment;
  }
  return width < 1 ? '' : `${cut}…`;
}
