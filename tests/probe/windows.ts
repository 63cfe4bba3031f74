/** Windows of any length for the probes, filled from a seed. */
import { Rng } from '../../src/base/rng.js';
import { forward } from '../../src/bptt/forward.js';
import { loss } from '../../src/bptt/loss.js';
import { Unrolled } from '../../src/bptt/unrolled.js';
import type { Kernels } from '../../src/kernels/kernels.js';
import { openReference } from '../../src/kernels/reference.js';
import { Network } from '../../src/model/network.js';
import { Parameters } from '../../src/model/parameters.js';
import type { CellName } from '../../src/model/shape.js';

export interface WindowCase {
  readonly cell: CellName;
  readonly layers: number;
  readonly hidden: number;
  readonly timesteps: number;
  readonly seed: number;
  readonly rows?: number;
  readonly symbols?: number;
}

/**
 * A window passed forward, its loss taken. `prepare` sets the weights in float64; every engine gets them as float32.
 * The carry is zero; inputs and targets are drawn.
 */
export function longWindow(
  kernels: Kernels,
  { cell, layers, hidden, timesteps, seed, rows = 2, symbols = 5 }: WindowCase,
  prepare: (parameters: Parameters) => void,
): Unrolled {
  const rng = Rng.fromSeed(seed);
  const shape = { cell, layers, hidden, symbols };
  const drawn = new Parameters(openReference(), shape);
  prepare(drawn);
  const network = new Network(kernels, shape);
  network.parameters.load(drawn.toFloat32());
  network.refresh();
  const unrolled = new Unrolled(network, { rows, timesteps, gradients: true, dropout: 0 });
  for (const ids of [unrolled.inputs, unrolled.targets])
    ids.data.forEach((_, j, all) => (all[j] = rng.uint32() % symbols));
  longWindow.pass(unrolled);
  return unrolled;
}

/** Forward and loss again, after something of the window was changed. */
longWindow.pass = (unrolled: Unrolled): void => {
  forward(unrolled, unrolled.timesteps);
  loss(unrolled);
};
