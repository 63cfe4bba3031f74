/**
 * Section 6: the flat curve that misleads. The total gradient ‖∂L/∂h_t‖, to which every timestep adds a loss of its own,
 * beside that of the last loss alone, over the same timesteps of the same network.
 */
import { inspect } from '../inspect.js';
import { loadModel } from '../model.js';
import { net, type Measuring, type Nets } from './nets.js';
import { outcomeOf, type Outcome } from './outcome.js';
import { relative } from './product.js';

const CELLS = ['tanh', 'sigmoid'] as const;

/** Decades within which a curve counts as level, and that the other one must fall by. */
export const LEVEL_WITHIN = 1;
export const FALLS_BY = 2;

export interface Misleading {
  readonly cell: (typeof CELLS)[number];
  /** log10 by timestep, relative to the last one; null for an exact 0. */
  readonly total: readonly (number | null)[];
  readonly last: readonly (number | null)[];
  /** Of `total` the smallest and the largest, with null for an exact 0 as there. */
  readonly totalLog10: { readonly smallest: number | null; readonly largest: number | null };
  /** Of `last` the value at timestep 0: what is left; null for an exact 0. */
  readonly leftLog10: number | null;
}

export interface MisleadingFigures {
  readonly nets: readonly Misleading[];
  readonly outcome: Outcome;
}

export async function* measureMisleading(nets: Nets): Measuring<MisleadingFigures> {
  const { measured, size, open, where } = nets.setup;
  const found: Misleading[] = [];
  for (const cell of CELLS) {
    const { start, end } = yield* nets.get(net(cell));
    const [layer] = inspect(loadModel(await open(), end ?? start), measured, size, where).layers;
    found.push({ cell, ...compare(layer.total.h, relative(layer)) });
  }
  return { nets: found, outcome: misleadingOutcome(found) };
}

/** @param total by timestep; @param byLag log10, relative to lag 0 */
export function compare(
  total: readonly number[],
  byLag: readonly (number | null)[],
): Omit<Misleading, 'cell'> {
  const end = total[total.length - 1];
  const log10 = total.map((norm) => (norm > 0 ? Math.log10(norm / end) : null));
  const numbers = log10.map((value) => value ?? -Infinity);
  return {
    total: log10,
    last: [...byLag].reverse(),
    totalLog10: { smallest: orNull(Math.min(...numbers)), largest: orNull(Math.max(...numbers)) },
    leftLog10: byLag.at(-1) ?? null,
  };
}

/** −∞, which JSON cannot hold, is null as everywhere. */
const orNull = (log10: number): number | null => (log10 === -Infinity ? null : log10);

/** Decades between the total's smallest and largest value; infinite where only one is 0. */
export const totalRange = ({ totalLog10: { smallest, largest } }: Pick<Misleading, 'totalLog10'>): number =>
  largest === null ? 0 : largest - (smallest ?? -Infinity);

export const misleadingOutcome = (found: readonly Pick<Misleading, 'totalLog10' | 'leftLog10'>[]): Outcome =>
  outcomeOf(found.map((one) => totalRange(one) <= LEVEL_WITHIN && (one.leftLog10 ?? -Infinity) <= -FALLS_BY));
