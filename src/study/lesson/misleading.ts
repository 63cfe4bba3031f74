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
  /** Decades between the total's largest and smallest value; infinite (in JSON: null) where one is 0. */
  readonly totalRange: number;
  /** Decades by which the last loss's gradient has fallen at timestep 0; infinite (in JSON: null) where nothing is left. */
  readonly fall: number;
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
    totalRange: Math.max(...numbers) - Math.min(...numbers),
    fall: -(byLag.at(-1) ?? -Infinity),
  };
}

export const misleadingOutcome = (found: readonly Pick<Misleading, 'totalRange' | 'fall'>[]): Outcome =>
  outcomeOf(found.map(({ totalRange, fall }) => totalRange <= LEVEL_WITHIN && fall >= FALLS_BY));
