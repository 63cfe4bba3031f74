/** What is under way in a lesson, how far it is, and how much of the whole it is. */
import { parameterCount, type ModelShape } from '../../model/shape.js';
import type { InitName } from '../../model/init.js';
import type { CellName } from '../../model/shape.js';
import type { LessonSetup } from './setup.js';

export interface NetSpec {
  readonly cell: CellName;
  readonly init: InitName;
  readonly layers: number;
  /** False: trained without a limit to the gradient. */
  readonly clip: boolean;
  /** The how-manieth of several networks that differ in their seed alone, from 0. */
  readonly repeat: number;
}

export const net = (cell: CellName, changes: Partial<NetSpec> = {}): NetSpec => ({
  cell,
  init: 'uniform',
  layers: 1,
  clip: true,
  repeat: 0,
  ...changes,
});

/** `training` a network, `changing` its weights and states, `drawing` fresh ones, `freezing` all but a layer, `recalling`. */
export type Kind = 'training' | 'changing' | 'drawing' | 'freezing' | 'recalling';

/** A piece of work: `done` of `of` steps. */
export interface Doing {
  readonly kind: Kind;
  readonly spec: NetSpec;
  /** Of a network frozen but for one layer that layer's number, from 1, or 0 for the readout; of a string to be recalled how far back. */
  readonly detail?: number;
  readonly done: number;
  readonly of: number;
  /** What the whole piece costs, in the unit of `costOf`. */
  readonly cost: number;
}

/** Something that takes long: it tells what it does, and ends with what it found. */
export type Measuring<T> = Generator<Doing, T, undefined>;

export const shapeOf = (
  { hidden, alphabet }: Pick<LessonSetup, 'hidden' | 'alphabet'>,
  { cell, layers }: Pick<NetSpec, 'cell' | 'layers'>,
  symbols = alphabet.size,
): ModelShape => ({ cell, layers, hidden, symbols });

/** What an update with a whole window costs: the weights, and what each layer costs however small. */
export const updateCost = (shape: ModelShape): number => parameterCount(shape) + shape.layers * 4000;

/** A training's cost. */
export const costOf = (setup: LessonSetup, spec: NetSpec): number =>
  setup.steps * updateCost(shapeOf(setup, spec));
