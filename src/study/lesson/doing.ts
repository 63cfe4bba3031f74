/** What is under way in a lesson, how far it is, and how much of the whole it is. */
import { parameterCount, type ModelShape, type CellName } from '../../model/shape.js';
import type { LessonSetup } from './setup.js';
import type { NetSpec, Doing } from '../../words/lesson/doing.js';

export const net = (cell: CellName, changes: Partial<NetSpec> = {}): NetSpec => ({
  cell,
  init: 'uniform',
  layers: 1,
  clip: true,
  repeat: 0,
  ...changes,
});

/** Activations and methods side by side, of one layer each. */
export const CONTENDERS: readonly NetSpec[] = [
  net('sigmoid'),
  net('tanh'),
  net('relu'),
  net('relu', { init: 'identity' }),
  net('lstm'),
  net('gru'),
];

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
