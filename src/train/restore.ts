/** The tensors of a run beside the model's: out of the engine, and back. */
import { failure } from '../base/errors.js';
import type { Matrix } from '../base/matrix.js';
import { Rng } from '../base/rng.js';
import type { Unrolled } from '../bptt/unrolled.js';
import type { Network } from '../model/network.js';
import type { Average } from './average.js';
import type { Optimiser } from './optimisers.js';
import type { SavedTensor, Snapshot } from './state.js';

/** What a run keeps beside its options, its generator and its counts. */
export interface Kept {
  readonly network: Network;
  readonly average: Average | null;
  readonly optimiser: Optimiser;
  readonly unrolled: Unrolled;
}

/**
 * Under these names go the weights that are trained, and their average, where the model's own tensors do not say all of
 * them: those are float32, and the average's where there is one.
 */
const [MASTER, AVERAGE] = ['optimizer.master', 'optimizer.average'];

/** Every tensor that is kept, by its name in the checkpoint: flat slots (P), carries (N, H) by layer. */
function tensorsOf({ network, average, optimiser, unrolled }: Kept): Map<string, Matrix> {
  const tensors = new Map<string, Matrix>();
  for (const [name, slot] of optimiser.slots) tensors.set(`optimizer.${name}`, slot);
  const isExact = network.kernels.scalar === 'f64';
  if (isExact || average) tensors.set(MASTER, network.parameters.flat);
  if (isExact && average) tensors.set(AVERAGE, average.flat);
  unrolled.carries().forEach(([h, c], l) => {
    tensors.set(`carry.h_l${l}`, h);
    if (c.rows > 0) tensors.set(`carry.c_l${l}`, c);
  });
  return tensors;
}

/** Views of the engine's memory: to be copied, or used before the run goes on. */
export function lentTensors(kept: Kept): Map<string, SavedTensor> {
  const saved = new Map<string, SavedTensor>();
  for (const [name, { rows, cols, data }] of tensorsOf(kept))
    saved.set(name, { shape: rows === 1 ? [cols] : [rows, cols], data });
  return saved;
}

/**
 * Puts a snapshot's numbers in place.
 * @throws DissipaError where a tensor is missing or of another size
 */
export function restore(from: Snapshot, kept: Kept, where: string): void {
  const { network, average } = kept;
  network.parameters.load(from.parameters);
  average?.network.parameters.load(from.parameters);
  for (const [name, matrix] of tensorsOf(kept)) {
    const saved = from.tensors.get(name);
    // A run of a float32 engine has no float64 numbers; its own are what there is.
    if (!saved && (name === AVERAGE || (name === MASTER && !average))) continue;
    if (saved?.data.length !== matrix.length)
      throw failure('state.numbers', {
        where,
        name,
        found: saved ? saved.data.length : null,
        needed: matrix.length,
      });
    matrix.data.set(saved.data);
  }
}

/** @throws DissipaError where the state is none that a generator can have */
export function restoreRng({ state }: Snapshot, where: string): Rng {
  if (Rng.isState(state.rng)) return Rng.fromState(state.rng);
  throw failure('state.random', { where });
}
