/** The memory of the layers as a table: the same figures in the terminal and on the page. */
import type { LayerReport, LayerWith } from '../../bptt/report.js';
import type { Memory, Verdict } from '../../probe/memory.js';
import { tailShape } from '../../probe/curve.js';
import { isResolved } from '../../probe/flags.js';
import { layerNumber } from '../../words/inspect.js';
import type { Numbers } from '../../words/numbers.js';
import type { Words } from '../../words/words.js';

export interface MemoryRow {
  readonly layer: string;
  readonly cells: readonly string[];
  /** In the table; where figures are not shown, why. */
  readonly verdict: string;
  /** The verdict, by which a page colours it. */
  readonly kind: Verdict | 'unresolved';
}

const NONE = '–';
const lag = (value: number | null | undefined, { count }: Numbers): string =>
  typeof value === 'number' ? count(value) : NONE;

function cellsOf({ halfLife, lag1pct, lag1e6, drop, tail }: Memory, numbers: Numbers): string[] {
  return [
    lag(halfLife, numbers),
    lag(lag1pct, numbers),
    lag(lag1e6, numbers),
    // Of a curve that gains first, a negative loss.
    drop === null ? NONE : numbers.fixed(drop.decades, 1),
    lag(drop?.lag, numbers),
    tail === null ? NONE : numbers.pace(tail.decadesPerStep, tail.standardError),
  ];
}

/** A row for each layer of which memory was measured, in the layers' order. */
export const memoryRows = (layers: readonly LayerReport[], { inspect, numbers }: Words): MemoryRow[] =>
  layers.flatMap((report): MemoryRow[] => {
    const { memory } = report;
    if (!memory) return [];
    const layer = numbers.count(layerNumber(report.layer));
    const { head, unresolved, verdicts } = inspect.memory;
    if (!isResolved(report))
      return [{ layer, cells: head.map(() => NONE), verdict: unresolved, kind: 'unresolved' }];
    const { verdict } = memory;
    return [{ layer, cells: cellsOf(memory, numbers), verdict: verdicts[verdict], kind: verdict }];
  });

/** The time constant of a tail that falls along a line, in steps; null of another, of which it would say little. */
export function toldTimeConstant(report: LayerWith<'memory'>, timesteps: number): number | null {
  const { timeConstant } = report.memory;
  const isFalling = isResolved(report) && tailShape(report, timesteps) === 'falling';
  return isFalling ? timeConstant : null;
}
