/** The cells by name: those of this project, and those that are added from outside. */
import type { Cell } from './cell.js';
import { gru } from './gru.js';
import { indRnn } from './ind-rnn.js';
import { lstm } from './lstm.js';
import { minGru } from './min-gru.js';
import { vanilla } from './vanilla.js';

const OWN = {
  tanh: vanilla('tanh'),
  relu: vanilla('relu'),
  sigmoid: vanilla('sigmoid'),
  lstm,
  gru,
  mingru: minGru,
  indrnn: indRnn,
} satisfies Readonly<Record<string, Cell>>;

/** Of this project's own. One that is added has a name of its own. */
export type CellName = keyof typeof OWN;
/** Their names, in the order in which they are shown. */
export const CELLS = Object.keys(OWN) as [CellName, ...CellName[]];

const added = new Map<string, Cell>();

declare const isAdded: unique symbol;
/** The name of a cell that was added, as `addCell` returns it: the compiler knows it from one that there is not. */
export type AddedName = string & { readonly [isAdded]: true };

/** null where there is none of that name. */
export const findCell = (name: string): Cell | null =>
  Object.hasOwn(OWN, name) ? OWN[name as CellName] : (added.get(name) ?? null);

/** @throws RangeError where there is none of that name: options and files are checked before */
export function cellOf(name: string): Cell {
  const found = findCell(name);
  if (found === null) throw new RangeError(`no cell ${name}`);
  return found;
}

/** All names there are. */
export const cellNames = (): readonly (CellName | AddedName)[] => [
  ...CELLS,
  ...([...added.keys()] as AddedName[]),
];

/**
 * Makes a cell known by a name, from then on: networks of it are trained, kept, read, inspected and compared like all others.
 * @returns the name, for the options
 * @throws RangeError for a name that is none, or another cell's
 */
export function addCell(name: string, cell: Cell): AddedName {
  if (!/^[a-z][a-z0-9-]*$/.test(name))
    throw new RangeError(`${name}: lower-case letters, digits and hyphens`);
  const known = findCell(name);
  if (known !== null && known !== cell) throw new RangeError(`there is a cell ${name} already`);
  if (known === null) added.set(name, cell);
  return name as AddedName;
}

/** As people read them. */
export const CELL_LABELS = Object.fromEntries(CELLS.map((name) => [name, OWN[name].label])) as Readonly<
  Record<CellName, string>
>;
