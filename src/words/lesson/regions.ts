/** The figures of the lesson's section on regions. */
import type { CellName } from '../../model/shape.js';
import type { Case } from './fresh.js';
import type { ClaimVerdict } from './outcome.js';

/** The input symbol's 1 becomes this. */
export const INPUTS = [1, 100] as const;

export interface Region {
  /** The distance of the pre-activations, and of what the activation makes of them. */
  readonly before: number;
  readonly after: number;
}

/** Of a network as it is drawn. */
export interface Regions extends Case {
  readonly input: (typeof INPUTS)[number];
  readonly layers: readonly Region[];
}

export type RegionsPart = 'sigmoid' | 'tanh' | 'relu';

export interface RegionsFigures extends ClaimVerdict<RegionsPart> {
  readonly layers: number;
  /** Texts that are told apart; fewer than 2 leave nothing to measure. */
  readonly texts: number;
  readonly nets: readonly { readonly cell: CellName & RegionsPart; readonly drawn: readonly Regions[] }[];
}

/** Of what the first layer makes of a text, so much is left in the last. */
export const leftInLast = (layers: readonly Region[]): number =>
  layers[layers.length - 1].after / layers[0].after;
