/** The networks that are drawn and not trained. */
import type { InitName } from '../../model/init.js';

export const INITIALISATIONS = [
  'uniform',
  'glorot',
  'orthogonal',
  'normal',
] as const satisfies readonly InitName[];

export type Initialisation = (typeof INITIALISATIONS)[number];

export const SEEDS = 5;

/** Which of them it is. */
export interface Case {
  readonly init: Initialisation;
  readonly seed: number;
}

export const CASES = INITIALISATIONS.length * SEEDS;
