/** The memory of the layers as a table: the same figures in the terminal and on the page. */
import type { LayerReport, Memory } from '../../bptt/report.js';
import { tailShape } from '../../ui/curve.js';
import { isResolved } from '../../ui/flags.js';
import type { LayerWith } from '../../ui/inspection.js';
import { pace, short, signed } from '../../words/numbers.js';

export interface MemoryRow {
  readonly layer: string;
  readonly cells: readonly string[];
  /** In the table; where figures are not shown, why. */
  readonly verdict: string;
}

/** Between the layer and the verdict. */
export const MEMORY_HEAD = [
  'half at lag',
  '1% at',
  '10⁻⁶ at',
  'drop',
  'by lag',
  'tail decades/step',
] as const;
export const NOT_RESOLVED = 'unresolved';

const NONE = '–';
const lag = (value: number | null | undefined): string => (typeof value === 'number' ? String(value) : NONE);

function cellsOf({ halfLife, lag1pct, lag1e6, drop, tail }: Memory): string[] {
  return [
    lag(halfLife),
    lag(lag1pct),
    lag(lag1e6),
    // Of a curve that gains first, a negative loss.
    drop === null ? NONE : signed(drop.decades, 1).replace('+', ''),
    lag(drop?.lag),
    tail === null ? NONE : pace(tail.decadesPerStep, tail.standardError),
  ];
}

/** A row for each layer of which memory was measured, in the layers' order. */
export const memoryRows = (layers: readonly LayerReport[]): MemoryRow[] =>
  layers.flatMap((report) => {
    const { memory } = report;
    if (!memory) return [];
    const layer = String(report.layer);
    if (!isResolved(report)) return [{ layer, cells: MEMORY_HEAD.map(() => NONE), verdict: NOT_RESOLVED }];
    return [{ layer, cells: cellsOf(memory), verdict: memory.verdict }];
  });

/** The time constant of a tail that falls along a line, in steps; of another it would say little. */
export function timeConstantOf(report: LayerWith<'memory'>, timesteps: number): string {
  const { timeConstant } = report.memory;
  const isFalling = isResolved(report) && tailShape(report, timesteps) === 'falling';
  return timeConstant !== null && isFalling ? short(timeConstant) : NONE;
}
