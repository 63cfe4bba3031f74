/** Who takes part in a comparison: one table, which the options, the help, the tables and the page are made from. */
import { nameOf } from '../../base/options.js';
import type { InitName } from '../../model/init.js';
import { cellNames, cellOf } from '../../model/cells/index.js';
import { CELLS, parameterCount, type AddedCell, type CellName } from '../../model/shape.js';
import type { NetKind } from '../brainjs/make.js';
import { netParameterCount } from '../brainjs/size.js';
import { nearestHidden } from '../model/match.js';

export type Contender =
  /** A network of this project. */
  | { readonly kind: 'own'; readonly cell: CellName | AddedCell; readonly init: InitName }
  /** A net of brain.js, in its own training loop. */
  | { readonly kind: 'brainjs'; readonly net: NetKind }
  /** A counting model: the floor. */
  | { readonly kind: 'ngram' };

/** Those that take part unless others are named. */
const USUAL = [
  'tanh',
  'sigmoid',
  'relu',
  'irnn',
  'lstm',
  'gru',
  'brainjs',
  'brainjs-repaired',
  'ngram',
] as const;
/** Those of this project. */
export type OwnContender = (typeof USUAL)[number] | CellName;
/** Also a cell that was added, by its name. */
export type ContenderName = OwnContender | AddedCell;
export const USUAL_CONTENDERS: readonly OwnContender[] = USUAL;

/** Every other cell takes part where it is named. */
const FURTHER = CELLS.filter((cell) => !USUAL_CONTENDERS.includes(cell));
export const CONTENDER_NAMES: readonly OwnContender[] = [...USUAL, ...FURTHER];

const CONTENDERS = {
  tanh: { kind: 'own', cell: 'tanh', init: 'uniform' },
  sigmoid: { kind: 'own', cell: 'sigmoid', init: 'uniform' },
  relu: { kind: 'own', cell: 'relu', init: 'uniform' },
  irnn: { kind: 'own', cell: 'relu', init: 'identity' },
  lstm: { kind: 'own', cell: 'lstm', init: 'uniform' },
  gru: { kind: 'own', cell: 'gru', init: 'uniform' },
  brainjs: { kind: 'brainjs', net: { net: 'LSTM', repaired: false } },
  'brainjs-repaired': {
    kind: 'brainjs',
    net: { net: 'LSTM', repaired: true },
  },
  ngram: { kind: 'ngram' },
  ...Object.fromEntries(FURTHER.map((cell) => [cell, { kind: 'own', cell, init: 'uniform' }])),
} as Readonly<Record<string, Contender | undefined>>;

/** In the table's order; then the cells that were added, in the order in which they were. */
export const contenderNames = (): readonly ContenderName[] => [
  ...new Set<ContenderName>([...CONTENDER_NAMES, ...cellNames()]),
];

/** One of them, in a file or in a job that comes from elsewhere. */
export const contenderName = nameOf<ContenderName>(contenderNames, CONTENDER_NAMES);

/** @throws RangeError where there is none of that name: options and files are checked before */
export const contenderOf = (name: ContenderName): Contender =>
  (Object.hasOwn(CONTENDERS, name) ? CONTENDERS[name] : undefined) ?? {
    ...{ kind: 'own', cell: name, init: 'uniform' },
  };

/** As people read it. @param labels this project's, in their language */
export const contenderLabel = (
  name: ContenderName,
  labels: Readonly<Record<OwnContender, string>>,
): string => (Object.hasOwn(labels, name) ? labels[name as OwnContender] : cellOf(name).label);

export const MATCHES = ['hidden', 'parameters'] as const;

export interface Size {
  readonly layers: number;
  readonly hidden: number;
  /** All have `hidden` units in a layer, or about as many parameters as the LSTM of that size. */
  readonly match: (typeof MATCHES)[number];
}

/** H of a contender; null for one that has no layers. @param symbols V */
export function hiddenOf(
  name: ContenderName,
  { layers, hidden, match }: Size,
  symbols: number,
): number | null {
  const contender = contenderOf(name);
  if (contender.kind === 'ngram') return null;
  if (match === 'hidden') return hidden;
  const target = parameterCount({ cell: 'lstm', layers, hidden, symbols });
  return nearestHidden(target, (units) =>
    contender.kind === 'own'
      ? parameterCount({ cell: contender.cell, layers, hidden: units, symbols })
      : netParameterCount(contender.net.net, { layers, hidden: units }, symbols),
  );
}
