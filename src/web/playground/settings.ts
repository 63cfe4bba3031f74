/** What can be set of a net in the playground: one table, from which the form, the address and the checks come. */
import { recurrenceOf } from '../../model/cells/cell.js';
import { cellOf, CELLS } from '../../model/cells/index.js';
import type { TrainOptions } from '../../train/options.js';

export interface Settings extends Pick<
  TrainOptions,
  | 'cell'
  | 'layers'
  | 'hidden'
  | 'init'
  | 'forgetBias'
  | 'dropout'
  | 'window'
  | 'batch'
  | 'optimizer'
  | 'lr'
  | 'clip'
  | 'seed'
> {
  /** W_hh is multiplied by it at the start. */
  readonly gain: number;
}

export type FieldName = keyof Settings;

export type Field =
  | { readonly kind: 'choice'; readonly choices: readonly string[]; readonly only?: Only }
  | {
      readonly kind: 'number';
      readonly least: number;
      readonly most: number;
      readonly isWhole: boolean;
      /** What the arrows of the field add. */
      readonly step: number;
      readonly only?: Only;
    };
/** The nets that a field means something to. */
type Only = (settings: Settings) => boolean;

const whole = (least: number, most: number, step = 1) =>
  ({ kind: 'number', least, most, isWhole: true, step }) as const;
const real = (least: number, most: number, step: number) =>
  ({ kind: 'number', least, most, isWhole: false, step }) as const;

/** Ranges lie within those of `train`; their upper ends are what a browser trains without tiring (a test holds them to it). */
export const FIELDS: Readonly<Record<FieldName, Field>> = {
  cell: { kind: 'choice', choices: CELLS },
  layers: whole(1, 4),
  hidden: whole(4, 512, 4),
  init: { kind: 'choice', choices: ['uniform', 'glorot', 'orthogonal', 'identity', 'normal'] },
  gain: { ...real(0, 10, 0.1), only: ({ cell }) => recurrenceOf(cellOf(cell)) !== 'none' },
  forgetBias: { ...real(-10, 10, 0.5), only: ({ cell }) => cellOf(cell).forgetGate !== undefined },
  dropout: { ...real(0, 0.9, 0.05), only: ({ layers }) => layers > 1 },
  window: whole(4, 512, 8),
  batch: whole(1, 128),
  optimizer: { kind: 'choice', choices: ['sgd', 'adagrad', 'rmsprop', 'adam', 'adamw'] },
  lr: real(0.00001, 10, 0.001),
  clip: real(0.001, 1000, 0.5),
  seed: whole(0, 999_999),
};
export const FIELD_NAMES = Object.keys(FIELDS) as readonly FieldName[];

/** Small enough for a phone, large enough that the two curves part within ten seconds. */
export const DEFAULTS: Settings = {
  cell: 'tanh',
  layers: 1,
  hidden: 64,
  init: 'uniform',
  gain: 1,
  forgetBias: 1,
  dropout: 0,
  window: 64,
  batch: 16,
  optimizer: 'adam',
  lr: 0.002,
  clip: 1,
  seed: 1,
};

export const SIDES = ['a', 'b'] as const;
export type Side = (typeof SIDES)[number];

export type Pair = Readonly<Record<Side, Settings>>;
export const FIRST_PAIR: Pair = { a: DEFAULTS, b: { ...DEFAULTS, cell: 'gru' } };

/** The value that a text stands for; null where the field does not allow it. A comma is read as a point. */
export function valueOf(name: FieldName, text: string): Settings[FieldName] | null {
  const field = FIELDS[name];
  if (field.kind === 'choice') return field.choices.includes(text) ? (text as Settings[FieldName]) : null;
  const trimmed = text.trim().replace(',', '.');
  const value = Number(trimmed);
  if (trimmed === '' || !Number.isFinite(value) || (field.isWhole && !Number.isInteger(value))) return null;
  return value >= field.least && value <= field.most ? value : null;
}

export const isUsed = (name: FieldName, settings: Settings): boolean => FIELDS[name].only?.(settings) ?? true;

/** The fields in which two nets differ, of those that mean something to one of them. */
export const differences = ({ a, b }: Pair): FieldName[] =>
  FIELD_NAMES.filter((name) => a[name] !== b[name] && (isUsed(name, a) || isUsed(name, b)));

/** Fields that can change while a net goes on from where it is. */
export const FORKABLE = ['forgetBias', 'gain', 'clip', 'lr'] as const;
export type Forkable = (typeof FORKABLE)[number];
