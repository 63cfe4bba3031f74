/** The results as text. */
import { nameOf } from './cases.js';
import type { MemoryRow } from './memory.js';
import { inPercent, type Spread } from './spread.js';
import type { TrainingRow } from './training.js';

/** Columns as wide as their widest cell; the first to the left, the others to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, j) => Math.max(...rows.map((row) => row[j].length)));
  return rows
    .map((row) =>
      row
        .map((cell, j) => (j === 0 ? cell.padEnd(widths[j]) : cell.padStart(widths[j])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** 192345 → `192 k` */
const thousands = (rate: number): string => {
  const k = rate / 1000;
  return `${k >= 100 ? k.toFixed(0) : k >= 10 ? k.toFixed(1) : k.toFixed(2)} k`;
};

export function speeds(rows: readonly TrainingRow[], names: readonly string[]): string {
  return table([
    ['characters a second', ...names],
    ...rows.map(({ case: of, sides }) => [
      nameOf(of),
      ...names.map((name) =>
        name in sides ? `${thousands(sides[name].median)} ${inPercent(sides[name])}` : '–',
      ),
    ]),
  ]);
}

const RATIOS = [
  ['native 1', 'PyTorch 1'],
  ['native 2', 'PyTorch 2'],
  ['wasm 1', 'PyTorch 1'],
  ['native 2', 'native 1'],
  ['wasm 2', 'wasm 1'],
  ['native 1', 'brain.js'],
] as const;

/**
 * Medians beside one another, and the products of the fastest as a share of the core's peak.
 * @param hasPeer PyTorch is worth a ratio
 */
export function ratios(rows: readonly TrainingRow[], peak: number, hasPeer: boolean): string {
  const shown = RATIOS.filter(([, below]) => hasPeer || !below.startsWith('PyTorch'));
  const ratio = (sides: Readonly<Record<string, Spread>>, above: string, below: string): string =>
    above in sides && below in sides ? `${(sides[above].median / sides[below].median).toPrecision(3)}×` : '–';
  return table([
    ['how many times as fast', ...shown.map(([above, below]) => `${above} / ${below}`), 'native 1, of peak'],
    ...rows.map(({ case: of, sides, operationsPerCharacter }) => [
      nameOf(of),
      ...shown.map(([above, below]) => ratio(sides, above, below)),
      'native 1' in sides
        ? `${((100 * sides['native 1'].median * operationsPerCharacter) / 1e9 / peak).toFixed(0)}%`
        : '–',
    ]),
  ]);
}

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

export const memory = (rows: readonly MemoryRow[]): string =>
  table([
    ['memory of a training', 'formula', 'engine', 'process grew by'],
    ...rows.map(({ case: of, formula, engine, resident }) => [
      nameOf(of),
      ...[formula, engine, resident].map(mebibytes),
    ]),
  ]);
