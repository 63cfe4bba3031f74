/**
 * What the logs of probes are made of: the schemas of their parts, the types that follow from them, and the figures that a
 * log is taken apart into for a table.
 */
import * as z from 'zod';
import { listOf, recordOf } from '../base/lists.js';
import { wants } from '../base/wanted.js';

export const number = z.number();
export const numbers = listOf(number, wants({ is: 'numbers' }));
/** On a logarithmic scale null is an exact 0; elsewhere what no number has room for. */
export const orNulls = listOf(number.nullable(), wants({ is: 'numbers-or-nulls' }));
export const lagOrNull = z
  .int(wants({ is: 'lag' }))
  .min(0)
  .nullable();
export const layerIndex = z.int(wants({ is: 'layer' })).min(0);
export const byName = recordOf(numbers);
/** A quantity of each state by timestep or by lag; c is null for cells without that state. */
export const byState = z.looseObject({ h: orNulls, c: orNulls.nullable() }, wants({ is: 'h-and-c' }));
/** A figure for each pair of timesteps s ≥ t. */
export const triangle = listOf(orNulls, wants({ is: 'lists' }));

/** What is read by a schema, as it is measured: nothing of it is written again, and it has the keys that are named alone. */
export type Logged<S extends z.ZodType> = Plain<z.output<S>>;
type Plain<T> = T extends readonly (infer E)[]
  ? readonly Plain<E>[]
  : T extends object
    ? { readonly [K in keyof T as IsOpen<T, K> extends true ? never : K]: Plain<T[K]> }
    : T;
/** Where a schema is loose, its type has any other key with an unknown value. */
type IsOpen<T, K extends keyof T> = string extends K ? (unknown extends T[K] ? true : false) : false;

/** A quantity of each state by timestep or by lag; c is null for cells without that state. */
export interface ByState<T> {
  readonly h: readonly T[];
  readonly c: readonly T[] | null;
}

/** A figure for each pair of timesteps s ≥ t. */
export type Triangle = Logged<typeof triangle>;

// -- figures --------------------------------------------------------------------------------------

/** One number of a log, and what it is of; what does not apply is left out. */
export interface Figure {
  readonly quantity: string;
  readonly value: number | null;
  /** Where it is not the layer whose report it is in. */
  readonly layer?: number;
  /** h or c; the gate, activation, W_hh block, tensor or unit. */
  readonly state?: string;
  readonly timestep?: number;
  readonly lag?: number;
}

type Numbers = readonly (number | null)[];

/** A figure for each timestep or lag. */
export function* listed(
  quantity: string,
  index: 'timestep' | 'lag',
  values: Numbers | null | undefined,
  state?: string,
): Generator<Figure> {
  for (const [i, value] of (values ?? []).entries())
    yield { quantity, value, [index]: i, ...(state !== undefined && { state }) };
}

/** The same of h and, where there is one, of c. */
export function* listedByState(
  quantity: string,
  index: 'timestep' | 'lag',
  values: ByState<number | null> | undefined,
): Generator<Figure> {
  yield* listed(quantity, index, values?.h, 'h');
  yield* listed(quantity, index, values?.c, 'c');
}

/** The same by the names of activations. */
export function* listedByName(
  quantity: string,
  values: Readonly<Record<string, Numbers>> | undefined,
): Generator<Figure> {
  for (const [name, byTimestep] of Object.entries(values ?? {}))
    yield* listed(quantity, 'timestep', byTimestep, name);
}

/** A triangle [s][t]: the timestep is t, the lag s − t. */
export function* listedTriangle(quantity: string, values: Triangle, layer?: number): Generator<Figure> {
  for (const [s, row] of values.entries())
    for (const [t, value] of row.entries())
      yield { quantity, value, timestep: t, lag: s - t, ...(layer !== undefined && { layer }) };
}
