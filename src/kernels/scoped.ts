/** Work whose memory is given back at its end, however it ends. */
import type { Kernels, Room } from './kernels.js';

/** Does the work in a scope of its own, which ends with it, also where it fails. @param work allocates what it likes, and returns nothing of it */
export function scoped<T>(kernels: Kernels, work: () => T): T {
  const scope = kernels.scope();
  try {
    return work();
  } finally {
    scope.end();
  }
}

/** The same where nothing is made if that fails: what `make` allocates is the room's, unless it throws. */
export function madeIn<T>(room: Room, make: () => T): T {
  try {
    return room.fill(make);
  } catch (error) {
    room.release();
    throw error;
  }
}

/** Steps that work with what is made first, in a room that is given back when they are through or broken off. */
export function* inRoom<Made, Step, T>(
  kernels: Kernels,
  make: () => Made,
  steps: (made: Made) => Generator<Step, T, undefined>,
): Generator<Step, T, undefined> {
  const room = kernels.room();
  try {
    return yield* steps(room.fill(make));
  } finally {
    room.release();
  }
}
