/**
 * The contract over compiled code: every call leaves its operands' addresses, numbers and sizes in an array (slots.ts) where
 * the C of the same name looks for them (calls-from-table.ts, which the build writes). Whoever has such code (native, wasm:
 * anything with a flat memory can) supplies it with its memory.
 */
import { bytesOf, Ids, Matrix, type Scalar } from '../base/matrix.js';
import type { Arena } from './arena.js';
import { callsOf } from './calls-from-table.js';
import { Panels, type CompiledCode } from './compiled-code.js';
import type { Kernels } from './kernels.js';
import { guarded } from './poison.js';
import { MOST_SLOTS } from './slots.js';

export interface CompiledOptions {
  /** Threads that share out each large call; the results are the same bits for any number. */
  readonly threads?: number;
  /** Operations that make a part of a call worth a thread. */
  readonly grain?: number;
  /** Finds what is used after it was given back [as the environment says]; @see poison.ts */
  readonly poison?: boolean;
}

/** A few microseconds: a thread that waits for work answers within one. */
export const GRAIN = 15_000;
/** Numbers of the array. */
export const ARGUMENTS = MOST_SLOTS;

export interface CompiledEngine {
  readonly name: string;
  readonly flushesDenormals: boolean;
  readonly threads: number;
}

/** An engine over compiled code and its memory. */
export function compiledKernels(
  { name, ...facts }: CompiledEngine,
  code: CompiledCode,
  arena: Arena,
): Kernels {
  const made = <T extends object>(one: T): T => (arena.isPoisoned ? guarded(one, arena.scopes.atHand) : one);
  const open = (scalar: Scalar, engineName: string): Omit<Kernels, 'float64'> => {
    const calls = callsOf(code, scalar === 'f64' ? '_64' : '');
    return {
      name: engineName,
      scalar,
      ...facts,
      scope: () => arena.scopes.scope(),
      room: () => arena.scopes.room(),
      held: () => arena.held,
      matrix: (rows, cols) =>
        made(new Matrix(arena, scalar, arena.allocate(bytesOf(scalar) * rows * cols), rows, cols)),
      ids: (count) => made(new Ids(arena, arena.allocate(4 * count), count)),
      packed: (rows, cols) => {
        const width = calls.panelWidth();
        const bytes = bytesOf(scalar) * rows * width * Math.ceil(cols / width);
        return made(new Panels(arena.allocate(bytes), rows, cols));
      },
      ...calls,
    };
  };
  const doubles = open('f64', `${name}, float64`) as Kernels;
  Object.assign(doubles, { float64: doubles });
  return { ...open('f32', name), float64: doubles };
}
