/** The lag curve as it is drawn and spoken of: relative to lag 0, and what may be said of its shape. */
import type { LayerReport, LayerWith } from '../bptt/report.js';
import { stateLog10, type Memory } from './memory.js';
import { fittedFrom, isSignificant, tailLine, WITHIN, type TailLine } from './tail.js';
import { isResolved } from './flags.js';

/** The state norm by lag relative to lag 0, in log10; null for an exact 0. */
export function relativeCurve({ lagLog10 }: Pick<LayerWith<'lagLog10'>, 'lagLog10'>): (number | null)[] {
  const curve = stateLog10(lagLog10);
  const start = curve.at(0) ?? null;
  return curve.map((value) => (value === null || start === null ? null : value - start));
}

/** log10 of what is left at the window's far end, relative to lag 0; null where nothing is, or nothing was measured. */
export function leftAtEnd({ lagLog10 }: Pick<LayerReport, 'lagLog10'>): number | null {
  return lagLog10 ? (relativeCurve({ lagLog10 }).at(-1) ?? null) : null;
}

/** What is left at the window's far end, in log10; more than twice of it has grown. null of `log10`: nothing. */
export interface Left {
  readonly log10: number | null;
  readonly hasGrown: boolean;
}

/** More than twice what there was at lag 0: not a share that is left, but growth. */
export const hasGrown = (left: number | null): left is number => left !== null && left > Math.log10(2);

/** There is a curve to draw: of numbers, of which arithmetic has made something. */
export const hasCurve = (layer: LayerReport): layer is LayerWith<'lagLog10'> =>
  layer.lagLog10 !== undefined && layer.memory?.verdict !== 'not-finite' && isResolved(layer);

/** How far the curve rises above lag 0, in decades. */
export const riseOf = (curve: readonly (number | null)[]): number =>
  curve.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);

/** What a curve must lose before its tail, more than at the tail's own pace, for two parts to be told: decades, and a share of the drop. */
const [TWO_PARTS, OF_DROP] = [1, 0.2];
/** Share of what the tail loses within which the curve is on its line, where that is more than `WITHIN` decades. */
const STRAIGHT = 0.1;

/**
 * Level: it changes by less than a factor of 2 over its lags. Falling, rising: along a line. Uneven: along none, but by
 * more than chance. Uncertain: chance can have made its fall or rise.
 */
export type TailShape = 'level' | 'falling' | 'rising' | 'uneven' | 'uncertain';

/** What may be said of a tail; null where there is none. */
export function tailShape(
  { lagLog10, memory: { tail } }: { readonly lagLog10?: LayerReport['lagLog10']; readonly memory: Memory },
  timesteps: number,
): TailShape | null {
  if (tail === null) return null;
  const change = tail.decadesPerStep * (timesteps - fittedFrom(timesteps));
  const wander = (lagLog10 && lineOf({ lagLog10 })?.wander) ?? 0;
  if (Math.abs(change) < WITHIN) return wander <= WITHIN ? 'level' : 'uncertain';
  if (!isSignificant(tail)) return 'uncertain';
  if (wander > Math.max(WITHIN, STRAIGHT * Math.abs(change))) return 'uneven';
  return change < 0 ? 'falling' : 'rising';
}

const lineOf = ({ lagLog10 }: Pick<LayerWith<'lagLog10'>, 'lagLog10'>): TailLine | null =>
  tailLine(relativeCurve({ lagLog10 }));

/** The curve has two parts: before its tail it loses much more than it does at the tail's pace. */
export function hasDrop({ drop, tail }: Pick<Memory, 'drop' | 'tail'>): boolean {
  if (!drop || !tail) return false;
  const more = drop.decades + tail.decadesPerStep * drop.lag;
  return more >= Math.max(TWO_PARTS, OF_DROP * drop.decades);
}

/** log10 ‖∂L/∂h_t‖ by timestep; null for an exact 0, and for what no number has room for. */
export function totalLog10Of({ total, totalLog10 }: LayerReport): (number | null)[] {
  if (totalLog10) return [...totalLog10.h];
  const norms: readonly (number | null)[] = total?.h ?? [];
  return norms.map((norm) => (norm !== null && norm > 0 && norm < Infinity ? Math.log10(norm) : null));
}
