/** Pieces in lines, as many to a line as have room; of what is wider than a line alone, one. */

/** @param widthOf in the unit of `width` */
export function filled(
  pieces: readonly string[],
  between: string,
  width: number,
  widthOf: (text: string) => number,
  indent = '',
): string {
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces.filter((one) => one !== '')) {
    const longer = line === '' ? piece : `${line}${between}${piece}`;
    if (line !== '' && widthOf(indent) + widthOf(longer) > width) {
      lines.push(`${indent}${line}`);
      line = piece;
    } else line = longer;
  }
  if (line !== '') lines.push(`${indent}${line}`);
  return lines.join('\n');
}
