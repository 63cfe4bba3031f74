/**
 * A network as it is measured: the same weights over the engine's float64 kernels. Float32 loses what measuring is about,
 * 1 − tanh² of a saturated unit and all that overflows.
 */
import { once } from '../base/once.js';
import { Network } from './network.js';

const twinOf = once(({ kernels, shape }: Network) => new Network(kernels.float64, shape));

/** The network in float64, its weights as they are now; itself where it is in float64 already. */
export function inFloat64(network: Network): Network {
  if (network.kernels.scalar === 'f64') return network;
  const twin = twinOf(network);
  for (const [name, matrix] of twin.parameters.byName) matrix.data.set(network.parameters.tensor(name).data);
  twin.refresh();
  return twin;
}
