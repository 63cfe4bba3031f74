/** The figures of the lesson's section on misleading. */
import type { Log10 } from './curve.js';
import type { Stages, ClaimVerdict } from './outcome.js';

export const MISLEADING_CELLS = ['tanh', 'sigmoid'] as const;

export interface Misleading {
  /** log10 by timestep, relative to the last one; null for an exact 0. */
  readonly total: readonly Log10[];
  readonly last: readonly Log10[];
  /** Of `total` the smallest and the largest, with null for an exact 0 as there. */
  readonly totalLog10: { readonly smallest: Log10; readonly largest: Log10 };
  /** Of `last` the value at timestep 0: what is left; null for an exact 0. */
  readonly leftLog10: Log10;
}

export type MisleadingPart = (typeof MISLEADING_CELLS)[number];

export interface MisleadingFigures extends ClaimVerdict<MisleadingPart> {
  readonly nets: readonly ({ readonly cell: MisleadingPart } & Stages<Misleading>)[];
}

/** Decades between the total's smallest and largest value; infinite where only one is 0. */
export const totalRange = ({ totalLog10: { smallest, largest } }: Pick<Misleading, 'totalLog10'>): number =>
  largest === null ? 0 : largest - (smallest ?? -Infinity);
