/** The gradient by lag as a chart of characters, for a terminal of 80 columns. */
import asciichart from 'asciichart';
import type { LayerReport } from '../bptt/report.js';
import { stateLog10 } from '../probe/memory.js';

const COLUMNS = 64;
const ROWS = 10;

/** Decades below lag 0 that the axis reaches at most: what lies lower runs along the bottom. */
const LOWEST = -12;

/**
 * The state norm √(‖∂h‖² + ‖∂c‖²) of one layer by lag, relative to lag 0, on a logarithmic axis. Empty where the
 * window has a single timestep, or no gradient at all.
 */
export function lagChart({ lagLog10 }: LayerReport): string {
  const curve = lagLog10 ? stateLog10(lagLog10) : [];
  const start = curve[0] ?? null;
  if (start === null || curve.length < 2) return '';
  const relative = curve.map((value) => (value === null ? LOWEST : Math.max(LOWEST, value - start)));
  const columns = Math.min(COLUMNS, relative.length);
  const lagAt = (column: number): number => Math.round((column * (relative.length - 1)) / (columns - 1));
  const points = Array.from({ length: columns }, (_, column) => relative[lagAt(column)]);
  // At least one decade high, so that a curve that keeps its level looks level.
  const min = Math.min(-1, Math.floor(Math.min(...points)));
  const max = Math.max(0, Math.ceil(Math.max(...points)));
  const chart = asciichart.plot(points, {
    height: ROWS,
    min,
    max,
    format: (x: number) => `10^${x.toFixed(1)}`.padStart(9),
  });
  const margin = ' '.repeat(11);
  const last = `lag ${relative.length - 1}`;
  // In a window of a few timesteps the two names need more room than the curve.
  const axis = `lag 0${last.padStart(Math.max(columns - 5, last.length + 1))}`;
  return `${chart.replace(/ +$/gm, '')}\n${margin}${axis}`;
}
