/** A comparison in a terminal: tables and prose as wide as the terminal. */
import type { Ansis } from 'ansis';
import { sentenceOf, type CompareFinding } from '../../words/compare.js';
import type { Words } from '../../words/words.js';
import type { Comparison } from './comparison.js';
import { standingsOf } from './standing.js';
import { plain } from '../../ui/palette.js';
import { table } from '../../ui/terminal/table.js';
import { textWidth, wrap } from '../../ui/terminal/wrap.js';
import { aboutBaseline, findingsOf } from './findings.js';
import { comparedTable, TABLES } from './tables.js';

/** @param width of its prose */
export function comparisonReport(
  comparison: Comparison,
  words: Words,
  colours: Ansis = plain,
  width: number = textWidth(),
): string {
  const standings = standingsOf(comparison);
  const tables = TABLES.map((columns) => {
    const { title, head, rows } = comparedTable(columns, standings, words);
    return rows.length === 0
      ? ''
      : `${colours.bold(wrap(title, width))}\n\n${table([head, ...rows], [0], width)}`;
  });
  const told = (findings: readonly CompareFinding[]): string =>
    findings.map((one) => wrap(sentenceOf(words.compare.findings, one), width)).join('\n');
  return [...tables, told(findingsOf(comparison)), told(aboutBaseline(comparison))]
    .filter((part) => part !== '')
    .map((part) => `${part}\n`)
    .join('\n');
}
