/** The tensors of a run beside the model's: out of the engine, and back. */
import { DissipaError } from '../base/errors.js';
import type { Matrix } from '../base/matrix.js';
import type { Unrolled } from '../bptt/unrolled.js';
import type { Network } from '../model/network.js';
import type { Optimiser } from './optimisers.js';
import type { SavedTensor, Snapshot } from './state.js';

/** Under this name an engine that computes in float64 keeps its weights: the model's own tensors are float32. */
const MASTER = 'optimizer.master';

/** Every tensor that is kept, by its name in the checkpoint: flat slots (P), carries (N, H) by layer. */
function tensorsOf(network: Network, optimiser: Optimiser, unrolled: Unrolled): Map<string, Matrix> {
  const tensors = new Map<string, Matrix>();
  for (const [name, slot] of optimiser.slots) tensors.set(`optimizer.${name}`, slot);
  if (network.kernels.scalar === 'f64') tensors.set(MASTER, network.parameters.flat);
  unrolled.carries().forEach(([h, c], l) => {
    tensors.set(`carry.h_l${l}`, h);
    if (c.rows > 0) tensors.set(`carry.c_l${l}`, c);
  });
  return tensors;
}

export function snapshotTensors(
  network: Network,
  optimiser: Optimiser,
  unrolled: Unrolled,
): Map<string, SavedTensor> {
  const saved = new Map<string, SavedTensor>();
  for (const [name, matrix] of tensorsOf(network, optimiser, unrolled)) {
    const shape = matrix.rows === 1 ? [matrix.cols] : [matrix.rows, matrix.cols];
    saved.set(name, { shape, data: matrix.data.slice() });
  }
  return saved;
}

/**
 * Puts a snapshot's numbers in place.
 * @throws DissipaError where a tensor is missing or of another size
 */
export function restore(
  from: Snapshot,
  network: Network,
  optimiser: Optimiser,
  unrolled: Unrolled,
  where: string,
): void {
  network.parameters.load(from.parameters);
  for (const [name, matrix] of tensorsOf(network, optimiser, unrolled)) {
    const saved = from.tensors.get(name);
    // A run of a float32 engine has no float64 weights; its own are what there is.
    if (name === MASTER && !saved) continue;
    if (saved?.data.length !== matrix.length)
      throw new DissipaError({
        where,
        found: saved ? `${name} has ${saved.data.length} numbers` : `${name} is missing`,
        expected: `this run needs ${matrix.length}`,
        advice: 'resume from another checkpoint of the run',
      });
    matrix.data.set(saved.data);
  }
}
