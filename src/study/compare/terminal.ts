/** A comparison in a terminal: tables as wide as they are, prose as wide as the terminal. */
import type { Ansis } from 'ansis';
import type { Comparison } from './comparison.js';
import { standingsOf } from './standing.js';
import { plain } from '../../ui/palette.js';
import { table } from '../../ui/terminal/table.js';
import { textWidth, wrap } from '../../ui/terminal/wrap.js';
import { aboutBaseline, findingsOf } from './findings.js';
import { QUALITY, REACH, SCORES, type Columns } from './tables.js';

/** @param width of its prose */
export function comparisonReport(
  comparison: Comparison,
  colours: Ansis = plain,
  width: number = textWidth(),
): string {
  const standings = standingsOf(comparison);
  const asTable = ({ title, head, rowOf }: Columns): string => {
    const rows = standings.flatMap((standing) => rowOf(standing) ?? []);
    return rows.length === 0 ? '' : `${colours.bold(wrap(title, width))}\n\n${table([head, ...rows])}`;
  };
  const told = (sentences: readonly string[]): string => sentences.map((one) => wrap(one, width)).join('\n');
  const findings = told(findingsOf(comparison));
  return [asTable(SCORES), asTable(REACH), asTable(QUALITY), findings, told(aboutBaseline(comparison))]
    .filter((part) => part !== '')
    .map((part) => `${part}\n`)
    .join('\n');
}
