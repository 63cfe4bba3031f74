/** The long table as CSV (RFC 4180, but for LF line ends): a header, numbers in full, nothing for null. */
import { COLUMNS, type Row } from './rows.js';

/** Rows in one piece of text: some hundred kilobytes. */
const PIECE = 8192;

/** Quoted where a separator, a quote or a line end is in it. */
export const csvField = (value: string | number | boolean | null): string => {
  if (value === null) return '';
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** The table in pieces of text, so that a long log need never be in memory as a whole. */
export function* csvPieces(rows: Iterable<Row>): Generator<string> {
  let lines = [COLUMNS.join(',')];
  for (const row of rows) {
    lines.push(COLUMNS.map((column) => csvField(row[column])).join(','));
    if (lines.length < PIECE) continue;
    yield `${lines.join('\n')}\n`;
    lines = [];
  }
  if (lines.length > 0) yield `${lines.join('\n')}\n`;
}
