/** A comparison in a terminal of 80 columns. */
import type { Ansis } from 'ansis';
import type { Comparison } from '../../study/compare/comparison.js';
import { standingsOf } from '../../study/compare/standing.js';
import { plain } from '../palette.js';
import { table, wrap } from '../terminal/table.js';
import { aboutBaseline, findingsOf } from './findings.js';
import { QUALITY, REACH, SCORES, type Columns } from './tables.js';

const COLUMNS = 80;

export function comparisonReport(comparison: Comparison, colours: Ansis = plain): string {
  const standings = standingsOf(comparison);
  const asTable = ({ title, head, rowOf }: Columns): string => {
    const rows = standings.flatMap((standing) => rowOf(standing) ?? []);
    return rows.length === 0 ? '' : `${colours.bold(title)}\n\n${table([head, ...rows])}`;
  };
  const told = (sentences: readonly string[]): string =>
    sentences.map((one) => wrap(one, COLUMNS)).join('\n');
  const findings = told(findingsOf(comparison));
  return [asTable(SCORES), asTable(REACH), asTable(QUALITY), findings, told(aboutBaseline(comparison))]
    .filter((part) => part !== '')
    .map((part) => `${part}\n`)
    .join('\n');
}
