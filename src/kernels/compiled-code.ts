/** What the calls to compiled code are made of: the code itself, and what is read off their operands. */
import type { Matrix } from '../base/matrix.js';
import type { Packed } from './calls.js';

/** The compiled calls, by their names in C; `_64` behind those on doubles. None takes or returns anything. */
export type CompiledCalls = Readonly<Record<string, () => unknown>>;

/** A packed matrix in a compiled engine's memory. */
export class Panels implements Packed {
  readonly isPacked = true;

  constructor(
    readonly address: number,
    readonly rows: number,
    readonly cols: number,
  ) {}
}

/** @throws TypeError for a packed matrix of another engine */
export function panelsOf(packed: Packed): number {
  if (!(packed instanceof Panels)) throw new TypeError('a packed matrix of another engine');
  return packed.address;
}
export const addressIfThere = (matrix: Matrix | null): number =>
  matrix === null || matrix.rows === 0 ? 0 : matrix.address;
/** 0 where one row serves all. */
export const stepOf = (matrix: Matrix | null): number =>
  matrix === null || matrix.rows === 1 ? 0 : matrix.cols;

export interface CompiledCode {
  readonly calls: CompiledCalls;
  readonly args: Float64Array;
  /** Before every call: makes this engine the one that the code works for. */
  readonly before: () => void;
}
