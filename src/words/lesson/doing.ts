/** What is being done while the lesson is measured. */
import type { InitName } from '../../model/init.js';
import type { CellName } from '../../model/shape.js';

export interface NetSpec {
  readonly cell: CellName;
  readonly init: InitName;
  readonly layers: number;
  /** False: trained without a limit to the gradient. */
  readonly clip: boolean;
  /** The how-manieth of several networks that differ in their seed alone, from 0. */
  readonly repeat: number;
}

/** `training` a network, `changing` its weights and states, `drawing` fresh ones, `freezing` all but a layer, `recalling`. */
export type DoingKind = 'training' | 'changing' | 'drawing' | 'freezing' | 'recalling';

/** A piece of work: `done` of `of` steps. */
export interface Doing {
  readonly kind: DoingKind;
  readonly spec: NetSpec;
  /** Of a network frozen but for one layer that layer's number, from 1, or 0 for the readout; of a string to be recalled how far back. */
  readonly detail?: number;
  readonly done: number;
  readonly of: number;
  /** What the whole piece costs, in the unit of `costOf`. */
  readonly cost: number;
}
