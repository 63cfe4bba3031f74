/** What a layer's figures cannot be trusted for, from the figures themselves. */
import * as z from 'zod';
import { wants } from '../base/wanted.js';
import type { LayerReport } from '../bptt/report.js';
import { log } from '../base/elementary.js';
import type { Unrolled } from '../bptt/unrolled.js';
import { normOf } from '../kernels/norm.js';
import { stateLog10 } from './memory.js';

const FLAGS = ['float32-digits', 'chaotic-float32', 'chaotic'] as const;

/**
 * - `float32-digits`: from `digitsFromLag` on, derivatives that float32 has rounded away may be missing
 * - `chaotic-float32`: a rounding error of float32 grows by e¹⁰ or more along the window: the trajectory is another one
 * - `chaotic`: by e³⁰ or more, too much for float64 as well
 */
export type Flag = (typeof FLAGS)[number];

/** In a log; those of a later dissipa are passed over. */
export const flags = z
  .array(z.string(wants({ is: 'flag' })))
  .transform((all) => all.filter((flag): flag is Flag => FLAGS.some((known) => known === flag)));

/**
 * A rounding error of float32 (6e-8) that grows by e¹⁰ is off in the third digit, one of float64 (1e-16) by e³⁰ likewise:
 * from there on the numbers belong to another trajectory than that of the weights.
 */
export const CHAOTIC_FLOAT32 = 10;
export const CHAOTIC = 30;

/** A layer's figures mean something: arithmetic can follow its trajectory. */
export const isResolved = ({ flags = [] }: Pick<LayerReport, 'flags'>): boolean => !flags.includes('chaotic');

/** nats by which a small change of a state grows along the window beside the states themselves; 0 where it does not. */
function growthOf(unrolled: Unrolled, layers: readonly LayerReport[]): number {
  const { timesteps } = unrolled;
  const growths = layers.map((report, l) => {
    const lambda = report.theory?.lyapunov.at(0);
    const grown = lambda === undefined ? riseOf(report) * Math.LN10 : lambda * timesteps;
    return grown - Math.max(0, stateGrowth(unrolled, l));
  });
  return growths.reduce((a, b) => Math.max(a, b), 0);
}

/** Decades by which a lag curve rises above what it has fallen to before: without λ₁, the growth that can be seen. */
function riseOf({ lagLog10 }: LayerReport): number {
  if (!lagLog10) return 0;
  let [least, rise] = [Infinity, 0];
  for (const value of stateLog10(lagLog10)) {
    if (value === null || !Number.isFinite(value)) continue;
    least = Math.min(least, value);
    rise = Math.max(rise, value - least);
  }
  return rise;
}

/** ln of how much larger the states become: where they grow as fast as a change of them, nothing is lost. */
function stateGrowth({ network, layers, timesteps }: Unrolled, l: number): number {
  if (network.cell.activations.every(({ kind }) => kind !== 'relu')) return 0;
  const { steps } = layers[l];
  const [first, last] = [steps[0], steps[timesteps - 1]].map(({ h }) => normOf(network.kernels, h));
  return first > 0 && last > 0 ? log(last / first) : 0;
}

/** The reports with their flags; `unrolled` is the window they were measured on. */
export function withFlags<T extends LayerReport>(unrolled: Unrolled, layers: readonly T[]): T[] {
  const isFloat32 = unrolled.network.kernels.scalar === 'f32';
  const growth = growthOf(unrolled, layers);
  return layers.map((report) => {
    const found: Flag[] = [];
    if (typeof report.digitsFromLag === 'number') found.push('float32-digits');
    if (isFloat32 && growth > CHAOTIC_FLOAT32) found.push('chaotic-float32');
    if (growth > CHAOTIC) found.push('chaotic');
    return found.length > 0 ? { ...report, flags: found } : report;
  });
}
